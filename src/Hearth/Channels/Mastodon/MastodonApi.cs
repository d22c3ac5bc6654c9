using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Hearth.Platform.Http;

namespace Hearth.Channels.Mastodon;

/// <summary>The instance answered with an error; its body says why to a person (docs.joinmastodon.org/entities/Error).</summary>
internal sealed class MastodonException(string what, HttpStatusCode status, string? said) : Exception($"{what} answered {(int)status}: {said ?? status.ToString()}")
{
    public HttpStatusCode Status { get; } = status;

    public string Said => said ?? Status.ToString();

    /// <summary>The token is not, or no longer, accepted. snac2 answers 422 where there is no user behind a token.</summary>
    public bool IsAuthentication => Status is HttpStatusCode.Unauthorized;

    /// <summary>The token is good, but not for this (docs.joinmastodon.org/api/oauth-scopes).</summary>
    public bool IsOutOfScope => Status is HttpStatusCode.Forbidden && said?.Contains("scope", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The same request may be taken later.</summary>
    public bool IsPassing => (int)Status >= 500 || Status is HttpStatusCode.RequestTimeout;

    /// <summary>The instance has no such thing: a status that is gone, or a call it does not know.</summary>
    public bool IsMissing => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}

/// <summary>What a call brought.</summary>
/// <param name="Body">The JSON.</param>
/// <param name="IsPaged">True when the instance told the pages before and after in a Link header: its <c>min_id</c> then means what the documentation says.</param>
/// <param name="Status">200, or 202 and 206 while the instance still works on it.</param>
internal sealed record MastodonAnswer(JsonNode Body, bool IsPaged, HttpStatusCode Status = HttpStatusCode.OK);

/// <summary>Calls the client API of one instance (docs.joinmastodon.org/methods). Knows no account.</summary>
public sealed class MastodonApi(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>How long to wait when a limit is met and the instance does not say; its window is five minutes (docs.joinmastodon.org/api/rate-limits).</summary>
    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(5);

    internal Task<MastodonAnswer> Get(string service, string path, string? token, (string Name, string? Value)[] query, CancellationToken ct) =>
        Twice(() => new HttpRequestMessage(HttpMethod.Get, Address(service, path, query)), path, token, ct);

    internal Task<MastodonAnswer> Post(string service, string path, (string Name, string? Value)[] form, CancellationToken ct) => Twice(() => new HttpRequestMessage(HttpMethod.Post, service + path)
    {
        Content = Form(form),
    }, path, null, ct);

    /// <summary>Changes something. Sent once: who lost the answer must ask before sending again.</summary>
    /// <param name="service">The instance.</param>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">From /api on.</param>
    /// <param name="token">Whose.</param>
    /// <param name="content">The form; null without one. Disposed here.</param>
    /// <param name="key">The Idempotency-Key (docs.joinmastodon.org/methods/statuses/#create); null without one.</param>
    /// <param name="ct">Cancels.</param>
    internal Task<MastodonAnswer> Write(string service, HttpMethod method, string path, string token, HttpContent? content, string? key, CancellationToken ct)
    {
        var request = new HttpRequestMessage(method, service + path) { Content = content };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return Send(request, path, token, ct);
    }

    internal static HttpContent Form(IEnumerable<(string Name, string? Value)> form) =>
        new FormUrlEncodedContent(form.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));

    /// <summary>Opens an address whose answer is read as it comes; the caller disposes it.</summary>
    /// <exception cref="MastodonException">The instance refuses.</exception>
    internal async Task<HttpResponseMessage> Open(string address, string token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = await clients.Outside().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "text/event-stream") return answer;
        using (answer)
        {
            Later(answer, "streaming");
            throw new MastodonException("streaming", answer.IsSuccessStatusCode ? HttpStatusCode.NotFound : answer.StatusCode, "no stream of events");
        }
    }

    internal static string Address(string service, string path, (string Name, string? Value)[] query)
    {
        var pairs = query.Where(q => q.Value is not null).Select(q => q.Name + "=" + Uri.EscapeDataString(q.Value!));
        return $"{service}{path}?{string.Join('&', pairs)}".TrimEnd('?');
    }

    // A server may close a connection without a word when we are about to use it again (snac2 always does): then once more, on a new one.
    private async Task<MastodonAnswer> Twice(Func<HttpRequestMessage> request, string what, string? token, CancellationToken ct)
    {
        try
        {
            return await Send(request(), what, token, ct);
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            return await Send(request(), what, token, ct);
        }
    }

    private async Task<MastodonAnswer> Send(HttpRequestMessage request, string what, string? token, CancellationToken ct)
    {
        using var _ = request;
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await clients.Outside().SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var body = Parse(text);
        if (response.IsSuccessStatusCode) return body is null ? throw new MastodonException(what, HttpStatusCode.BadGateway, "the answer was not JSON") : new(body, response.Headers.Contains("Link"), response.StatusCode);
        Later(response, what);
        throw new MastodonException(what, response.StatusCode, Text(body, "error_description") ?? Text(body, "error"));
    }

    private void Later(HttpResponseMessage response, string what)
    {
        var now = clock.Now();
        if (response.StatusCode == HttpStatusCode.TooManyRequests) throw new LaterException(response.RetryAt(now) ?? Reset(response, now) ?? now + UnknownPause, $"{what}: the instance's rate limit is met");
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.RetryAt(now) is { } at) throw new LaterException(at, $"{what}: the instance is not available");
    }

    // X-RateLimit-Reset is an ISO 8601 instant on Mastodon; Unix seconds on some of its kin.
    private static DateTimeOffset? Reset(HttpResponseMessage response, DateTimeOffset now)
    {
        if (!response.Headers.TryGetValues("X-RateLimit-Reset", out var values)) return null;
        var text = values.First();
        DateTimeOffset at;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000) at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)) return null;
        return at < now ? now : at > now.AddDays(1) ? now.AddDays(1) : at;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // something before the instance answered, in HTML; its status says enough
        }
    }

    private static string? Text(JsonNode? answer, string name) => answer is JsonObject o && o[name] is JsonValue v && v.TryGetValue(out string? text) ? text : null;
}
