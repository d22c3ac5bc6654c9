using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Actors;

/// <summary>The outlet's own actor of the fediverse. One row; none while it is not opened.</summary>
internal sealed class OutletActorRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public required ChannelAccountId Account { get; set; }

    /// <summary>In whose name it posts by itself; what is answered is theirs.</summary>
    public required UserId Human { get; set; }

    /// <summary>Our address as people reach it.</summary>
    public required string Site { get; set; }

    /// <summary>True when each offer that opens is posted by itself.</summary>
    public bool Posts { get; set; }

    /// <summary>What opened before this is not posted by itself.</summary>
    public required DateTimeOffset Since { get; set; }
}

/// <summary>An offer that the actor posted by itself, or never will.</summary>
internal sealed class OutletActorPost
{
    public required OfferId Offer { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Why it was not posted; null when it was.</summary>
    public string? Refused { get; init; }
}

internal static class OutletActorSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<OutletActorRow>(e =>
        {
            e.ToTable("outlet_actor");
            e.Property(a => a.Id).ValueGeneratedNever();
        });
        model.Entity<OutletActorPost>(e =>
        {
            e.ToTable("outlet_actor_posts");
            e.HasKey(p => p.Offer);
        });
    }
}

/// <summary>The actor as the console sees it.</summary>
/// <param name="Account">Among the channels.</param>
/// <param name="Human">In whose name it posts by itself.</param>
/// <param name="HumanName">Null when that account can be used no more: nothing is posted by itself then.</param>
/// <param name="Posts">True when each offer that opens is posted by itself.</param>
public sealed record OutletActorView(ChannelAccountView Account, UserId Human, string? HumanName, bool Posts);

/// <summary>Gives the outlet an actor of its own (<c>@outlet@brand.example</c>) beside the brand's, for anybody to follow.</summary>
public sealed class OutletActor(Database db, OpenActor open, ChannelAccounts accounts, Staff staff, TimeProvider clock)
{
    /// <summary>Null while it is not opened, or was disconnected.</summary>
    public async Task<OutletActorView?> Read(CancellationToken ct)
    {
        if (await db.Set<OutletActorRow>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } row || await accounts.Find(row.Account, ct) is not { IsConnected: true } account) return null;
        return new(account, row.Human, await staff.Find(row.Human, ct) is { Active: true } human ? human.Name : null, row.Posts);
    }

    /// <summary>Opens it, or opens it again; from then on it posts each offer that opens.</summary>
    /// <param name="name">The part before the @.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="summary">What it says of itself.</param>
    /// <param name="site">The address under which people reach this server; the actor's addresses begin with it, for ever.</param>
    /// <param name="by">Who opens it; what is answered is theirs.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Connection> Open(string? name, string? title, string? summary, Uri site, Actor by, CancellationToken ct)
    {
        var origin = site.GetLeftPart(UriPartial.Authority);
        var ours = await db.Set<OutletActorRow>().AsNoTracking().Select(a => (ChannelAccountId?)a.Account).SingleOrDefaultAsync(ct);
        var handle = $"{(name ?? "").Trim().TrimStart('@').ToLowerInvariant()}@{site.Authority}";
        if ((await accounts.All(ct)).Any(a => a.Network == Networks.ActivityPub && a.Handle == handle && a.Id != ours)) return new Connection.Invalid("name", "is another account of the brand");
        var answer = await open.With(origin, name, title, summary, new ActorPlace("/outlet", "/outlet/icon.png"), ct);
        if (answer is not Connection.Connected connected) return answer;
        var row = await db.Set<OutletActorRow>().SingleOrDefaultAsync(ct);
        if (row is null) db.Add(row = new() { Account = connected.Account.Id, Human = by.Id, Site = origin, Since = clock.Now() });
        (row.Account, row.Human, row.Site, row.Posts, row.Since) = (connected.Account.Id, by.Id, origin, true, clock.Now());
        await db.SaveChangesAsync(ct);
        return connected;
    }

    /// <summary>Says whether it posts by itself, and in whose name. What opened while it did not stays unposted.</summary>
    /// <returns>What is wrong; null when it was kept, or there is no actor.</returns>
    public async Task<FieldError?> Set(bool posts, UserId human, CancellationToken ct)
    {
        if (await staff.Find(human, ct) is not { Active: true, Role: >= Role.Agent }) return new("human", "must be somebody of the brand who can answer");
        if (await db.Set<OutletActorRow>().SingleOrDefaultAsync(ct) is not { } row) return null;
        if (posts && !row.Posts) row.Since = clock.Now();
        (row.Posts, row.Human) = (posts, human);
        await db.SaveChangesAsync(ct);
        return null;
    }
}
