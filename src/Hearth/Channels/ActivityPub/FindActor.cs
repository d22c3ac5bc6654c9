using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Channels.ActivityPub;

/// <summary>Finds who a handle is by WebFinger (RFC 7033).</summary>
internal sealed class FindActor(IHttpClientFactory clients, RemoteActors others, ActivityPubClient client, IOptions<SafeHttpOptions> options)
{
    /// <summary>Who a handle is; null when nobody is, or its server cannot be asked.</summary>
    /// <param name="asks">As whom to ask.</param>
    /// <param name="handle">"@ada@example.org".</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<NamedActor?> ByHandle(OwnActor asks, string handle, CancellationToken ct)
    {
        if (handle.TrimStart('@').Split('@') is not [var user, var host]) return null;
        try
        {
            var scheme = options.Value.AllowPrivate.Contains(host) ? "http" : "https"; // a private server that the operator allowed has no certificate
            var asked = client.Reachable($"{scheme}://{host}/.well-known/webfinger?resource={Uri.EscapeDataString($"acct:{user}@{host}")}");
            using var answer = await clients.Outside().GetAsync(asked, ct);
            if (!answer.IsSuccessStatusCode || ActivityJson.Parse(await answer.Content.ReadAsByteArrayAsync(ct)) is not { } found) return null;
            var self = ActivityJson.All(found, "links").FirstOrDefault(l => ActivityJson.Text(l, "rel") == "self" && ActivityJson.Text(l, "type") is { } type
                && (type == ActivityJson.Type || type.StartsWith("application/ld+json", StringComparison.Ordinal)));
            return ActivityJson.Text(self, "href") is { } id ? NamedActor.Of(await others.Find(asks, id, ct)) : null;
        }
        catch (Exception e) when (e is HttpRequestException or ActivityPubException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
