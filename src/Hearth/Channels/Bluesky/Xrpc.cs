using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Channels.Bluesky.OAuth;
using Hearth.Platform;
using Hearth.Platform.Http;

namespace Hearth.Channels.Bluesky;

/// <summary>The server answered with an error (atproto.com/specs/xrpc): a name for programs and a sentence for people.</summary>
internal sealed class XrpcException(string nsid, HttpStatusCode status, string? error, string? message)
    : Exception($"{nsid} answered {(int)status} {error}: {message ?? status.ToString()}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>"ExpiredToken", "InvalidRequest", "RecordNotFound" ...; null when the answer was not from an XRPC server.</summary>
    public string? Error { get; } = error;

    /// <summary>What the server said, for a person.</summary>
    public string Said => message ?? Error ?? Status.ToString();

    public bool IsExpired => Error == "ExpiredToken";

    /// <summary>The account or its password is not accepted: a person must sign it in again.</summary>
    public bool IsAuthentication => Status == HttpStatusCode.Unauthorized && !IsExpired
        || Error is "AccountTakedown" or "AccountDeactivated" or "AccountSuspended" or "InvalidToken" or "AuthMissing" or "AuthFactorTokenRequired";

    /// <summary>The same request may be taken later: the server or something before it is not well.</summary>
    public bool IsPassing => (int)Status >= 500 || Status is HttpStatusCode.RequestTimeout || Error is "UpstreamFailure" or "UpstreamTimeout";
}

/// <summary>What a call is made with.</summary>
/// <param name="Value">The token.</param>
/// <param name="Key">The private key that the token is bound to (RFC 9449), in PEM; null for a plain one.</param>
internal sealed record XrpcToken(string Value, string? Key = null)
{
    public static implicit operator XrpcToken(string token) => new(token);
}

/// <summary>Calls the methods of one server. Knows no account.</summary>
public sealed class Xrpc(IHttpClientFactory clients, Dpop dpop, TimeProvider clock)
{
    /// <summary>How long to wait when a limit is met and the server does not say.</summary>
    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(1);

    /// <summary>Asks.</summary>
    /// <param name="service">The server's address, without a path.</param>
    /// <param name="nsid">"com.atproto.repo.putRecord".</param>
    /// <param name="token">Null for a call that needs no session.</param>
    /// <param name="query">Parameters; null values are left out.</param>
    /// <param name="ct">Cancels.</param>
    internal Task<JsonNode> Get(string service, string nsid, XrpcToken? token, (string Name, string? Value)[] query, CancellationToken ct)
    {
        var pairs = query.Where(q => q.Value is not null).Select(q => q.Name + "=" + Uri.EscapeDataString(q.Value!));
        return Send(() => new HttpRequestMessage(HttpMethod.Get, $"{service}/xrpc/{nsid}?{string.Join('&', pairs)}".TrimEnd('?')), nsid, token, ct);
    }

    internal Task<JsonNode> Post(string service, string nsid, XrpcToken? token, JsonNode? body, CancellationToken ct) =>
        Send(() => new HttpRequestMessage(HttpMethod.Post, $"{service}/xrpc/{nsid}") { Content = body is null ? null : JsonContent.Create(body) }, nsid, token, ct);

    internal Task<JsonNode> Upload(string service, string nsid, XrpcToken? token, byte[] bytes, string mediaType, CancellationToken ct)
    {
        return Send(() =>
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new(mediaType);
            return new HttpRequestMessage(HttpMethod.Post, $"{service}/xrpc/{nsid}") { Content = content };
        }, nsid, token, ct);
    }

    private async Task<JsonNode> Send(Func<HttpRequestMessage> make, string nsid, XrpcToken? token, CancellationToken ct)
    {
        using var response = await Sent(make, token, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var answer = Parse(text);
        if (response.IsSuccessStatusCode)
        {
            return answer ?? (text.Length == 0 ? new JsonObject() : throw new XrpcException(nsid, HttpStatusCode.BadGateway, null, "the answer was not JSON"));
        }

        var now = clock.Now();
        if (response.StatusCode == HttpStatusCode.TooManyRequests) throw new LaterException(response.RetryAt(now) ?? Reset(response, now) ?? now + UnknownPause, $"{nsid}: the network's rate limit is met");
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.RetryAt(now) is { } at) throw new LaterException(at, $"{nsid}: the network is not available");
        throw new XrpcException(nsid, response.StatusCode, Text(answer, "error"), Text(answer, "message"));
    }

    // A server that has a nonce for us which we did not have refuses once, and is asked again with it.
    private async Task<HttpResponseMessage> Sent(Func<HttpRequestMessage> make, XrpcToken? token, CancellationToken ct)
    {
        for (var again = false; ; again = true)
        {
            using var request = make();
            if (token is { Key: { } key })
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", token.Value);
                request.Headers.Add("DPoP", dpop.Proof(key, request.Method.Method, request.RequestUri!, token.Value));
            }
            else if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            var response = await clients.Outside().SendAsync(request, ct);
            if (token?.Key is null || !dpop.Learn(request.RequestUri!, response) || again || response.StatusCode != HttpStatusCode.Unauthorized) return response;
            if (!response.Headers.WwwAuthenticate.ToString().Contains("use_dpop_nonce", StringComparison.Ordinal)) return response;
            response.Dispose();
        }
    }

    // ratelimit-reset is a Unix time in seconds (draft-polli-ratelimit-headers as the PDS writes it).
    private static DateTimeOffset? Reset(HttpResponseMessage response, DateTimeOffset now)
    {
        if (!response.Headers.TryGetValues("ratelimit-reset", out var values)) return null;
        if (!long.TryParse(values.First(), System.Globalization.CultureInfo.InvariantCulture, out var seconds)) return null;
        if (seconds < now.ToUnixTimeSeconds()) return now;
        return seconds > now.AddDays(1).ToUnixTimeSeconds() ? now.AddDays(1) : DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // something before the server answered, in HTML; its status says enough
        }
    }

    private static string? Text(JsonNode? answer, string name) => answer is JsonObject o && o[name] is JsonValue v && v.TryGetValue(out string? text) ? text : null;
}
