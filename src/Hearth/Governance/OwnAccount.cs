using Hearth.Platform;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

/// <summary>The address somebody signs in with.</summary>
/// <param name="Email">Empty for none.</param>
/// <param name="Confirmed">True when a link sent there was opened, or a provider vouches for it.</param>
/// <param name="HasPassword">False for somebody who comes in by mail, passkey or single sign-on only.</param>
public sealed record OwnAddress(string Email, bool Confirmed, bool HasPassword);

/// <summary>What people change about themselves.</summary>
public sealed class OwnAccount(Database db, UserManager<Account> users, SignInManager<Account> manager)
{
    /// <returns>What was wrong; empty when it is changed.</returns>
    public async Task<IReadOnlyList<FieldError>> Rename(Actor me, string name, string initials, CancellationToken ct)
    {
        (name, initials) = (name.Trim(), initials.Trim().ToUpperInvariant());
        FieldError[] errors = [.. Accounts.CheckName(name), .. Accounts.CheckInitials(initials)];
        if (errors.Length > 0) return errors;
        var account = await Account(me);
        (account.Name, account.Initials) = (name, initials);
        await db.SaveChangesAsync(ct);
        await manager.RefreshSignInAsync(account);
        return [];
    }

    public async Task<OwnAddress> Address(Actor me)
    {
        var account = await Account(me);
        return new(account.Email ?? "", account.EmailConfirmed, account.PasswordHash is not null);
    }

    /// <summary>Changes the password, or sets the first one, and ends all other sessions.</summary>
    /// <param name="current">Not looked at when there is no password yet.</param>
    /// <returns>What was wrong; empty when it is changed.</returns>
    public async Task<IReadOnlyList<FieldError>> ChangePassword(Actor me, string current, string next)
    {
        FieldError[] errors = [.. Accounts.CheckPassword(next)];
        if (errors.Length > 0) return errors;
        var account = await Account(me);
        var changed = account.PasswordHash is null ? await users.AddPasswordAsync(account, next) : await users.ChangePasswordAsync(account, current, next);
        if (!changed.Succeeded) return changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ? [new("current", "is wrong")] : changed.Errors();
        await manager.RefreshSignInAsync(account);
        return [];
    }

    /// <summary>Writes the cookie anew after a change that ended the other sessions.</summary>
    public async Task StaySignedIn(Actor me) => await manager.RefreshSignInAsync(await Account(me));

    private async Task<Account> Account(Actor me) => await users.FindByIdAsync(me.Id.Value.ToString()) ?? throw new InvalidOperationException("The account is gone.");
}
