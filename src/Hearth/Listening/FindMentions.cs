using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A post that holds words asked for.</summary>
/// <param name="Id">The mention.</param>
/// <param name="Text">As written.</param>
/// <param name="Person">Who wrote it; null when the source did not say.</param>
/// <param name="At">When it was written.</param>
public sealed record HeldMention(MentionId Id, string Text, PersonId? Person, DateTimeOffset At);

/// <summary>Finds posts by groups of words, for rooms that judge themselves what a post says.</summary>
public sealed class FindMentions(Database db)
{
    /// <summary>More are not looked at.</summary>
    public const int Most = 1_000;

    /// <summary>The posts that came in last among those that hold all words of any group; the brand's own, reshares and deleted ones left out.</summary>
    /// <param name="groups">Folded words; <see cref="AskedWord.IsBegun"/> finds what begins so. None finds nothing.</param>
    /// <param name="since">Posts written before are left out.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>At most <see cref="Most"/>, the latest heard first.</returns>
    public async Task<IReadOnlyList<HeldMention>> WithAny(IReadOnlyList<IReadOnlyList<AskedWord>> groups, DateTimeOffset since, CancellationToken ct)
    {
        if (groups.Count == 0) return [];
        var match = FullText.AnyOf(db.Kind, groups);
        var found = db.Kind == DatabaseKind.Sqlite
            ? db.Set<MentionRow>().FromSql($"SELECT * FROM listening_mentions WHERE number IN (SELECT rowid FROM listening_mentions_fts WHERE listening_mentions_fts MATCH {match} ORDER BY rowid DESC LIMIT {Most})")
            : db.Set<MentionRow>().FromSql($"SELECT * FROM listening_mentions WHERE number IN (SELECT number FROM listening_mentions WHERE search @@ CAST({match} AS tsquery) ORDER BY number DESC LIMIT {Most})");
        return await found.AsNoTracking().Where(m => !m.IsOwn && m.RemovedAt == null && m.Kind != PostKind.Repost && m.At >= since).OrderByDescending(m => m.Number)
            .Select(m => new HeldMention(m.Id, m.Text, m.Person, m.At)).ToListAsync(ct);
    }
}
