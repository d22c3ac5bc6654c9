using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Asks queries that nobody saved of mentions that are stored, for a room above that decides by them.</summary>
public sealed class AskMentions(Database db, NamedProducts products)
{
    private const int AtOnce = 500;

    /// <summary>Which of the queries each mention answers to, by their places; mentions that answer to none, are unknown or were removed are left out.</summary>
    public async Task<IReadOnlyDictionary<MentionId, IReadOnlySet<int>>> Which(IReadOnlyList<Query> queries, IReadOnlyCollection<MentionId> mentions, CancellationToken ct)
    {
        var found = new Dictionary<MentionId, IReadOnlySet<int>>();
        if (queries.Count == 0 || mentions.Count == 0) return found;
        var sources = await db.Set<SourceRow>().Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var names = queries.FirstOrDefault(NamedProducts.Asks) is { } asks ? await products.For(asks, ct) : null;
        var (index, scratch) = (QueryIndex<int>.Of(queries.Select((q, i) => (i, q))), new MatchScratch<int>());
        foreach (var ids in mentions.Distinct().Chunk(AtOnce))
        {
            foreach (var post in await db.Set<MentionRow>().AsNoTracking().Where(m => ids.Contains(m.Id) && m.RemovedAt == null).Select(StoredPost.Columns).ToListAsync(ct))
            {
                var hits = index.Match(post.Asked(sources, names?.In(Tokens.Of(post.Text))), scratch);
                if (hits.Length > 0) found[post.Id] = hits.ToArray().ToHashSet();
            }
        }

        return found;
    }
}
