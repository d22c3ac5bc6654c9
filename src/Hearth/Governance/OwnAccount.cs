using Hearth.Platform;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

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

    /// <summary>Changes the password and ends all other sessions.</summary>
    /// <returns>What was wrong; empty when it is changed.</returns>
    public async Task<IReadOnlyList<FieldError>> ChangePassword(Actor me, string current, string next)
    {
        FieldError[] errors = [.. Accounts.CheckPassword(next)];
        if (errors.Length > 0) return errors;
        var account = await Account(me);
        var changed = await users.ChangePasswordAsync(account, current, next);
        if (!changed.Succeeded) return changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ? [new("current", "is wrong")] : changed.Errors();
        await manager.RefreshSignInAsync(account);
        return [];
    }

    /// <summary>Writes the cookie anew after a change that ended the other sessions.</summary>
    public async Task StaySignedIn(Actor me) => await manager.RefreshSignInAsync(await Account(me));

    private async Task<Account> Account(Actor me) => await users.FindByIdAsync(me.Id.Value.ToString()) ?? throw new InvalidOperationException("The account is gone.");
}
