using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// Nobody tells an account that a post was deleted or changed, so those heard in the last days are looked at again, 25 at a time (one request), the newest first and then
/// round and round.
/// </summary>
public sealed class CheckBlueskyPosts(Database db, BlueskyClient bluesky, TimeProvider clock)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(2);
    private const int AtOnce = 25;

    /// <param name="Removed">Posts that are gone.</param>
    /// <param name="Changed">Posts whose record is another than the one that is kept.</param>
    /// <param name="Next">Pass on next time.</param>
    internal sealed record Checked(IReadOnlyList<string> Removed, IReadOnlyList<BlueskyPost> Changed, long Next);

    /// <summary>Looks at the next 25 written before the moment (Unix microseconds); 0 begins with the newest.</summary>
    internal async Task<Checked> Look(SourceId source, ChannelAccountId account, long before, CancellationToken ct)
    {
        var (since, until) = (clock.Now() - LookBack, before == 0 ? clock.Now().AddDays(1) : Time.FromUnixMicroseconds(before));
        var rows = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Source == source && m.RemovedAt == null && m.At > since && m.At < until && m.Uri != null)
            .OrderByDescending(m => m.At).Take(AtOnce).Select(m => new { m.At, m.Uri, m.Cid }).ToListAsync(ct);
        if (rows.Count == 0) return new([], [], 0);
        var posts = (await bluesky.Posts(account, rows.ConvertAll(r => r.Uri!), ct)).ToDictionary(p => p.Ref.Uri, StringComparer.Ordinal);
        var removed = new List<string>();
        foreach (var row in rows.Where(r => !posts.ContainsKey(r.Uri!)))
        {
            // A list leaves out what this account may not see as well; that is still there for others.
            if (await bluesky.IsGone(account, row.Uri!, ct)) removed.Add(row.Uri!);
        }

        var changed = rows.Where(r => r.Cid is not null && posts.TryGetValue(r.Uri!, out var post) && post.Ref.Cid != r.Cid).Select(r => posts[r.Uri!]).ToList();
        return new(removed, changed, rows.Count < AtOnce ? 0 : rows[^1].At.ToUnixMicroseconds());
    }
}
