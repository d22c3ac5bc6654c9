using System.Text.Json.Nodes;

namespace Hearth.Channels.ActivityPub;

/// <summary>An actor of ours and its addresses.</summary>
/// <param name="Account">The account that it is.</param>
/// <param name="Name">The part before the @.</param>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Summary">What it says of itself.</param>
/// <param name="PublicKey">PEM.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="Page">The path of the page that it stands for; null for the whole site.</param>
/// <param name="Icon">The path of its picture, a PNG; null for none.</param>
internal sealed record OwnActor(ChannelAccountId Account, string Name, string Origin, string Title, string? Summary, string PublicKey, DateTimeOffset CreatedAt, string? Page = null, string? Icon = null)
{
    public const string Path = "/ap/actors/";

    public string Id => Origin + Path + Name;

    public string KeyId => Id + "#main-key";

    public string Inbox => Id + "/inbox";

    public string SharedInbox => Origin + "/ap/inbox";

    public string Outbox => Id + "/outbox";

    public string Followers => Id + "/followers";

    public string Following => Id + "/following";

    /// <summary>Without the leading @.</summary>
    public string Handle => $"{Name}@{new Uri(Origin).Authority}";

    public string Note(string key) => $"{Id}/notes/{key}";

    /// <summary>The key of a note of this actor; null when the address is none of its notes.</summary>
    public string? KeyOf(string? id) => id is not null && id.StartsWith(Id + "/notes/", StringComparison.Ordinal) && id[(Id.Length + "/notes/".Length)..] is { Length: > 0 and <= 64 } key && key.All(char.IsAsciiLetterOrDigit) ? key : null;

    /// <summary>The page that people see of it.</summary>
    public string Url => Origin + Page;

    /// <summary>The actor as others read it.</summary>
    public JsonObject Document()
    {
        var document = Plain();
        if (Icon is not null) document["icon"] = new JsonObject { ["type"] = "Image", ["mediaType"] = "image/png", ["url"] = Origin + Icon };
        if (Page is not null) document["attachment"] = new JsonArray(new JsonObject { ["type"] = "PropertyValue", ["name"] = "Site", ["value"] = $"<a href=\"{Url}\" rel=\"me\">{Url}</a>" });
        return document;
    }

    private JsonObject Plain() => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", new JsonObject { ["toot"] = "http://joinmastodon.org/ns#", ["discoverable"] = "toot:discoverable", ["manuallyApprovesFollowers"] = "as:manuallyApprovesFollowers" }),
        ["id"] = Id, ["type"] = "Organization", ["preferredUsername"] = Name, ["name"] = Title, ["summary"] = Summary is null ? "" : NoteHtml.Paragraphs(Summary), ["url"] = Url,
        ["inbox"] = Inbox, ["outbox"] = Outbox, ["followers"] = Followers, ["following"] = Following, ["manuallyApprovesFollowers"] = false, ["discoverable"] = true,
        ["published"] = ActivityJson.Stamp(CreatedAt), ["endpoints"] = new JsonObject { ["sharedInbox"] = SharedInbox },
        ["publicKey"] = new JsonObject { ["id"] = KeyId, ["owner"] = Id, ["publicKeyPem"] = PublicKey },
    };
}
