using Hearth.Catalog;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>
/// Puts a group before a person once enough people speak of it (<see cref="ProposalRule"/>). A group that says the same as a gap which is already there joins that one
/// instead, and keeps why; a person may take it off again.
/// </summary>
internal sealed class ProposeGaps(Database db, DescribeCause describe, CountGap count, TimeProvider clock)
{
    /// <summary>Words in common of two groups, as the cosine of their shares, from which on they say the same.</summary>
    private const double Alike = 0.6;

    /// <param name="cause">To which a mention was just put.</param>
    /// <param name="isLearned">True when people taught when its attribute falls short: then that is what its posts have in common.</param>
    /// <param name="ct">Stops it.</param>
    public async Task IfItIsTime(Cause cause, bool isLearned, CancellationToken ct)
    {
        if (cause.GapId is not null || cause.People < ProposalRule.Sudden || cause.Last < clock.Now() - ProposalRule.History) return;
        var needed = await Needed(cause, ct);
        var (lately, before, steadily) = await People(cause, ct);
        if (!ProposalRule.IsTime(lately, before, steadily, Math.Max(needed, await Share(cause, ct)))) return;

        // Who says only that it is bad gives nobody anything to change. Such posts need words of their own in common.
        if (cause.Failing.Length == 0 && !isLearned && !await describe.IsOfOneWording(cause, ct)) return;
        if (await Kin(cause, ct) is { } kin)
        {
            (cause.GapId, cause.Joined) = kin;
            await db.SaveChangesAsync(ct);
            await count.Of(kin.Gap, ct);
            return;
        }

        await Propose(cause, lately, ct);
    }

    private async Task Propose(Cause cause, int lately, CancellationToken ct)
    {
        var now = clock.Now();
        var draft = await describe.Of(cause, ct);
        var gap = new Gap
        {
            Id = GapId.New(), Title = draft.Title!, ProductId = cause.ProductId, AttributeKey = cause.AttributeKey, Expected = draft.Expected!, Experienced = draft.Experienced!,
            PromiseId = draft.Promise, Owner = draft.Owner!.Value, Stage = GapStage.Proposed, MovedAt = now, RaisedBy = TheHouse.Actor.Id, RaisedByName = TheHouse.Actor.Name, RaisedAt = now,
        };
        db.Add(gap);
        db.Add(new GapMove { GapId = gap.Id, To = GapStage.Proposed, By = TheHouse.Actor.Id, ByName = TheHouse.Actor.Name, At = now });
        db.Record(new GapProposed(gap.Id, gap.ProductId, gap.AttributeKey, cause.People, now));
        cause.GapId = gap.Id;
        await db.SaveChangesAsync(ct);
        await count.Of(gap.Id, ct);
    }

    /// <summary>How many people it takes, going by what was said of the like before.</summary>
    internal async Task<int> Needed(Cause cause, CancellationToken ct)
    {
        var like = db.Set<Cause>().Where(c => c.AttributeKey == cause.AttributeKey && c.Failing == cause.Failing && c.GapId != null && c.Joined == null).Select(c => c.GapId!.Value);
        var said = await db.Set<GapMove>().Where(m => like.Contains(m.GapId) && m.From == GapStage.Proposed && !db.Set<Gap>().Any(g => g.Id == m.GapId && g.MergedInto != null))
            .GroupBy(m => m.To).Select(g => new { To = g.Key, Count = g.Count() }).ToListAsync(ct);
        var needed = ProposalRule.Needed(said.Where(s => s.To == GapStage.Declined).Sum(s => s.Count), said.Where(s => s.To == GapStage.Open).Sum(s => s.Count));

        // Who was told that it is none will not be asked again for as few.
        if (cause.After is not { } after || await db.Set<Cause>().SingleOrDefaultAsync(c => c.Id == after, ct) is not { GapId: { } earlier } declined) return needed;
        return await db.Set<Gap>().AnyAsync(g => g.Id == earlier && g.Stage == GapStage.Declined, ct) ? Math.Max(needed, declined.People) : needed;
    }

