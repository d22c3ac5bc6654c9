using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Asks the saved queries again of a stored mention of which something changed that queries ask for.</summary>
public sealed class AskAgain(Database db, Matcher matcher, NamedProducts products)
{
    private static readonly Func<MentionRow, StoredPost> Post = StoredPost.Columns.Compile();

    /// <summary>Changes what it matches in the current unit of work, which the caller saves.</summary>
    /// <returns>The queries that it matches now.</returns>
    internal async Task<IReadOnlyList<QueryId>> Of(MentionRow mention, CancellationToken ct)
    {
        var queries = await matcher.Current(db, ct);
        var names = await products.IfAsked(ct);
        var source = await db.Set<SourceRow>().Where(s => s.Id == mention.Source).Select(s => s.Name).SingleOrDefaultAsync(ct) ?? "";
        var asked = Post(mention).Asked(new Dictionary<SourceId, string> { [mention.Source] = source }, names?.In(Text.Tokens.Of(mention.Text)));
        var now = mention.RemovedAt is null ? queries.Matching(asked) : [];
        var had = await db.Set<MentionQuery>().Where(q => q.Mention == mention.Id).ToListAsync(ct);
        db.RemoveRange(had.Where(q => !now.Contains(q.Query)));
        db.AddRange(now.Where(q => !had.Exists(h => h.Query == q)).Select(q => new MentionQuery { Mention = mention.Id, Query = q, At = mention.At }));
        return now;
    }
}
