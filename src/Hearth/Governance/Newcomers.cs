using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>Finds the account of an address that somebody has just proven to be theirs (by mail, or by a provider's word), or opens one.</summary>
public sealed class Newcomers(Database db, UserManager<Account> users, TimeProvider clock)
{
    /// <summary>The account of the address, if there is one; joins the caller's transaction.</summary>
    internal async Task<Account?> Known(string email, CancellationToken ct)
    {
        if (await users.FindByNameAsync(email) is not { } known) return null;
        if (!known.EmailConfirmed) await Claim(known, ct);
        await db.SaveChangesAsync(ct);
        return known;
    }

    /// <summary>Opens an account for the address; joins the caller's transaction. A guest's account becomes it, with all that was done.</summary>
    /// <exception cref="AddressTakenException">Somebody was quicker with this address.</exception>
    internal async Task<Account> Open(string email, string name, string? password, Role role, Department? department, Actor? guest, CancellationToken ct)
    {
        var now = clock.Now();
        var mine = guest is { IsGuest: true } && role == Role.Community
            ? await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == guest.Id.Value && a.Kind == AccountKind.Guest, ct) : null;
        var account = mine ?? Account.Of(email, name, Accounts.InitialsOf(name), department, role, active: true, now);
        (account.Email, account.UserName, account.EmailConfirmed, account.Kind) = (email, email, true, AccountKind.Member);
        (account.Name, account.Initials) = (name, Accounts.InitialsOf(name));
        if (!string.IsNullOrEmpty(password)) account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        db.Record(new AccountOpened(new(account.Id), name, role, now));
        if (mine is not null) db.Record(new GuestJoined(guest!.Id, guest.Id, now));
        var kept = mine is null ? await users.CreateAsync(account) : await users.UpdateAsync(account);
        if (kept.Succeeded) return account;
        throw kept.Errors.All(e => e.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail))
            ? new AddressTakenException() : new InvalidOperationException(string.Join(' ', kept.Errors.Select(e => e.Description)));
    }

    /// <summary>True when <paramref name="error"/> says that another opened an account, or connected one, with the same at the same moment: noticed before the row was written, or by the database.</summary>
    internal static bool OtherWasQuicker(Exception error) => error is AddressTakenException || error is DbUpdateException e && e.IsDuplicateKey();

    // Until now nobody had proven the address: whoever opened the account of the public with it loses every way in that is not this mailbox. People of the brand were
    // vouched for when they were invited, and keep theirs.
    private async Task Claim(Account account, CancellationToken ct)
    {
        account.EmailConfirmed = true;
        db.Record(new AddressConfirmed(new(account.Id), clock.Now()));
        if (account.Role > Role.Community) return;
        (account.PasswordHash, account.TwoFactorEnabled, account.SecurityStamp) = (null, false, Guid.NewGuid().ToString("N"));
        await db.Set<IdentityUserLogin<Guid>>().Where(l => l.UserId == account.Id).ExecuteDeleteAsync(ct);
        await db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == account.Id).ExecuteDeleteAsync(ct);
        await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == account.Id).ExecuteDeleteAsync(ct);
    }
}

/// <summary>An account with this address came into being meanwhile.</summary>
internal sealed class AddressTakenException() : Exception("There is an account with this address already");
