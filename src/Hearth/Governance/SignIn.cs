using System.Security.Claims;
using Hearth.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

public abstract record SignInOutcome
{
    private SignInOutcome() { }

    /// <summary>The cookie is set.</summary>
    public sealed record Done(Actor Actor) : SignInOutcome;

    /// <summary>The password was right; a code of the second factor is wanted next.</summary>
    public sealed record SecondFactor : SignInOutcome;

    /// <summary>Name, password, code or link is wrong, or the account is not active. Which of them is not told.</summary>
    public sealed record Refused : SignInOutcome;

    /// <summary>Too many wrong tries; nobody is let in before <paramref name="Until"/>.</summary>
    public sealed record LockedOut(DateTimeOffset Until) : SignInOutcome;
}

/// <summary>In and out, by cookie.</summary>
public sealed class SignIn(Database db, UserManager<Account> users, SignInManager<Account> manager, SignInLinks links, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>Wrong passwords or codes in a row before an account is locked for <see cref="LockedFor"/>.</summary>
    public const int Tries = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(10);

    private static readonly Account Nobody = Account.Of("", "", "", null, Role.Community, active: false, default);

    // Who this browser was before: the sign-in replaces it.
    private readonly Actor? _guest = http.HttpContext?.ActorOrNull() is { IsGuest: true } guest ? guest : null;

    /// <param name="stay">Keep the cookie when the browser closes (14 days).</param>
    public async Task<SignInOutcome> ByPassword(string email, string password, bool stay, CancellationToken ct)
    {
        var account = await users.FindByNameAsync(Accounts.CleanEmail(email));
        if (account is not { Active: true, PasswordHash: not null })
        {
            users.PasswordHasher.HashPassword(Nobody, password); // takes as long as a check, so that nobody can time out who has an account
            return new SignInOutcome.Refused();
        }

        var result = await manager.PasswordSignInAsync(account, password, stay, lockoutOnFailure: true);
        return await Outcome(account, result, "password", ct);
    }

    /// <summary>The second step, with the code an authenticator app shows now.</summary>
    public async Task<SignInOutcome> ByCode(string code, bool stay, CancellationToken ct)
    {
        if (await manager.GetTwoFactorAuthenticationUserAsync() is not { Active: true } account) return new SignInOutcome.Refused();
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        return await Outcome(account, await manager.TwoFactorAuthenticatorSignInAsync(digits, stay, rememberClient: false), "password and code", ct);
    }

    /// <summary>The second step, with one of the recovery codes; it works once.</summary>
    public async Task<SignInOutcome> ByRecoveryCode(string code, CancellationToken ct)
    {
        if (await manager.GetTwoFactorAuthenticationUserAsync() is not { Active: true } account) return new SignInOutcome.Refused();
        if (string.IsNullOrWhiteSpace(code)) return new SignInOutcome.Refused(); // Identity takes an empty code for a mistake of the program
        var result = await manager.TwoFactorRecoveryCodeSignInAsync(code.Trim().ToUpperInvariant());
        if (!result.Succeeded && !result.IsLockedOut) await users.AccessFailedAsync(account); // Identity counts codes, but not these
        return await Outcome(account, result, "password and recovery code", ct);
    }

    /// <summary>Uses up a link made by <see cref="SignInLinks.Create"/>.</summary>
    public async Task<SignInOutcome> ByLink(string secret, CancellationToken ct)
    {
        if (await links.Open(secret, ct) is not { Purpose: LinkPurpose.SignIn, Account: { } id } link || !await links.Use(link, ct)) return new SignInOutcome.Refused();
        return await As(new(id), "one-time link", ct);
    }

    /// <summary>Signs in somebody whom the caller has just made sure of.</summary>
    public async Task<SignInOutcome> As(UserId user, string method, CancellationToken ct)
    {
        if (await users.FindByIdAsync(user.Value.ToString()) is not { Active: true } account) return new SignInOutcome.Refused();
        await manager.SignInAsync(account, isPersistent: false);
        return await Outcome(account, SignInResult.Success, method, ct);
    }

    /// <summary>
    /// Signs in somebody who has shown one factor elsewhere (a mailbox, a provider). A second factor that is switched on is still asked for. A lock-out by wrong passwords
    /// does not count: nothing can be guessed here, and nobody must be able to lock others out of their mailbox's way in.
    /// </summary>
    internal async Task<SignInOutcome> Proven(Account account, string method, bool stay, CancellationToken ct)
    {
        if (!account.Active) return new SignInOutcome.Refused();
        if (account.TwoFactorEnabled)
        {
            var half = new ClaimsIdentity([new(ClaimTypes.Name, account.Id.ToString())], IdentityConstants.TwoFactorUserIdScheme);
            await manager.Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(half));
            return new SignInOutcome.SecondFactor();
        }

        await manager.SignInAsync(account, stay);
        return await Outcome(account, SignInResult.Success, method, ct);
    }

    /// <summary>Signs in the owner of a passkey that was checked; no second factor is asked for, since it is two.</summary>
    internal async Task<SignInOutcome> ByPasskey(Account account, bool stay, CancellationToken ct)
    {
        await manager.SignInAsync(account, stay);
        return await Outcome(account, SignInResult.Success, "passkey", ct);
    }

    public Task Out() => manager.SignOutAsync();

    private async Task<SignInOutcome> Outcome(Account account, SignInResult result, string method, CancellationToken ct)
    {
        if (result.RequiresTwoFactor) return new SignInOutcome.SecondFactor();
        if (result.IsLockedOut) return new SignInOutcome.LockedOut(account.LockoutEnd ?? clock.Now() + LockedFor);
        if (!result.Succeeded) return new SignInOutcome.Refused();
        var now = clock.Now();
        account.LastSignIn = now;
        db.Record(new SignedIn(new(account.Id), method, now));
        if (_guest is not null && _guest.Id.Value != account.Id) db.Record(new GuestJoined(_guest.Id, new(account.Id), now));
        await db.SaveChangesAsync(ct);
        return new SignInOutcome.Done(account.Actor());
    }
}
