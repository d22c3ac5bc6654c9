using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

/// <summary>What a member is honoured for. Each is earned by what came of something, and none by how much was posted; see docs/ideas.md for the rules.</summary>
public enum MemberBadge
{
    /// <summary>An idea of theirs is planned or further.</summary>
    TakenUp,

    /// <summary>1, 3 or 10 ideas of theirs are implemented, in part or whole.</summary>
    Built,

    /// <summary>They answered the brand below their own idea, and it moved on after that: an idea is adopted when its needs and concerns are understood (Di Gangi and Wasko 2009, doi 10.1016/j.dss.2009.04.004).</summary>
    Understood,

    /// <summary>An idea of theirs became part of somebody else's that was implemented.</summary>
    Together,

    /// <summary>They promoted 5 or more ideas of others that were implemented later, and at least half of those they promoted and that were decided.</summary>
    GoodEar,
}

/// <summary>A badge and how often it was earned.</summary>
/// <param name="Badge">Which.</param>
/// <param name="Level">1 unless it has levels: 1, 3 or 10 for built.</param>
/// <param name="Count">The number that it was earned with.</param>
public sealed record EarnedBadge(MemberBadge Badge, int Level, int Count);

/// <summary>Works out badges from what anybody can read. Guests, people of the brand and votes that are held have no part in it.</summary>
public sealed class MemberBadges(Database db, MemberStandings standings)
{
    public const int GoodEarLeast = 5;

    /// <summary>The member's badges, in the order of <see cref="MemberBadge"/>.</summary>
    public async Task<IReadOnlyList<EarnedBadge>> Of(UserId member, CancellationToken ct)
    {
        var standing = await standings.Of(member, ct);
        var built = standing.Implemented + standing.Partly;
        var understood = await Understood(member, ct);
        var (right, decided) = await Ear(member, ct);
        var earned = new List<EarnedBadge>();
        if (built + standing.Planned is > 0 and var taken) earned.Add(new(MemberBadge.TakenUp, 1, taken));
        if (built > 0) earned.Add(new(MemberBadge.Built, built >= 10 ? 10 : built >= 3 ? 3 : 1, built));
        if (understood > 0) earned.Add(new(MemberBadge.Understood, 1, understood));
        if (standing.Contributed > 0) earned.Add(new(MemberBadge.Together, 1, standing.Contributed));
        if (right >= GoodEarLeast && right * 2 >= decided) earned.Add(new(MemberBadge.GoodEar, 1, right));
        return earned;
    }

    private Task<int> Understood(UserId member, CancellationToken ct)
    {
        var said = db.IdeaComments.Where(c => c.Author == member && c.RemovedAt == null && c.Removed == null);
        return db.ShownIdeas.Where(i => i.Author == member && (i.Status == IdeaStatus.Planned || i.Status == IdeaStatus.PartiallyImplemented || i.Status == IdeaStatus.Implemented))
            .CountAsync(i => said.Any(c => c.Idea == i.Id && c.At > i.AnsweredAt && c.At < i.MovedAt), ct);
    }

    private async Task<(int Right, int Decided)> Ear(UserId member, CancellationToken ct)
    {
        var promoted = db.IdeaVotes.Where(v => v.User == member && v.Stance == Stance.Promote && !v.Held && v.CarriedFrom == null && v.Weight == Popularity.WholeVote);
        var ideas = await promoted.Join(db.ShownIdeas, v => v.Idea, i => i.Id, (v, i) => i).Where(i => i.Author != member)
            .GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var right = ideas.GetValueOrDefault(IdeaStatus.Implemented) + ideas.GetValueOrDefault(IdeaStatus.PartiallyImplemented);
        return (right, right + ideas.GetValueOrDefault(IdeaStatus.NotPlanned) + ideas.GetValueOrDefault(IdeaStatus.AlreadyOffered));
    }
}