    // Of a thousand complaints a reader misreads some tens; a group as small as that may be made of them.
    private async Task<int> Share(Cause cause, CancellationToken ct)
    {
        var from = cause.Last - TimeSpan.FromDays(ProposalRule.SuddenDays);
        var causes = db.Set<Cause>().Where(c => c.ProductId == cause.ProductId).Select(c => c.Id);
        var people = await db.Set<CauseMention>().Where(m => causes.Contains(m.CauseId) && m.At > from && m.Person != null).Select(m => m.Person).Distinct().CountAsync(ct);
        return (int)Math.Ceiling(people * ProposalRule.Share);
    }

    private async Task<(int Lately, int Before, int Steadily)> People(Cause cause, CancellationToken ct)
    {
        var recent = cause.Last - TimeSpan.FromDays(ProposalRule.SuddenDays);
        var steady = cause.Last - TimeSpan.FromDays(ProposalRule.SteadyDays);
        var earlier = recent - TimeSpan.FromDays(ProposalRule.SteadyDays);
        return (await Different(m => m.At > recent), await Different(m => m.At > earlier && m.At <= recent), await Different(m => m.At > steady));

        async Task<int> Different(System.Linq.Expressions.Expression<Func<CauseMention, bool>> within)
        {
            var rows = db.Set<CauseMention>().Where(m => m.CauseId == cause.Id).Where(within);
            return await rows.Where(m => m.Person != null).Select(m => m.Person).Distinct().CountAsync(ct) + await rows.CountAsync(m => m.Person == null, ct);
        }
    }

    // 1. Posts that name no article, while one article's talk of the same failing is larger: they are about that one. 2. Posts of the same product and attribute that
    // tell no known failing, or another attribute of the same product and failing, in the same words.
    private async Task<(GapId Gap, string Why)?> Kin(Cause cause, CancellationToken ct)
    {
        var recent = cause.Last - ProposalRule.Quiet;
        var others = await db.Set<Cause>().AsNoTracking().Where(c => c.GapId != null && c.Id != cause.Id && c.Last >= recent && (c.AttributeKey == cause.AttributeKey || c.ProductId == cause.ProductId)).OrderBy(c => c.Id).ToListAsync(ct);
        var gaps = others.Select(o => o.GapId!.Value).Distinct().ToList();
        var open = (await db.Set<Gap>().AsNoTracking().Where(g => gaps.Contains(g.Id) && g.Stage != GapStage.Declined && g.Stage != GapStage.Verified).Select(g => g.Id).ToListAsync(ct)).ToHashSet();
        others.RemoveAll(o => !open.Contains(o.GapId!.Value));
        if (cause.ProductId is null && CauseCatalog.IsOfArticle(cause.AttributeKey)
            && others.Where(o => o.ProductId is not null && o.AttributeKey == cause.AttributeKey && o.Failing == cause.Failing && o.People >= cause.People).MaxBy(o => o.People) is { } named)
        {
            return (named.GapId!.Value, "names no product, and most who do name this one");
        }

        var mine = await describe.Shares(cause.Id, ct);
        foreach (var other in others.Where(o => o.ProductId == cause.ProductId && o.Word is null && (o.AttributeKey == cause.AttributeKey ? o.Failing.Length == 0 || cause.Failing.Length == 0 : o.Failing == cause.Failing)).OrderByDescending(o => o.People))
        {
            var theirs = await describe.Shares(other.Id, ct);
            if (DescribeCause.Likeness(mine, theirs) < Alike) continue;
            var shared = mine.Where(m => theirs.ContainsKey(m.Key)).OrderByDescending(m => m.Value * theirs[m.Key]).ThenBy(m => m.Key, StringComparer.Ordinal).Take(3).Select(m => m.Key);
            return (other.GapId!.Value, "says the same in other posts: " + string.Join(", ", shared));
        }

        return null;
    }
}
