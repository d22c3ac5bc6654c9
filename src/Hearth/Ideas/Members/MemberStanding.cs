using Hearth.Governance;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

/// <summary>What became of a member's ideas. How many they posted, voted or wrote counts nowhere.</summary>
/// <param name="Implemented">Theirs that are implemented.</param>
/// <param name="Partly">Theirs that are implemented in part.</param>
/// <param name="Planned">Theirs that are planned now.</param>
/// <param name="Contributed">Theirs that were merged into somebody else's, or that somebody else's builds on, where that one is implemented, in part or whole.</param>
public sealed record MemberStanding(int Implemented, int Partly, int Planned, int Contributed)
{
    public const int ForImplemented = 10;
    public const int ForPartly = 5;
    public const int ForContributed = 3;
    public const int ForPlanned = 2;

    /// <summary>What the leaderboard sorts by: 10 for each implemented, 5 in part, 3 contributed, 2 planned. Zero or more.</summary>
    public int Points => ForImplemented * Implemented + ForPartly * Partly + ForContributed * Contributed + ForPlanned * Planned;
}

/// <summary>Works out standings from the ideas themselves, whose statuses everybody can read.</summary>
public sealed class MemberStandings(Database db)
{
    /// <summary>The standing of one member now. Costs as much as they have ideas.</summary>
    public async Task<MemberStanding> Of(UserId member, CancellationToken ct)
    {
        var own = await db.ShownIdeas.Where(i => i.Author == member).GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        int Count(IdeaStatus status) => own.GetValueOrDefault(status);
        return new(Count(IdeaStatus.Implemented), Count(IdeaStatus.PartiallyImplemented), Count(IdeaStatus.Planned), await Contributed(member, ct));
    }

    /// <summary>Keeps the standing of those members who have a profile.</summary>
    internal async Task Keep(IReadOnlyCollection<UserId> members, CancellationToken ct)
    {
        foreach (var member in await db.MemberProfiles.Where(p => members.Contains(p.User)).Select(p => p.User).ToListAsync(ct))
        {
            var now = await Of(member, ct);
            await db.MemberProfiles.Where(p => p.User == member).ExecuteUpdateAsync(set => set
                .SetProperty(p => p.Points, now.Points).SetProperty(p => p.Implemented, now.Implemented).SetProperty(p => p.Partly, now.Partly)
                .SetProperty(p => p.Planned, now.Planned).SetProperty(p => p.Contributed, now.Contributed), ct);
        }
    }

    private async Task<int> Contributed(UserId member, CancellationToken ct)
    {
        var merged = await db.Ideas.Where(i => i.Author == member && i.Standing == IdeaStanding.Merged).Select(i => i.Id).ToListAsync(ct);
        var roots = new HashSet<IdeaId>();
        foreach (var idea in merged) roots.Add(await db.ShownFor(idea, ct));
        var into = await db.ShownIdeas.Where(i => roots.Contains(i.Id) && i.Author != member && (i.Status == IdeaStatus.Implemented || i.Status == IdeaStatus.PartiallyImplemented)).Select(i => i.Id).ToListAsync(ct);
        var mine = db.ShownIdeas.Where(i => i.Author == member).Select(i => (IdeaId?)i.Id);
        var built = await db.ShownIdeas.Where(i => i.BuildsOn != null && mine.Contains(i.BuildsOn) && i.Author != member && (i.Status == IdeaStatus.Implemented || i.Status == IdeaStatus.PartiallyImplemented)).Select(i => i.Id).ToListAsync(ct);
        return into.Union(built).Count();
    }
}

/// <summary>Keeps the leaderboard in step with what becomes of ideas.</summary>
internal sealed class FollowStandings(Database db, MemberStandings standings)
    : IHandle<IdeaMoved>, IHandle<IdeaMerged>, IHandle<IdeaUnmerged>, IHandle<Moderation.IdeaRemoved>, IHandle<Moderation.IdeaRestored>
{
    public Task Handle(IdeaMoved fact, CancellationToken ct) => Around(fact.Idea, ct);

    public Task Handle(IdeaMerged fact, CancellationToken ct) => Around(fact.Idea, ct);

    public async Task Handle(IdeaUnmerged fact, CancellationToken ct)
    {
        await Around(fact.Idea, ct);
        await Around(fact.From, ct);
    }

    public Task Handle(Moderation.IdeaRemoved fact, CancellationToken ct) => Around(fact.Idea, ct);

    public Task Handle(Moderation.IdeaRestored fact, CancellationToken ct) => Around(fact.Idea, ct);

    // Whoever wrote the idea, one merged with it, or the one that it builds on.
    private async Task Around(IdeaId idea, CancellationToken ct)
    {
        var family = await db.WithMerged(await db.ShownFor(idea, ct), ct);
        family.Add(idea);
        var below = await db.Ideas.Where(i => family.Contains(i.Id) && i.BuildsOn != null).Select(i => i.BuildsOn!.Value).ToListAsync(ct);
        family.AddRange(below);
        await standings.Keep(await db.Ideas.Where(i => family.Contains(i.Id)).Select(i => i.Author).Distinct().ToListAsync(ct), ct);
    }
}
