using System.Text.Json.Nodes;

namespace Hearth.Channels.Bluesky;

/// <summary>Bluesky as a network to speak on. A message is one record under a key that we chose, so that putting it twice leaves one.</summary>
public sealed class BlueskyNetwork(BlueskyClient client) : IOutgoingNetwork
{
    /// <summary>The largest picture a link card takes, in bytes (app.bsky.embed.external).</summary>
    public const int MaxThumb = 1_000_000;

    public string Name => Networks.Bluesky;

    public bool Edits => true;

    // docs.bsky.app/docs/advanced-guides/rate-limits: writes of one account.
    public PointBudget? Budget { get; } = new(PerHour: 5000, PerDay: 35_000, Create: 3, Update: 2, Delete: 1);

    /// <summary>The most pictures of a post, and the largest (app.bsky.embed.images).</summary>
    public const int MaxImages = 4;

    /// <inheritdoc cref="MaxImages"/>
    public const int MaxImage = 2_000_000;

    private static readonly NetworkRules TheRules = new(RichText.MaxGraphemes, "graphemes", RichText.MaxBytes, null, MaxImages, MaxImage, ["image/jpeg", "image/png", "image/webp", "image/gif"], 2000);

    public TextLength Measure(string text) => RichText.Measure(text);

    public Task<NetworkRules> Rules(ChannelAccountId account, CancellationToken ct) => Task.FromResult(TheRules);

    public IReadOnlyList<TextMark> Marks(string text) => [.. RichText.Facets(text).Select(f => Mark(text, f))];

    public string NewKey(DateTimeOffset now) => Tid.New(now);

    public async Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct)
    {
        var record = new JsonObject { ["$type"] = BlueskyAddress.Posts, ["text"] = message.Text, ["createdAt"] = BlueskyClient.Stamp(message.At) };
        if (await Facets(account, message.Text, ct) is { Count: > 0 } facets) record["facets"] = facets;
        if (message.Reply is { } reply) record["reply"] = await Reply(account, reply, ct);
        if (message.Language is { } language) record["langs"] = new JsonArray(language);
        if (message.Images.Count > 0) record["embed"] = await Images(account, message.Images, ct);
        else if (message.Card is { } card) record["embed"] = await Card(account, card, ct);
        return record.ToJsonString();
    }

    public async Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        var record = JsonNode.Parse(prepared)!;
        return At(await client.Put(account, BlueskyAddress.Posts, key, record, ct), record, key, (await client.Me(account, ct)).Handle);
    }

    public Task<Placed> Edit(ChannelAccountId account, string key, string prepared, CancellationToken ct) => Place(account, key, prepared, ct); // a record put again is replaced

    public async Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct) =>
        await client.Get(account, BlueskyAddress.Posts, key, ct) is { } found ? At(found.Ref, found.Value, key, (await client.Me(account, ct)).Handle) : null;

    public Task Remove(ChannelAccountId account, string key, CancellationToken ct) => client.Delete(account, BlueskyAddress.Posts, key, ct);

    public async Task<IReadOnlyDictionary<string, Receipts>> Receipts(ChannelAccountId account, IReadOnlyCollection<string> externalIds, CancellationToken ct) =>
        (await client.Posts(account, externalIds, ct)).ToDictionary(p => p.Ref.Uri, p => new Receipts(p.Likes, p.Reposts, p.Replies), StringComparer.Ordinal);

    private static Placed At(PostRef at, JsonNode record, string key, string handle) => new(at.Uri, at.Cid, BlueskyAddress.Web(handle, key))
    {
        Root = record["reply"]?["root"] is JsonObject root && root.Text("uri") is { } uri ? new(uri, root.Text("cid")) : at,
    };

    private async Task<JsonArray> Facets(ChannelAccountId account, string text, CancellationToken ct)
    {
        var marked = new JsonArray();
        foreach (var facet in RichText.Facets(text))
        {
            var feature = facet.Kind switch
            {
                FacetKind.Link => new JsonObject { ["$type"] = "app.bsky.richtext.facet#link", ["uri"] = facet.Value },
                FacetKind.Tag => new JsonObject { ["$type"] = "app.bsky.richtext.facet#tag", ["tag"] = facet.Value },
                _ => await client.Resolve(account, facet.Value, ct) is { } did ? new JsonObject { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = did } : null,
            };
            if (feature is null) continue; // nobody has that handle: it stays plain text
            marked.Add(new JsonObject
            {
                ["index"] = new JsonObject { ["byteStart"] = facet.ByteStart, ["byteEnd"] = facet.ByteEnd },
                ["features"] = new JsonArray(feature),
            });
        }

        return marked;
    }

    // A reply names parent and root by address and hash. What we do not know of them, the network does.
    private async Task<JsonObject> Reply(ChannelAccountId account, ReplyRefs reply, CancellationToken ct)
    {
        var (parent, root) = (reply.Parent, reply.Root);
        if (parent.Cid is null || root is null)
        {
            var post = await client.Post(account, parent.Uri, ct) ?? throw new ChannelRefusedException("The post that this answers is no longer there.");
            parent = post.Ref;
            root ??= post.Reply?.Root ?? post.Ref;
        }

        if (root.Cid is null)
        {
            root = root.Uri == parent.Uri ? parent
                : (await client.Post(account, root.Uri, ct))?.Ref ?? throw new ChannelRefusedException("The post that began this thread is no longer there.");
        }

        return new JsonObject { ["root"] = Ref(root), ["parent"] = Ref(parent) };
    }

    private static JsonObject Ref(PostRef post) => new() { ["uri"] = post.Uri, ["cid"] = post.Cid };

    private async Task<JsonObject> Images(ChannelAccountId account, IReadOnlyList<OutgoingImage> images, CancellationToken ct)
    {
        var shown = new JsonArray();
        foreach (var image in images)
        {
            if (image.Bytes.Length > MaxImage) throw new ChannelRefusedException($"A picture has {image.Bytes.Length} bytes; Bluesky takes {MaxImage}.");
            var one = new JsonObject { ["alt"] = image.Alt, ["image"] = await client.Upload(account, image.Bytes, image.MediaType, ct) };
            if (image is { Width: > 0, Height: > 0 }) one["aspectRatio"] = new JsonObject { ["width"] = image.Width, ["height"] = image.Height };
            shown.Add(one);
        }

        return new JsonObject { ["$type"] = "app.bsky.embed.images", ["images"] = shown };
    }

    // Facets count bytes of UTF-8, pages count characters.
    private static TextMark Mark(string text, Facet facet)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        var start = System.Text.Encoding.UTF8.GetCharCount(utf8, 0, facet.ByteStart);
        var kind = facet.Kind switch { FacetKind.Link => MarkKind.Link, FacetKind.Mention => MarkKind.Handle, _ => MarkKind.Tag };
        return new(start, System.Text.Encoding.UTF8.GetCharCount(utf8, facet.ByteStart, facet.ByteEnd - facet.ByteStart), kind, facet.Value);
    }

    private async Task<JsonObject> Card(ChannelAccountId account, LinkCard card, CancellationToken ct)
    {
        var external = new JsonObject { ["uri"] = card.Url, ["title"] = card.Title, ["description"] = card.Description };
        if (card.Image is { } image)
        {
            if (image.Bytes.Length > MaxThumb) throw new ChannelRefusedException($"The card's picture has {image.Bytes.Length} bytes; Bluesky takes {MaxThumb}.");
            external["thumb"] = await client.Upload(account, image.Bytes, image.MediaType, ct);
        }

        return new JsonObject { ["$type"] = "app.bsky.embed.external", ["external"] = external };
    }
}
