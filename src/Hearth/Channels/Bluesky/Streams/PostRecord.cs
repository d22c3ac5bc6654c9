using System.Globalization;
using System.Text.Json;

namespace Hearth.Channels.Bluesky;

/// <summary>
/// Reads a record of <c>app.bsky.feed.post</c> from its JSON without building a document. Knows the lexicon's facets and embeds; what it does not know it passes over.
/// </summary>
internal static class PostRecord
{
    private const int MaxText = 100_000;

    /// <summary>Reads the record.</summary>
    /// <param name="json">The record alone, UTF-8.</param>
    /// <param name="did">Whose repository it stands in.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="cid">Its hash; null when the stream does not say.</param>
    /// <param name="seenAt">When the stream saw it.</param>
    /// <param name="isUpdate">True when it replaces an earlier form.</param>
    /// <returns>Null when it is no post: no text, or one beyond all bounds.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A value has the wrong type, or a text holds half a surrogate pair.</exception>
    public static StreamedPost? Read(ReadOnlySpan<byte> json, string did, string key, string? cid, DateTimeOffset seenAt, bool isUpdate)
    {
        string? text = null, created = null, language = null;
        ReplyRefs? reply = null;
        var found = new Found();
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("text"u8)) text = String(ref reader);
            else if (reader.ValueTextEquals("createdAt"u8)) created = String(ref reader);
            else if (reader.ValueTextEquals("langs"u8)) language = First(ref reader);
            else if (reader.ValueTextEquals("reply"u8)) reply = Reply(ref reader);
            else if (reader.ValueTextEquals("facets"u8)) Facets(ref reader, found);
            else if (reader.ValueTextEquals("embed"u8)) Embed(ref reader, found);
            else reader.Skip();
        }

        if (text is null || text.Length > MaxText) return null;
        if (reply is not null) found.SpeaksTo(reply.Parent.Uri);
        if (reply?.Root is { } root) found.SpeaksTo(root.Uri);
        var at = DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var said)
            && said <= seenAt && said >= DateTimeOffset.UnixEpoch ? said : seenAt; // an author's clock may say anything
        return new(new(BlueskyAddress.Of(did, key), cid), did, text, at, seenAt, isUpdate)
        {
            Language = language, Reply = reply, SpeaksTo = found.Dids, Links = found.Links, HasImage = found.HasImage, HasVideo = found.HasVideo, Carries = found.Media(),
        };
    }

    private sealed class Found
    {
        public List<string> Dids { get; } = [];

        public List<string> Links { get; } = [];

        public bool HasImage { get; set; }

        public bool HasVideo { get; set; }

        public List<string?> ImageAlts { get; } = [];

        public string? VideoAlt { get; set; }

        public IReadOnlyList<CarriedMedia> Media() =>
            [.. ImageAlts.Take(CarriedMedia.Most).Select(alt => CarriedMedia.Of("image", alt, null)), .. HasVideo ? [CarriedMedia.Of("video", VideoAlt, null)] : Array.Empty<CarriedMedia>()];

        public void SpeaksToDid(string did)
        {
            if (Dids.Count < 50 && !Dids.Contains(did)) Dids.Add(did);
        }

        // at://did:plc:abc/app.bsky.feed.post/key
        public void SpeaksTo(string uri)
        {
            var parts = uri.Split('/');
            if (parts.Length >= 3 && parts[2].StartsWith("did:", StringComparison.Ordinal)) SpeaksToDid(parts[2]);
        }

        public void Link(string? uri)
        {
            if (uri is { Length: > 0 and <= 2_000 } && Links.Count < 20 && !Links.Contains(uri)) Links.Add(uri);
        }
    }

    // To the next name of the object that is being read; false at its end, which is then passed.
    private static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType what)
    {
        reader.Read();
        if (reader.TokenType == what) return true;
        reader.Skip();
        return false;
    }

    private static string? String(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static string? First(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray)) return null;
        string? first = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) first ??= reader.GetString();
            else reader.Skip();
        }

        return first is { Length: <= 35 } ? first : null;
    }

    private static ReplyRefs? Reply(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject)) return null;
        PostRef? parent = null, root = null;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("parent"u8)) parent = Strong(ref reader);
            else if (reader.ValueTextEquals("root"u8)) root = Strong(ref reader);
            else reader.Skip();
        }

        return parent is null ? null : new(parent, root);
    }

    private static PostRef? Strong(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject)) return null;
        string? uri = null, cid = null;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("uri"u8)) uri = String(ref reader);
            else if (reader.ValueTextEquals("cid"u8)) cid = String(ref reader);
            else reader.Skip();
        }

        return uri is { Length: > 0 and <= 512 } ? new(uri, cid) : null;
    }

    private static void Facets(ref Utf8JsonReader reader, Found found)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray)) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (Next(ref reader))
            {
                if (!reader.ValueTextEquals("features"u8) || !Enter(ref reader, JsonTokenType.StartArray))
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Feature(ref reader, found);
            }
        }
    }

    // #link has a uri, #mention a did, #tag neither.
    private static void Feature(ref Utf8JsonReader reader, Found found)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("uri"u8)) found.Link(String(ref reader));
            else if (reader.ValueTextEquals("did"u8) && String(ref reader) is { Length: <= 512 } did) found.SpeaksToDid(did);
            else reader.Skip();
        }
    }

    // images, video, external (a card), record (a quote), recordWithMedia (a quote with one of the others)
    private static void Embed(ref Utf8JsonReader reader, Found found)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject)) return;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("images"u8))
            {
                found.HasImage = true;
                Images(ref reader, found);
            }
            else if (reader.ValueTextEquals("alt"u8)) found.VideoAlt = String(ref reader);
            else if (reader.ValueTextEquals("video"u8))
            {
                found.HasVideo = true;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("external"u8)) External(ref reader, found);
            else if (reader.ValueTextEquals("media"u8)) Embed(ref reader, found);
            else if (reader.ValueTextEquals("record"u8)) Quote(ref reader, found);
            else reader.Skip();
        }
    }

    // [{ image, alt, aspectRatio }, ...]
    private static void Images(ref Utf8JsonReader reader, Found found)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray)) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            string? alt = null;
            while (Next(ref reader))
            {
                if (reader.ValueTextEquals("alt"u8)) alt = String(ref reader);
                else reader.Skip();
            }

            found.ImageAlts.Add(alt);
        }
    }

    private static void External(ref Utf8JsonReader reader, Found found)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject)) return;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("uri"u8)) found.Link(String(ref reader));
            else reader.Skip();
        }
    }

    // The reference stands here, or one level deeper when media comes with it.
    private static void Quote(ref Utf8JsonReader reader, Found found)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject)) return;
        while (Next(ref reader))
        {
            if (reader.ValueTextEquals("uri"u8) && String(ref reader) is { } uri) found.SpeaksTo(uri);
            else if (reader.ValueTextEquals("record"u8)) Quote(ref reader, found);
            else reader.Skip();
        }
    }
}
