using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>The saved queries at one moment, compiled. Immutable.</summary>
internal sealed class QuerySnapshot(IReadOnlyDictionary<QueryId, (int Version, Query Query)> queries)
{
    internal IReadOnlyDictionary<QueryId, (int Version, Query Query)> Queries { get; } = queries;

    public IEnumerable<QueryId> Matching(AskedPost post, List<Token> text) => from q in Queries where q.Value.Query.Matches(post, text) select q.Key;
}

/// <summary>Keeps saved queries compiled between batches; a changed query is seen by its version in the batch's own transaction.</summary>
public sealed class Matcher
{
    private volatile QuerySnapshot _last = new(new Dictionary<QueryId, (int, Query)>());

    internal async Task<QuerySnapshot> Current(Database db, CancellationToken ct)
    {
        var now = await db.Set<QueryRow>().AsNoTracking().Select(q => new { q.Id, q.Version }).ToListAsync(ct);
        var last = _last;
        if (now.Count == last.Queries.Count && now.TrueForAll(q => last.Queries.TryGetValue(q.Id, out var known) && known.Version == q.Version)) return last;
        var rows = await db.Set<QueryRow>().AsNoTracking().ToListAsync(ct);
        var compiled = new Dictionary<QueryId, (int, Query)>();
        foreach (var row in rows)
        {
            // Only what could be read was saved; a later version of the language may still refuse an old one, and then it matches nothing.
            if (ParseQuery.Read(row.Text) is Parsed.Ok ok) compiled[row.Id] = (row.Version, ok.Query);
        }

        return _last = new(compiled);
    }
}
