using System.Text.Json.Nodes;

namespace Hearth.Channels.Bluesky;

/// <summary>Bluesky as a network to speak on. A message is one record under a key that we chose, so that putting it twice leaves one.</summary>
public sealed class BlueskyNetwork(BlueskyClient client) : IOutgoingNetwork
{
    /// <summary>The largest picture a link card takes, in bytes (app.bsky.embed.external).</summary>
    public const int MaxThumb = 1_000_000;

    public string Name => Networks.Bluesky;

    public TextLength Measure(string text) => RichText.Measure(text);

    public string NewKey(DateTimeOffset now) => Tid.New(now);

    public async Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct)
    {
        var record = new JsonObject { ["$type"] = BlueskyAddress.Posts, ["text"] = message.Text, ["createdAt"] = BlueskyClient.Stamp(message.At) };
        if (await Facets(account, message.Text, ct) is { Count: > 0 } facets) record["facets"] = facets;
        if (message.Reply is { } reply) record["reply"] = await Reply(account, reply, ct);
        if (message.Card is { } card) record["embed"] = await Card(account, card, ct);
        return record.ToJsonString();
    }

    public async Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct) =>
        At(await client.Put(account, BlueskyAddress.Posts, key, JsonNode.Parse(prepared)!, ct), key, (await client.Me(account, ct)).Handle);

    public async Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct) =>
        await client.Get(account, BlueskyAddress.Posts, key, ct) is { } found ? At(found.Ref, key, (await client.Me(account, ct)).Handle) : null;

    public Task Remove(ChannelAccountId account, string key, CancellationToken ct) => client.Delete(account, BlueskyAddress.Posts, key, ct);

    private static Placed At(PostRef at, string key, string handle) => new(at.Uri, at.Cid, BlueskyAddress.Web(handle, key));

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
