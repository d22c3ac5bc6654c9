using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>The saved queries at one moment, indexed. Immutable.</summary>
/// <param name="Versions">Of each saved query, also of those that cannot be read any more.</param>
/// <param name="Index">Those that can be read.</param>
internal sealed record QuerySnapshot(IReadOnlyDictionary<QueryId, int> Versions, QueryIndex<QueryId> Index)
{
    [ThreadStatic]
    private static MatchScratch<QueryId>? _scratch;

    /// <summary>The queries that match a post.</summary>
    public QueryId[] Matching(AskedPost post) => Index.Match(post, _scratch ??= new()).ToArray();
}

/// <summary>
/// Keeps saved queries indexed between batches. A changed query is seen by its version in the batch's own transaction, and only what changed is read and indexed; a batch that began before goes on with its own snapshot.
/// </summary>
public sealed class Matcher
{
    // From so many changes on all rows are read: the list of ids would be longer than they are.
    private const int Many = 500;

    private volatile QuerySnapshot _last = new(new Dictionary<QueryId, int>(), QueryIndex<QueryId>.Empty);

    internal async Task<QuerySnapshot> Current(Database db, CancellationToken ct)
    {
        await QueryBarrier.Share(db, ct);
        var now = await db.Set<QueryRow>().AsNoTracking().Select(q => new { q.Id, q.Version }).ToDictionaryAsync(q => q.Id, q => q.Version, ct);
        var last = _last;
        var changed = now.Where(q => !last.Versions.TryGetValue(q.Key, out var known) || known != q.Value).Select(q => q.Key).ToHashSet();
        var gone = last.Versions.Keys.Where(id => !now.ContainsKey(id)).ToList();
        if (changed.Count == 0 && gone.Count == 0) return last;
        var rows = db.Set<QueryRow>().AsNoTracking();
        if (changed.Count <= Many) rows = rows.Where(q => changed.Contains(q.Id));
        var added = new List<(QueryId, Query)>();
        foreach (var row in changed.Count == 0 ? [] : await rows.Select(q => new { q.Id, q.Text }).ToListAsync(ct))
        {
            if (!changed.Contains(row.Id)) continue;
            // Only what could be read was saved; a later version of the language may still refuse an old one, and then it matches nothing.
            if (ParseQuery.Read(row.Text) is Parsed.Ok ok) added.Add((row.Id, ok.Query));
            else gone.Add(row.Id);
        }

        return _last = new(now, last.Index.With(added, gone));
    }
}
