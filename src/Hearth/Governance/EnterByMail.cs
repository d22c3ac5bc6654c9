using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>What came of using a link from a mail.</summary>
public abstract record EnterOutcome
{
    private EnterOutcome() { }

    /// <summary>The link is used up; <paramref name="SignedIn"/> says whether they are in or owe a second factor.</summary>
    public sealed record Proven(SignInOutcome SignedIn, string? To) : EnterOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : EnterOutcome;

    /// <summary>The link is unknown, used or too old.</summary>
    public sealed record NoSuchLink : EnterOutcome;
}

/// <summary>Whoever reads the mailbox comes in: to the account of the address, or to a new one.</summary>
public sealed class EnterByMail(Database db, MailedLinks links, Newcomers newcomers, SignIn signIn, UserManager<Account> users, SignInManager<Account> manager, TimeProvider clock)
{
    /// <summary>Uses the link up.</summary>
    /// <param name="secret">The link's.</param>
    /// <param name="name">What somebody new is called, 1 to 80 characters; not looked at when there is an account.</param>
    /// <param name="password">What somebody new also wants to sign in with; null or empty for mail only.</param>
    /// <param name="guest">Who they were until now, without a name: a new account is that one, with all that was done.</param>
    /// <param name="stay">Keep the cookie when the browser closes.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<EnterOutcome> By(string secret, string? name, string? password, Actor? guest, bool stay, CancellationToken ct)
    {
        if (await links.Open(secret, MailedPurpose.Enter, ct) is not { } link) return new EnterOutcome.NoSuchLink();
        name = (string.IsNullOrWhiteSpace(name) ? link.Name ?? "" : name).Trim();
        var known = await db.Set<Account>().AnyAsync(a => a.UserName == link.Email, ct);
        FieldError[] errors = known ? [] : [.. Accounts.CheckName(name), .. string.IsNullOrEmpty(password) ? [] : Accounts.CheckPassword(password)];
        if (errors.Length > 0) return new EnterOutcome.Invalid(errors);
        try
        {
            var account = await db.InTransaction(async () => await links.Use(link, ct) ? await Of(link.Email, name, password, guest, ct) : null, ct);
            return account is null ? new EnterOutcome.NoSuchLink() : new EnterOutcome.Proven(await signIn.Proven(account, "mailed link", stay, ct), link.To);
        }
        catch (Exception e) when (Newcomers.OtherWasQuicker(e))
        {
            db.Forget(); // two links of one new address at once: the other was first, and this link is not used up
            return await By(secret, name, password, guest, stay, ct);
        }
    }

    /// <summary>The link sent to <paramref name="me"/>'s address, opened while signed in, makes the address theirs.</summary>
    /// <returns>What is wrong; empty when it is confirmed.</returns>
    public async Task<IReadOnlyList<FieldError>> Confirm(Actor me, string secret, CancellationToken ct)
    {
        FieldError tooOld = new("", "This link was used, is too old, or was asked for from another account");
        if (await links.Open(secret, MailedPurpose.Confirm, ct) is not { } link || link.Account != me.Id.Value) return [tooOld];
        var account = (await users.FindByIdAsync(me.Id.Value.ToString()))!;
        try
        {
            var wrong = await db.InTransaction<IReadOnlyList<FieldError>>(async () =>
            {
                if (await db.Set<Account>().AnyAsync(a => a.UserName == link.Email && a.Id != account.Id, ct)) return [Accounts.Taken];
                if (!await links.Use(link, ct)) return [tooOld];
                (account.Email, account.UserName, account.EmailConfirmed) = (link.Email, link.Email, true);
                db.Record(new AddressConfirmed(me.Id, clock.Now()));
                await users.UpdateAsync(account);
                return [];
            }, ct);
            if (wrong.Count == 0) await manager.RefreshSignInAsync(account);
            return wrong;
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear();
            return [Accounts.Taken];
        }
    }

    private async Task<Account> Of(string email, string name, string? password, Actor? guest, CancellationToken ct) =>
        await newcomers.Known(email, ct) ?? await newcomers.Open(email, name, password, Role.Community, null, guest, ct);
}
