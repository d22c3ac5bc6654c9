using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>What became of a change to the people of the brand.</summary>
public abstract record StaffOutcome
{
    private StaffOutcome() { }

    public sealed record Done : StaffOutcome;

    /// <summary><paramref name="Link"/> is a path with a secret, shown here and never again; it works once, for a week.</summary>
    public sealed record Invited(UserId User, string Link) : StaffOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : StaffOutcome;

    public sealed record Unknown : StaffOutcome;

    /// <summary>An owner may do everything; a lead may bring in and change viewers and agents of the own department.</summary>
    public sealed record NotAllowed : StaffOutcome;

    /// <summary>It would leave nobody who can manage people.</summary>
    public sealed record LastOwner : StaffOutcome;
}

/// <summary>Invites people of the brand, changes what they may do, shuts them out and lets them in again.</summary>
public sealed class ManageStaff(Database db, UserManager<Account> users, SignInLinks links, TimeProvider clock)
{
    /// <summary>Opens an account that waits for its person to choose a password.</summary>
    public async Task<StaffOutcome> Invite(Actor by, string name, string email, Department department, Role role, CancellationToken ct)
    {
        if (!May(by, department, role)) return new StaffOutcome.NotAllowed();
        (name, email) = (name.Trim(), Accounts.CleanEmail(email));
        List<FieldError> errors = [.. Accounts.CheckName(name), .. Accounts.CheckEmail(email)];
        if (role == Role.Community) errors.Add(new("role", "is not one of the brand's"));
        if (errors.Count > 0) return new StaffOutcome.Invalid(errors);

        var now = clock.Now();
        var account = Account.Of(email, name, Accounts.InitialsOf(name), department, role, active: false, now);
        db.Record(new PersonInvited(new(account.Id), name, department, role, by.Id, now));
        try
        {
            var made = await users.CreateAsync(account);
            if (made.Succeeded) return new StaffOutcome.Invited(new(account.Id), await links.ForInvitation(account.Id, ct));
            db.Forget();
            return new StaffOutcome.Invalid(made.Errors());
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget(); // invited by somebody else at the same moment
            return new StaffOutcome.Invalid([Accounts.Taken]);
        }
    }

    /// <summary>A new link for somebody who lost the first, or the password.</summary>
    public async Task<StaffOutcome> InviteAgain(Actor by, UserId user, CancellationToken ct)
    {
        var account = await Find(user, ct);
        if (account is null) return new StaffOutcome.Unknown();
        return May(by, account.Department, account.Role) ? new StaffOutcome.Invited(user, await links.ForInvitation(account.Id, ct)) : new StaffOutcome.NotAllowed();
    }

    public Task<StaffOutcome> ChangeDuties(Actor by, UserId user, Department department, Role role, CancellationToken ct) => Change(by, user, async (account, now) =>
    {
        if (role == Role.Community || !May(by, department, role)) return new StaffOutcome.NotAllowed();
        if (role != Role.Owner && await IsLastOwner(account, ct)) return new StaffOutcome.LastOwner();
        (account.Department, account.Role) = (department, role);
        db.Record(new DutiesChanged(user, department, role, by.Id, now));
        return new StaffOutcome.Done();
    }, ct);

    /// <summary>Shuts somebody out within <see cref="SecurityStampValidatorOptions.ValidationInterval"/> (10 seconds), or lets them in again.</summary>
    public Task<StaffOutcome> SetActive(Actor by, UserId user, bool active, CancellationToken ct) => Change(by, user, async (account, now) =>
    {
        if (!active && await IsLastOwner(account, ct)) return new StaffOutcome.LastOwner();
        account.Active = active;
        db.Record(new AccessChanged(user, active, by.Id, now));
        return new StaffOutcome.Done();
    }, ct);

    // A new security stamp ends the cookies that were made under the old duties, and links made under them stop working: whoever was shown one must not come in by it
    // as what the person has become since.
    private async Task<StaffOutcome> Change(Actor by, UserId user, Func<Account, DateTimeOffset, Task<StaffOutcome>> change, CancellationToken ct)
    {
        var account = await Find(user, ct);
        if (account is null) return new StaffOutcome.Unknown();
        if (!May(by, account.Department, account.Role)) return new StaffOutcome.NotAllowed();
        return await db.InTransaction(async () =>
        {
            var outcome = await change(account, clock.Now());
            if (outcome is not StaffOutcome.Done) return outcome;
            await links.Forget(account.Id, ct);
            await users.UpdateSecurityStampAsync(account);
            return outcome;
        }, ct);
    }

    private Task<Account?> Find(UserId user, CancellationToken ct) => db.Set<Account>().SingleOrDefaultAsync(a => a.Id == user.Value && a.Role != Role.Community, ct);

    private async Task<bool> IsLastOwner(Account account, CancellationToken ct) => account is { Role: Role.Owner, Active: true }
        && !await db.Set<Account>().AnyAsync(a => a.Role == Role.Owner && a.Active && a.Id != account.Id, ct);

    /// <summary>Whether <paramref name="by"/> may manage somebody of that department and role.</summary>
    public static bool May(Actor by, Department? department, Role role) =>
        by.Role == Role.Owner || (by.Role == Role.Lead && by.Department == department && role is Role.Viewer or Role.Agent);
}
