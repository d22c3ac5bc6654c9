using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A batch told apart.</summary>
/// <param name="New">To be mentions, in order; an edit that came in the same batch is in its post already.</param>
/// <param name="Changed">Stored mentions with the newer text of each.</param>
/// <param name="Rejected">What cannot be kept.</param>
/// <param name="Deleted">How many were deleted before they could be kept.</param>
/// <param name="Quiet">Repeats that so far only other sources brought, which do not engage.</param>
internal sealed record SortedPosts(List<IncomingPost> New, List<(MentionRow Mention, IncomingPost Post)> Changed, List<RejectedPost> Rejected, int Deleted, List<IncomingPost> Quiet);

internal static class SortPosts
{
    private const int MaxText = 100_000;
    private const int MaxId = 512;

    public static async Task<SortedPosts> Of(
        Database db, SourceRow source, IReadOnlyList<SourceId> siblings, IReadOnlyList<IncomingPost> posts, IReadOnlyList<string>? removed, DateTimeOffset now, CancellationToken ct)
    {
        var ids = posts.Select(p => p.ExternalId).Distinct(StringComparer.Ordinal).ToArray();
        var stored = (await db.Set<MentionRow>().Where(m => siblings.Contains(m.Source) && ids.Contains(m.ExternalId)).Select(m => new { m.Source, m.ExternalId, m.IsQuiet }).ToListAsync(ct))
            .FindAll(m => m.Source == source.Id || m.ExternalId.IsAddress());
        var known = stored.Select(m => m.ExternalId).ToHashSet(StringComparer.Ordinal);
        var quietly = stored.Where(m => m.IsQuiet && m.Source != source.Id).Select(m => m.ExternalId).ToHashSet(StringComparer.Ordinal);
        var unknown = ids.Where(i => !known.Contains(i)).ToArray();
        var deleted = unknown.Length == 0 ? [] : (await db.Set<TombstoneRow>().Where(t => t.Source == source.Id && unknown.Contains(t.ExternalId)).Select(t => t.ExternalId).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var one in removed ?? []) deleted.Add(one); // deleted in this very batch, and deletions come after posts

        var rejected = new List<RejectedPost>();
        var kept = new List<IncomingPost>(posts.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var edits = new Dictionary<string, IncomingPost>(StringComparer.Ordinal);
        var quiet = new List<IncomingPost>();
        var gone = 0;
        for (var i = 0; i < posts.Count; i++)
        {
            var post = posts[i];
            if (Wrong(post, now) is { } reason) rejected.Add(new(i, post.ExternalId, reason));
            else if (known.Contains(post.ExternalId))
            {
                if (quietly.Contains(post.ExternalId)) quiet.Add(post);
                if (post.IsEdit && (!edits.TryGetValue(post.ExternalId, out var other) || other.EditTime() <= post.EditTime())) edits[post.ExternalId] = post;
            }
            else if (deleted.Contains(post.ExternalId)) gone++;
            else if (places.TryAdd(post.ExternalId, kept.Count)) kept.Add(post);
            else if (post.IsEdit && !(kept[places[post.ExternalId]] is { IsEdit: true } there && there.EditTime() > post.EditTime())) kept[places[post.ExternalId]] = post;
        }

        var changed = new List<(MentionRow, IncomingPost)>(edits.Count);
        if (edits.Count > 0)
        {
            var rows = await db.Set<MentionRow>().Where(m => siblings.Contains(m.Source) && edits.Keys.Contains(m.ExternalId)).ToListAsync(ct);
            changed.AddRange(rows.Where(m => m.Source == source.Id || m.ExternalId.IsAddress()).Select(m => (m, edits[m.ExternalId])));
        }

        return new(kept, changed, rejected, gone, quiet);
    }

    /// <summary>When the text got its form; a post's own time when it says nothing else.</summary>
    public static DateTimeOffset EditTime(this IncomingPost post) => post.EditedAt ?? post.At;

    /// <summary>True for an id that names a post for the whole network ("at://...", "https://..."), whoever read it; others mean something only within their source.</summary>
    public static bool IsAddress(this string externalId) => externalId.Contains("://", StringComparison.Ordinal);

    private static string? Wrong(IncomingPost post, DateTimeOffset now) =>
        post.ExternalId is not { Length: > 0 and <= MaxId } || post.ExternalId.Contains('\0') ? $"the id must have 1 to {MaxId} characters"
        : string.IsNullOrWhiteSpace(post.Text) ? "there is no text"
        : post.Text.Length > MaxText ? $"the text is longer than {MaxText:N0} characters"
        : post.At < DateTimeOffset.UnixEpoch ? "the date is before 1970"
        : post.At > now.AddDays(2) ? "the date is in the future"
        : post.Author?.ExternalId.Length > MaxId ? $"the author's id is longer than {MaxId} characters"
        : null;
}
