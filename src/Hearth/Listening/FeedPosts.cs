using Hearth.Channels.Feeds;

namespace Hearth.Listening;

/// <summary>Makes posts of a feed's entries.</summary>
internal static class FeedPosts
{
    public static string ExternalId(string id) => id.Length > 512 ? id[..512] : id;

    /// <summary>Makes a post of an entry.</summary>
    /// <param name="item">As read.</param>
    /// <param name="language">Of the feed.</param>
    /// <param name="now">The time here; an entry from the future is from now.</param>
    /// <param name="isChanged">True when it was seen before in another form; null when that is not known and the entry's own word decides.</param>
    public static IncomingPost Incoming(FeedItem item, string? language, DateTimeOffset now, bool? isChanged)
    {
        var text = Text(item);
        var at = PostDates.TryParse(item.At, out var published) && published <= now.AddMinutes(1) ? published : now;
        var updated = PostDates.TryParse(item.Updated, out var changed) && changed <= now.AddMinutes(1) && changed > at ? changed : (DateTimeOffset?)null;
        var isEdit = isChanged ?? updated is not null;
        return new(
            ExternalId(item.Id), text.Length > 100_000 ? text[..100_000] : text, at, item.Author is null ? null : new(item.Author.ToLowerInvariant() is { Length: <= 512 } name ? name : item.Author[..512], Name: item.Author), item.Url, language,
            IsEdit: isEdit, Has: (item.HasImage ? Media.Image : Media.None) | (item.HasVideo ? Media.Video : Media.None)) { EditedAt = !isEdit ? null : isChanged == true && updated is null ? now : updated ?? now };
    }

    /// <summary>What tells one form of an entry from another.</summary>
    public static string FormOf(FeedItem item) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{item.Title}\n{item.Text}")).AsSpan(0, 8));

    private static string Text(FeedItem item) =>
        item.Title is null || item.Text?.StartsWith(item.Title, StringComparison.Ordinal) == true ? item.Text! : item.Text is null ? item.Title : $"{item.Title}\n\n{item.Text}";
}
