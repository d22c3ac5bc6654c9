using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Mastodon;

/// <summary>Who may read a status (docs.joinmastodon.org/entities/Status/#visibility).</summary>
public enum MastodonVisibility
{
    /// <summary>Everybody; shown in timelines.</summary>
    Public,

    /// <summary>Everybody; not shown in public timelines.</summary>
    Unlisted,

    /// <summary>Followers only.</summary>
    Private,

    /// <summary>Only who is mentioned.</summary>
    Direct,
}

/// <summary>An account as an instance shows it.</summary>
/// <param name="Id">The instance's own number for it.</param>
/// <param name="Acct">"ann" for an account of this instance, "ann@other.example" for others.</param>
/// <param name="Url">The profile page; the same whichever instance is asked, so it names the account.</param>
/// <param name="Name">Display name; null when empty.</param>
/// <param name="Avatar">A picture.</param>
/// <param name="Followers">How many follow it, as far as the instance knows.</param>
public sealed record MastodonAuthor(string Id, string Acct, string Url, string? Name, string? Avatar, long? Followers)
{
    /// <summary>What it says of itself, as plain text with its addresses; null when it says nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Addresses that the instance has verified to be theirs (docs.joinmastodon.org/entities/Account/#verified_at).</summary>
    public IReadOnlyList<string> Verified { get; init; } = [];
}

