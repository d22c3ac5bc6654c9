using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>A word that sets a gap's posts apart.</summary>
/// <param name="Word">Folded.</param>
/// <param name="Posts">In how many of the posts that were looked at it stands.</param>
public sealed record GroupWord(string Word, int Posts);

/// <summary>A part of a gap: posts of one product, attribute and way of failing.</summary>
/// <param name="Id">The part.</param>
/// <param name="Product">Of which product; null for the brand as a whole.</param>
/// <param name="Attribute">Key of the attribute.</param>
/// <param name="Fails">How it fails, in words; null when its posts tell none that is known.</param>
/// <param name="Word">The word that a person split it off by.</param>
/// <param name="Mentions">Its posts.</param>
/// <param name="People">Who wrote them, each once.</param>
/// <param name="First">When the first was written.</param>
/// <param name="Last">When the last was.</param>
/// <param name="Joined">Why it joined a gap that was there before; null for the part that founded the gap.</param>
public sealed record GroupPart(CauseId Id, ProductId? Product, string Attribute, string? Fails, string? Word, int Mentions, int People, DateTimeOffset First, DateTimeOffset Last, string? Joined);

/// <summary>Why a gap's posts stand together, and what else they might be.</summary>
/// <param name="Parts">What it is made of, the largest first.</param>
/// <param name="Words">What most of its posts share, the most common first, at most 12.</param>
/// <param name="Examples">Posts that are most like the rest, at most 5.</param>
/// <param name="Splits">Words that stand in some of its posts and hardly together with the commonest: maybe another cause; at most 4.</param>
/// <param name="Alike">Gaps that say nearly the same, most alike first, at most 3.</param>
/// <param name="Mentions">All its posts, for a link or a list; the latest 500.</param>
public sealed record GroupView(IReadOnlyList<GroupPart> Parts, IReadOnlyList<GroupWord> Words, IReadOnlyList<MentionView> Examples, IReadOnlyList<GroupWord> Splits, IReadOnlyList<GapLine> Alike,
    IReadOnlyList<MentionId> Mentions);

/// <summary>Answers "why are these together".</summary>
public sealed class ReadGroup
{
    private const int Looked = 500;

    /// <summary>From which likeness on another gap is shown as maybe the same.</summary>
    private const double MaybeSame = 0.45;

    private readonly Database _db;
    private readonly ReadMention _read;
    private readonly DescribeCause _describe;

    internal ReadGroup(Database db, ReadMention read, DescribeCause describe) => (_db, _read, _describe) = (db, read, describe);

    /// <returns>Null when there is no such gap.</returns>
    public async Task<GroupView?> Of(GapId id, CancellationToken ct)
    {
        if (await _db.Set<Gap>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } gap) return null;
        var causes = await _db.Set<Cause>().AsNoTracking().Where(c => c.GapId == id && c.Mentions > 0).OrderByDescending(c => c.People).ThenBy(c => c.Id).ToListAsync(ct);
        var ids = causes.ConvertAll(c => c.Id);
        var rows = await _db.Set<CauseMention>().AsNoTracking().Where(m => ids.Contains(m.CauseId)).OrderByDescending(m => m.At).ThenByDescending(m => m.Mention).Select(m => new { m.Mention, m.Words }).Take(Looked).ToListAsync(ct);
        var posts = rows.ConvertAll(r => (r.Mention, Words: r.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal)));
        var counts = posts.SelectMany(p => p.Words).GroupBy(w => w, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var words = counts.Where(c => c.Value > 1).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new GroupWord(c.Key, c.Value)).ToList();

        // A post is typical when its words are common in the group; long posts do not gain by length alone.
        var typical = posts.DistinctBy(p => p.Mention).OrderByDescending(p => p.Words.Sum(w => counts[w] > 1 ? counts[w] : 0) / Math.Sqrt(p.Words.Count + 3)).Take(5).Select(p => p.Mention).ToList();
        var examples = (await _read.Of(typical, ct)).Where(m => !m.IsRemoved).OrderBy(m => typical.IndexOf(m.Id)).ToList();
        return new([.. causes.Select(Part)], [.. words.Take(12)], examples, Splits(posts.ConvertAll(p => p.Words), words), await Alike(gap, causes, ct), [.. posts.Select(p => p.Mention).Distinct()]);
    }

    private static GroupPart Part(Cause c) => new(c.Id, c.ProductId, c.AttributeKey, Failings.Of(c.Failing)?.Says, c.Word, c.Mentions, c.People, c.First, c.Last, c.Joined);

    // What a fifth of the posts say, and hardly any of those who say the commonest word.
    private static List<GroupWord> Splits(List<HashSet<string>> posts, List<GroupWord> words)
    {
        if (words.Count == 0 || posts.Count < 2 * ProposalRule.Sudden) return [];
        var first = words[0].Word;
        return [.. words.Skip(1).Where(w => w.Posts >= Math.Max(3, posts.Count / 5) && posts.Count(p => p.Contains(w.Word) && p.Contains(first)) * 5 <= w.Posts).Take(4)];
    }

    private async Task<IReadOnlyList<GapLine>> Alike(Gap gap, List<Cause> causes, CancellationToken ct)
    {
        if (causes.Count == 0) return [];
        var mine = await _describe.Shares(causes[0].Id, ct);
        var others = await _db.Set<Cause>().AsNoTracking().Where(c => c.GapId != null && c.GapId != gap.Id && c.Joined == null && (c.ProductId == gap.ProductId || c.AttributeKey == gap.AttributeKey))
            .OrderByDescending(c => c.Last).ThenByDescending(c => c.Id).Take(60).ToListAsync(ct);
        var likeness = new Dictionary<GapId, double>();
        foreach (var other in others)
        {
            var like = DescribeCause.Likeness(mine, await _describe.Shares(other.Id, ct));
            if (like >= MaybeSame) likeness[other.GapId!.Value] = Math.Max(like, likeness.GetValueOrDefault(other.GapId.Value));
        }

        var ids = likeness.Keys.ToList();
        var now = gap.CountedAt;
        return [.. (await _db.Set<Gap>().AsNoTracking().Where(g => ids.Contains(g.Id) && g.MergedInto == null && g.Stage != GapStage.Declined).ToListAsync(ct)).OrderByDescending(g => likeness[g.Id]).Take(3).Select(g => ListGaps.Line(g, now))];
    }

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapGet("/{id:guid}/group",
            async Task<Results<Ok<GroupView>, ProblemHttpResult>> (Guid id, ReadGroup read, CancellationToken ct) =>
                await read.Of(GapId.From(id), ct) is { } group ? TypedResults.Ok(group) : Problems.Unknown("gap"))
        .WithName("getGapGroup").WithSummary("Why the posts of a gap stand together, and what else they might be").RequireAuthorization("read");
}
