using Hearth.Channels.Discourse;

namespace Hearth.Listening;

/// <summary>Makes posts of a forum's posts.</summary>
internal static class DiscoursePosts
{
    /// <summary>Names a post by its address in the forum's API, which stays when it is moved.</summary>
    public static string ExternalId(string forum, long id) => $"{forum}/posts/{id}.json";

    /// <summary>Names a topic; all of its posts are one thread.</summary>
    public static string Topic(string forum, long topic) => $"{forum}/t/{topic}";

    /// <summary>Makes a post.</summary>
    /// <param name="post">As read.</param>
    /// <param name="forum">Its address.</param>
    /// <param name="parent">Id of the post that it answers, when known.</param>
    /// <param name="own">Names of the brand's users.</param>
    /// <param name="now">The time here.</param>
    public static IncomingPost Incoming(DiscoursePost post, string forum, long? parent, IReadOnlyCollection<string> own, DateTimeOffset now)
    {
        var text = post.Number == 1 && post.Title is { } title ? $"{title}\n\n{post.Text}".TrimEnd() : post.Text;
        var url = $"{forum}/t/{post.Slug ?? "-"}/{post.Topic}/{post.Number}";
        var avatar = post.Avatar is null ? null : Uri.TryCreate(new Uri(forum + "/"), post.Avatar, out var picture) ? picture.AbsoluteUri : null;
        var has = (post.HasImage ? Media.Image : Media.None) | (post.HasVideo ? Media.Video : Media.None) | (post.Links.Count > 0 ? Media.Link : Media.None);
        var isEdit = post.Version > 1;
        return new(
            ExternalId(forum, post.Id), text.Length > 100_000 ? text[..100_000] : text, post.At > now ? now : post.At, new($"{forum}/u/{post.Username.ToLowerInvariant()}", post.Username, post.Name, avatar, $"{forum}/u/{Uri.EscapeDataString(post.Username)}"), url, null,
            parent is { } id ? ExternalId(forum, id) : null, Topic(forum, post.Topic), own.Contains(post.Username, StringComparer.OrdinalIgnoreCase), new NetworkRefs(url), isEdit,
            post.Number > 1 ? PostKind.Reply : PostKind.Original, null, post.Links, has) { EditedAt = isEdit ? post.UpdatedAt : null };
    }
}
