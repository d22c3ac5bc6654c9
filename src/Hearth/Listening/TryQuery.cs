using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>What a query would find, by the latest mentions.</summary>
/// <param name="LookedAt">How many of the latest mentions were looked at: at most 20,000, fewer when the time for it ran out.</param>
/// <param name="Found">How many of them match.</param>
/// <param name="Examples">The latest that match, at most 10.</param>
/// <param name="PerDay">How many it would find in a day at the present rate; null when too little is stored to tell.</param>
/// <param name="Share">The part of what comes in that it would find, 0 to 1; null when nothing is stored.</param>
/// <param name="Volume">The same for a person: "about 24,800 a day, 97 % of what comes in"; null when it cannot be told.</param>
/// <param name="Warnings">What is to be thought over before it is saved; empty when nothing is.</param>
/// <param name="IsAll">True when everything stored was looked at.</param>
public sealed record QueryPreview(
    int LookedAt, int Found, IReadOnlyList<FoundMention> Examples, double? PerDay, double? Share, string? Volume, IReadOnlyList<string> Warnings, bool IsAll);

/// <summary>A mention that a query finds.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Marks">Where the words that it was found by stand.</param>
public sealed record FoundMention(MentionView Mention, IReadOnlyList<TextSpan> Marks);

/// <summary>Some words of a text.</summary>
/// <param name="Start">First UTF-16 character.</param>
/// <param name="Length">In UTF-16 characters.</param>
public readonly record struct TextSpan(int Start, int Length);

/// <summary>Tries a query on the latest mentions without saving it: fast enough to do while somebody types, so it looks at a bounded number for a bounded time.</summary>
public sealed class TryQuery(Database db, NamedProducts products, ReadMention read, TimeProvider clock)
{
    /// <summary>Most mentions that are looked at.</summary>
    public const int AtMost = 20_000;

    private const int Examples = 10;
    private const int Enough = 50;
    private const int Batch = 2_000;
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(150);

    public async Task<QueryPreview> Run(Query query, CancellationToken ct)
    {
        var (looked, found, isAll) = await LookBack(query, ct);
        var shown = found.OrderByDescending(f => f.Post.At).ThenByDescending(f => f.Post.Id.Value).Take(Examples).ToList();
        var views = (await read.Of(shown.ConvertAll(f => f.Post.Id), ct)).ToDictionary(m => m.Id);
        var examples = from f in shown
                       where views.ContainsKey(f.Post.Id)
                       let marks = query.Spans(f.Asked, Tokens.Of(f.Post.Text)).Distinct().Order().Select(s => new TextSpan(s.Start, s.Length))
                       select new FoundMention(views[f.Post.Id], [.. marks]);
        double? share = looked.Count > 0 ? (double)found.Count / looked.Count : null;
        var perDay = Rate(looked) is { } rate ? rate * share : null;
        var volume = perDay is { } daily && share is { } part ? EstimatedVolume.Sentence(daily, part) : null;
        var warnings = WarnQuery.Of(query).ToList();
        if (share >= 0.5 && looked.Count >= Enough && warnings.Count == 0) warnings.Add("This finds much of what comes in");
        return new(looked.Count, found.Count, [.. examples], perDay, share, volume, warnings, isAll);
    }

    private async Task<(List<StoredPost> Looked, List<(StoredPost Post, AskedPost Asked)> Found, bool IsAll)> LookBack(Query query, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var sources = await db.Set<SourceRow>().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var names = await products.For(query, ct);
        var (looked, found, before) = (new List<StoredPost>(), new List<(StoredPost, AskedPost)>(), long.MaxValue);
        var (index, scratch) = (QueryIndex<int>.Of([(0, query)]), new MatchScratch<int>());
        while (looked.Count < AtMost)
        {
            var batch = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Number < before && m.RemovedAt == null).OrderByDescending(m => m.Number).Take(Batch).Select(StoredPost.Columns).ToListAsync(ct);
            foreach (var post in batch)
            {
                var asked = post.Asked(sources, names?.In(Tokens.Of(post.Text)));
                if (index.Match(asked, scratch).Length > 0) found.Add((post, asked));
            }

            looked.AddRange(batch);
            if (batch.Count < Batch) return (looked, found, true);
            before = batch[^1].Number;
            if (clock.GetElapsedTime(began) > Budget) break;
        }

        return (looked, found, false);
    }

    // By the newer half of what was looked at, by when it was written: a file of old posts that was just imported does not stretch it.
    private static double? Rate(List<StoredPost> looked)
    {
        if (looked.Count < Enough) return null;
        var times = looked.ConvertAll(p => p.At);
        times.Sort();
        var days = (times[^1] - times[times.Count / 2]).TotalDays;
        return days > 0 ? (times.Count - times.Count / 2 - 1) / days : null;
    }
}