/// <summary>A status (a post), read.</summary>
/// <param name="Id">The instance's own id for it, as it stays.</param>
/// <param name="Uri">Its ActivityPub id, the same on every instance.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="Author">Who wrote it; of a boost, who boosted.</param>
/// <param name="At">When it was written.</param>
/// <param name="EditedAt">When it was last changed; null when never.</param>
/// <param name="Text">Plain text: a content warning first, then what is written, the choices of a poll, and descriptions of media where nothing is written.</param>
/// <param name="Links">Where its links and its card lead.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="Language">ISO 639 as the author's client said.</param>
/// <param name="ReplyTo">The instance's id of the status that it answers.</param>
/// <param name="Mentions">Profile pages of who is mentioned.</param>
/// <param name="Tags">Hashtags without #, folded to lower case.</param>
/// <param name="HasImage">It carries a picture.</param>
/// <param name="HasVideo">It carries a video or a moving picture.</param>
/// <param name="Boosted">Id of the status that is boosted; null when it is none.</param>
public sealed record MastodonStatus(
    string Id, string Uri, string? Url, MastodonAuthor Author, DateTimeOffset At, DateTimeOffset? EditedAt, string Text, IReadOnlyList<string> Links, MastodonVisibility Visibility,
    string? Language, string? ReplyTo, IReadOnlyList<string> Mentions, IReadOnlyList<string> Tags, bool HasImage, bool HasVideo, string? Boosted)
{
    /// <summary>Its pictures, videos and sounds, with what they show.</summary>
    public IReadOnlyList<CarriedMedia> Carries { get; init; } = [];

    /// <summary>Reads a status as the API gives it.</summary>
    /// <returns>Null when it cannot be one: no id, author or time.</returns>
    public static MastodonStatus? Read(JsonNode? node)
    {
        if (node is not JsonObject s || SteadyId.OfAny(Word(s, "id")) is not { } id || ReadAuthor(s["account"]) is not { } author || Time(s, "created_at") is not { } at) return null;
        var shown = s["reblog"] as JsonObject ?? s;
        var content = HtmlText.Of(Word(shown, "content"));
        var media = (shown["media_attachments"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var kinds = media.Select(m => Word(m, "type")).ToHashSet(StringComparer.Ordinal);
        var links = shown["card"] is JsonObject card && Word(card, "url") is { } leads && !content.Links.Contains(leads, StringComparer.Ordinal) ? [.. content.Links, leads] : content.Links;
        return new(
            id, Word(s, "uri") ?? Word(s, "url") ?? id, Word(shown, "url") ?? Word(s, "uri"), author, at, Time(shown, "edited_at"), TextOf(shown, content.Text, media), links, VisibilityOf(Word(shown, "visibility")),
            Word(shown, "language"), SteadyId.OfAny(Word(shown, "in_reply_to_id")), [.. Each(shown, "mentions", "url")], [.. Each(shown, "tags", "name").Select(t => t.ToLowerInvariant())],
            kinds.Contains("image"), kinds.Contains("video") || kinds.Contains("gifv"), s["reblog"] is JsonObject boosted ? SteadyId.OfAny(Word(boosted, "id")) : null) { Carries = CarriedMedia.OfMastodon(shown["media_attachments"]) };
    }

    internal static MastodonAuthor? ReadAuthor(JsonNode? node) => node is JsonObject a && Word(a, "id") is { } id && (Word(a, "acct") ?? Word(a, "username")) is { } acct
        ? new(id, acct, Word(a, "url") ?? Word(a, "uri") ?? acct, Word(a, "display_name"), Word(a, "avatar"), a["followers_count"] is JsonValue n && n.TryGetValue(out long count) ? count : null)
        {
            Note = Note(a),
            Verified = [.. (a["fields"] as JsonArray ?? []).OfType<JsonObject>().Where(f => Word(f, "verified_at") is not null).SelectMany(f => HtmlText.Of(Word(f, "value")).Links).Distinct(StringComparer.Ordinal)],
        } : null;

    private static string? Note(JsonObject account)
    {
        var said = (account["fields"] as JsonArray ?? []).OfType<JsonObject>().Where(f => Word(f, "verified_at") is null).Select(f => HtmlText.Of(Word(f, "value"))).Prepend(HtmlText.Of(Word(account, "note"))).ToList();
        var text = string.Join('\n', said.SelectMany(s => s.Links.Prepend(s.Text)).Where(t => t.Length > 0));
        return text.Length == 0 ? null : text.Length > 5_000 ? text[..5_000] : text;
    }

    internal static string? Word(JsonObject of, string name) => of[name] is not JsonValue value ? null
        : value.GetValueKind() switch { JsonValueKind.String => (string?)value is { Length: > 0 } text ? text : null, JsonValueKind.Number => value.ToJsonString(), _ => null };

    internal static DateTimeOffset? Time(JsonObject of, string name) =>
        Word(of, name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string TextOf(JsonObject status, string content, List<JsonObject> media)
    {
        var parts = new List<string>();
        if (Word(status, "spoiler_text") is { } warning) parts.Add(warning.Trim());
        if (content.Length > 0) parts.Add(content);
        if (status["poll"] is JsonObject poll) parts.Add(string.Join('\n', Each(poll, "options", "title").Select(o => "• " + o)));
        if (content.Length == 0) parts.AddRange(media.Select(m => Word(m, "description")).OfType<string>());
        return string.Join("\n\n", parts.Where(p => p.Length > 0));
    }

    private static IEnumerable<string> Each(JsonObject of, string list, string name) => (of[list] as JsonArray ?? []).OfType<JsonObject>().Select(item => Word(item, name)).OfType<string>();

    // A visibility that came later than this code is treated as the narrowest.
    private static MastodonVisibility VisibilityOf(string? word) => word switch { "public" or null => MastodonVisibility.Public, "unlisted" => MastodonVisibility.Unlisted, "private" => MastodonVisibility.Private, _ => MastodonVisibility.Direct };
}

/// <summary>Something that happened to the account (docs.joinmastodon.org/entities/Notification).</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="Type">"mention", "reblog", "favourite" ...</param>
/// <param name="Status">What it is about; null for a follow.</param>
public sealed record MastodonNotification(string Id, string Type, MastodonStatus? Status);

/// <summary>One item of a list with the id by which its list is paged (a notification's is not its status's).</summary>
/// <param name="Id">Of the list.</param>
/// <param name="Status">Null for an item that could not be read, or is not asked for.</param>
/// <param name="IsUnreadable">True when it could not be read.</param>
public sealed record MastodonItem(string Id, MastodonStatus? Status, bool IsUnreadable = false);

/// <summary>A page of a list, the newest first.</summary>
/// <param name="Items">In the instance's order.</param>
/// <param name="IsPaged">True when the instance pages as documented.</param>
public sealed record MastodonPage(IReadOnlyList<MastodonItem> Items, bool IsPaged);
