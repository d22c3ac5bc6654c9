using Hearth.Channels.Mastodon;
using Hearth.People.Merging;

namespace Hearth.Listening;

/// <summary>Makes posts of statuses.</summary>
internal static class MastodonPosts
{
    /// <summary>Names a status by its address in the instance's API: deletions and replies tell the id alone, and it means something at that instance only.</summary>
    public static string ExternalId(string service, string id) => $"{service}/api/v1/statuses/{id}";

    /// <summary>Makes a post of a status.</summary>
    /// <param name="status">As read.</param>
    /// <param name="name">Names a status by its id.</param>
    /// <param name="root">Id of the thread's first status; null when unknown.</param>
    /// <param name="own">Profile page of the brand's account; null when there is none.</param>
    /// <param name="host">The instance that was asked.</param>
    /// <param name="now">The time here: a status whose server's clock is ahead is from now.</param>
    /// <param name="isAddressed">True when the instance told the account of it; its own list of mentions may be empty (snac2).</param>
    public static IncomingPost Incoming(MastodonStatus status, Func<string, string> name, string? root, string? own, string host, DateTimeOffset now, bool isAddressed = false)
    {
        var author = status.Author;
        var handle = author.Acct.Contains('@', StringComparison.Ordinal) ? author.Acct : $"{author.Acct}@{host}";
        var has = (status.HasImage ? Media.Image : Media.None) | (status.HasVideo ? Media.Video : Media.None) | (status.Links.Count > 0 ? Media.Link : Media.None);
        return new(
            name(status.Id), status.Text.Length > 100_000 ? status.Text[..100_000] : status.Text, status.At > now ? now : status.At, new(author.Url, handle, author.Name, author.Avatar, author.Url) { Profile = Profile(author) }, status.Url, status.Language,
            status.ReplyTo is { } parent ? name(parent) : null, root is null ? null : name(root), author.Url == own, new NetworkRefs(status.Uri), IsEdit: status.EditedAt is not null,
            status.Boosted is not null ? PostKind.Repost : status.ReplyTo is not null ? PostKind.Reply : PostKind.Original, author.Followers, status.Links, has) { EditedAt = status.EditedAt, SpeaksTo = isAddressed && own is not null ? [.. status.Mentions, own] : status.Mentions, Carries = status.Carries };
    }

    private static SeenProfile? Profile(MastodonAuthor author) => author.Note is null && author.Verified.Count == 0 ? null : new(author.Note, author.Verified);
}
