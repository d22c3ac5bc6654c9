using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>A person of the brand.</summary>
/// <param name="Active">False while an invitation is open, and after deactivation.</param>
/// <param name="Invited">True until the invitation is accepted.</param>
/// <param name="SecondFactor">True when signing in needs a code besides the password.</param>
public sealed record StaffMember(
    UserId Id, string Name, string Initials, string Email, Department? Department, Role Role, bool Active, bool Invited, bool SecondFactor, DateTimeOffset? LastSignIn)
{
    public AccountKind Kind { get; init; }

    public Actor Actor() => new(Id, Name, Initials, Department, Role) { Kind = Kind };
}

/// <summary>The directory of the people of the brand (not of the public), to pick somebody from.</summary>
public sealed class Staff(Database db)
{
    /// <summary>Everybody who can sign in, by name.</summary>
    public async Task<IReadOnlyList<StaffMember>> All(CancellationToken ct = default) => [.. (await Everybody(ct)).Where(s => s.Active)];

    /// <summary>Also the invited and the deactivated, by name; at most 2,000.</summary>
    public async Task<IReadOnlyList<StaffMember>> Everybody(CancellationToken ct = default) =>
        [.. (await db.Set<Account>().AsNoTracking().Where(a => a.Role != Role.Community).OrderBy(a => a.Name).ThenBy(a => a.Id).Take(2000).ToListAsync(ct)).Select(View)];

    /// <summary>One account, the public's included; null when there is none.</summary>
    public async Task<StaffMember?> Find(UserId user, CancellationToken ct = default) =>
        await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == user.Value, ct) is { } account ? View(account) : null;

    /// <summary>Names of accounts, the public's included; those that are unknown are missing.</summary>
    public async Task<IReadOnlyDictionary<UserId, string>> Names(IEnumerable<UserId> users, CancellationToken ct = default)
    {
        var ids = users.Select(u => u.Value).Distinct().ToArray();
        var names = await db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        return names.ToDictionary(n => new UserId(n.Id), n => n.Name);
    }

    private static StaffMember View(Account a) =>
        new(new(a.Id), a.Name, a.Initials, a.Email ?? "", a.Department, a.Role, a.Active, a is { Active: false, PasswordHash: null }, a.TwoFactorEnabled, a.LastSignIn) { Kind = a.Kind };
}
