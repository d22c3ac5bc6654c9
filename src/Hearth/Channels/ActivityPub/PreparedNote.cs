using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;

namespace Hearth.Channels.ActivityPub;

/// <summary>A note as it will be sent, kept before the first try.</summary>
/// <param name="Html">Its content.</param>
/// <param name="Text">As its author wrote it.</param>
/// <param name="At">When it was written.</param>
/// <param name="InReplyTo">What it answers; null for a post of its own.</param>
/// <param name="Root">The first note of the thread that it answers in.</param>
/// <param name="IsPublic">False for an answer to what was written to few.</param>
/// <param name="Named">Those whom it names or answers: it goes to their inbox.</param>
/// <param name="Language">BCP 47; null when it is not known.</param>
/// <param name="Pictures">What it shows; null without any.</param>
internal sealed record PreparedNote(string Html, string Text, DateTimeOffset At, string? InReplyTo, string? Root, bool IsPublic, IReadOnlyList<NamedActor> Named, string? Language = null, IReadOnlyList<NotePicture>? Pictures = null)
{
    /// <summary>True when followers get it: what the brand says by itself, not each of its answers.</summary>
    public bool IsForFollowers => IsPublic && InReplyTo is null;

    public static PreparedNote Read(string json) => JsonSerializer.Deserialize<PreparedNote>(json, Json.Options)!;

    public string Write() => JsonSerializer.Serialize(this, Json.Options);

    public IEnumerable<string> To => IsPublic ? [ActivityJson.Public] : Named.Select(n => n.Id);

    public IEnumerable<string> Cc(OwnActor actor) => !IsPublic ? [] : [.. Named.Select(n => n.Id), .. IsForFollowers ? [actor.Followers] : Array.Empty<string>()];

    /// <summary>The note as others read it.</summary>
    public JsonObject Object(OwnActor actor, string key, DateTimeOffset? updated)
    {
        var note = new JsonObject
        {
            ["id"] = actor.Note(key), ["type"] = "Note", ["attributedTo"] = actor.Id, ["content"] = Html, ["published"] = ActivityJson.Stamp(At), ["url"] = actor.Origin + ReadSaid.Path + key,
            ["to"] = List(To), ["cc"] = List(Cc(actor)),
            ["tag"] = new JsonArray([.. Named.Select(n => (JsonNode)new JsonObject { ["type"] = "Mention", ["href"] = n.Id, ["name"] = n.Handle })]),
        };
        if (InReplyTo is not null) note["inReplyTo"] = InReplyTo;
        if (updated is { } at) note["updated"] = ActivityJson.Stamp(at);
        if (Pictures is { Count: > 0 } pictures) note["attachment"] = new JsonArray([.. pictures.Select(p => (JsonNode)Attachment(actor, p))]);
        if (Language is { } language) note["contentMap"] = new JsonObject { [language] = Html };
        return note;
    }

    /// <summary>The activity that brings it, or its new text.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="key">Of the note.</param>
    /// <param name="version">0 makes it; above that, the change of this number.</param>
    /// <param name="updated">When it was changed.</param>
    public JsonObject Activity(OwnActor actor, string key, int version, DateTimeOffset? updated) => Wrap(actor, version == 0 ? "Create" : "Update",
        actor.Note(key) + (version == 0 ? "/create" : $"/updates/{version}"), Object(actor, key, updated), updated ?? At);

    /// <summary>The activity that takes it away.</summary>
    public JsonObject Deletion(OwnActor actor, string key, DateTimeOffset at) =>
        Wrap(actor, "Delete", actor.Note(key) + "/delete", new JsonObject { ["id"] = actor.Note(key), ["type"] = "Tombstone", ["formerType"] = "Note", ["deleted"] = ActivityJson.Stamp(at) }, at);

    private JsonObject Wrap(OwnActor actor, string type, string id, JsonObject about, DateTimeOffset at) => new()
    {
        ["@context"] = "https://www.w3.org/ns/activitystreams", ["id"] = id, ["type"] = type, ["actor"] = actor.Id, ["published"] = ActivityJson.Stamp(at),
        ["to"] = List(To), ["cc"] = List(Cc(actor)), ["object"] = about,
    };

    private static JsonObject Attachment(OwnActor actor, NotePicture picture)
    {
        var document = new JsonObject { ["type"] = "Document", ["mediaType"] = picture.MediaType, ["url"] = actor.Origin + NotePictures.Path + picture.Hash, ["name"] = picture.Alt };
        if (picture is { Width: > 0, Height: > 0 }) (document["width"], document["height"]) = (picture.Width, picture.Height);
        return document;
    }

    private static JsonArray List(IEnumerable<string> ids) => new([.. ids.Select(i => (JsonNode)i)]);
}
