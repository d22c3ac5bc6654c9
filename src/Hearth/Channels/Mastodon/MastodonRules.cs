using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Hearth.Platform;

namespace Hearth.Channels.Mastodon;

/// <summary>What instances take (docs.joinmastodon.org/entities/Instance), asked of each at most once in an hour.</summary>
public sealed class MastodonRules(MastodonClient client, MastodonApi api, TimeProvider clock)
{
    private const int UsualImage = 16 << 20;
    private const int UsualAlt = 1500;
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);
    private static readonly string[] Types = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    private readonly ConcurrentDictionary<ChannelAccountId, (NetworkRules Rules, DateTimeOffset At)> _known = new();

    /// <summary>What Mastodon takes where an instance does not say.</summary>
    internal static NetworkRules Usual { get; } = new(MastodonText.UsualLength, "graphemes", null, MastodonText.UsualLink, 4, UsualImage, Types, UsualAlt);

    /// <summary>The rules of the account's instance; the usual ones while it cannot be asked.</summary>
    internal async Task<NetworkRules> Of(ChannelAccountId account, CancellationToken ct)
    {
        if (_known.TryGetValue(account, out var known) && clock.GetUtcNow() - known.At < GoodFor) return known.Rules;
        try
        {
            var instance = await Ask(account, "/api/v2/instance", ct);
            if (instance?["configuration"]?["statuses"] is null) instance = await Ask(account, "/api/v1/instance", ct) ?? instance;
            var rules = Read(instance);
            _known[account] = (rules, clock.GetUtcNow());
            return rules;
        }
        catch (Exception e) when (e is HttpRequestException or ChannelRefusedException or LaterException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return known.Rules ?? Usual; // a page that is being written on must not fail because an instance is slow; sending asks again
        }
    }

    internal static NetworkRules Read(JsonNode? instance)
    {
        var (statuses, media) = (instance?["configuration"]?["statuses"], instance?["configuration"]?["media_attachments"]);
        var types = (media?["supported_mime_types"] as JsonArray ?? []).Select(t => t is JsonValue v && v.TryGetValue(out string? type) ? type : null).OfType<string>().Intersect(Types, StringComparer.Ordinal).ToArray();
        return new(Number(statuses, "max_characters") ?? Number(instance, "max_toot_chars") ?? Usual.MaxLength, Usual.Unit, null, Number(statuses, "characters_reserved_per_url") ?? Usual.LinkLength,
            Number(statuses, "max_media_attachments") ?? Usual.MaxImages, Number(media, "image_size_limit") ?? UsualImage, types.Length > 0 ? types : Types, Number(media, "description_limit") ?? UsualAlt);
    }

    private async Task<JsonNode?> Ask(ChannelAccountId account, string path, CancellationToken ct) =>
        (await MastodonClient.Known(() => client.Call(account, s => api.Get(s.Service, path, s.Token, [], ct), ct)))?.Body;

    private static int? Number(JsonNode? of, string name) => of is JsonObject o && o[name] is JsonValue v && v.TryGetValue(out int number) && number > 0 ? number : null;
}
