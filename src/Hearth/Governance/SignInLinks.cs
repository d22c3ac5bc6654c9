using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>Whom an unused one-time link is for.</summary>
/// <param name="Welcome">True when its holder must still choose a password.</param>
/// <param name="Name">Null for the first owner.</param>
public sealed record LinkView(bool Welcome, string? Name, string? Email);

/// <summary>Addresses that work once. The secret is told when the link is made and never again.</summary>
public sealed class SignInLinks(Database db, TimeProvider clock)
{
    /// <summary>How long a link waits: a day for the owner's and for signing in, a week for an invitation.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>A link that signs its holder in as <paramref name="user"/>.</summary>
    /// <returns>The path below the server's address, with the secret in it.</returns>
    public Task<string> Create(UserId user, CancellationToken ct = default) => New(LinkPurpose.SignIn, user.Value, Lasts, ct);

    /// <summary>The link for the first owner; null once there is an owner. An earlier one that was not used stops working.</summary>
    public async Task<string?> ForFirstOwner(CancellationToken ct)
    {
        if (await db.Set<Account>().AnyAsync(a => a.Role == Role.Owner && a.Active, ct)) return null;
        await db.Set<SignInLink>().Where(l => l.Purpose == LinkPurpose.Owner).ExecuteDeleteAsync(ct);
        return await New(LinkPurpose.Owner, null, Lasts, ct);
    }

    /// <summary>Whom the link is for; null when it is unknown, used or too old.</summary>
    public async Task<LinkView?> Read(string secret, CancellationToken ct)
    {
        if (await Open(secret, ct) is not { } link) return null;
        if (link.Account is not { } id) return new(true, null, null);
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        return account is null ? null : new(link.Purpose == LinkPurpose.Invitation, account.Name, account.Email);
    }

    /// <summary>An earlier invitation of the same account stops working.</summary>
    internal async Task<string> ForInvitation(Guid account, CancellationToken ct)
    {
        await db.Set<SignInLink>().Where(l => l.Account == account && l.Purpose == LinkPurpose.Invitation).ExecuteDeleteAsync(ct);
        return await New(LinkPurpose.Invitation, account, InvitationLasts, ct);
    }

    /// <summary>No link of this account works any more.</summary>
    internal Task Forget(Guid account, CancellationToken ct) => db.Set<SignInLink>().Where(l => l.Account == account).ExecuteDeleteAsync(ct);

    internal async Task<SignInLink?> Open(string secret, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(secret), clock.Now());
        return await db.Set<SignInLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Hash == hash && l.Used == null && l.Until > now, ct);
    }

    /// <summary>Uses the link up; of two who try at once, one gets true.</summary>
    internal async Task<bool> Use(SignInLink link, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.Set<SignInLink>().Where(l => l.Hash == link.Hash && l.Used == null && l.Until > now).ExecuteUpdateAsync(set => set.SetProperty(l => l.Used, now), ct) == 1;
    }

    private async Task<string> New(LinkPurpose purpose, Guid? account, TimeSpan lasts, CancellationToken ct)
    {
        var secret = Secret.New("");
        var now = clock.Now();
        await db.Set<SignInLink>().Where(l => l.Until < now).ExecuteDeleteAsync(ct);
        db.Add(new SignInLink { Hash = Secret.Hash(secret), Purpose = purpose, Account = account, Until = now + lasts });
        await db.SaveChangesAsync(ct);
        return (purpose == LinkPurpose.SignIn ? "/sign-in/" : "/welcome/") + secret;
    }
}
