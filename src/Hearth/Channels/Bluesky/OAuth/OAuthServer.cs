using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Hearth.Platform.Http;

namespace Hearth.Channels.Bluesky.OAuth;

/// <summary>A server said no to a step of a sign-in.</summary>
internal sealed class OAuthException(string? error, string said) : Exception(said)
{
    /// <summary>"invalid_grant" ...; null when the answer was not from such a server.</summary>
    public string? Error { get; } = error;
}

/// <summary>Where a server does the steps of a sign-in (RFC 8414).</summary>
/// <param name="Issuer">Its name for itself.</param>
/// <param name="Authorize">Where a person agrees.</param>
/// <param name="Token">Where codes and refresh tokens are exchanged.</param>
/// <param name="Push">Where a request is announced (RFC 9126).</param>
/// <param name="Revoke">Where a token is given back; null when it has no such place.</param>
internal sealed record OAuthPlaces(string Issuer, string Authorize, string Token, string Push, string? Revoke);

/// <summary>Speaks OAuth with servers of the AT Protocol (atproto.com/specs/oauth).</summary>
internal sealed class OAuthServer(IHttpClientFactory clients, ServiceAddress addresses, Dpop dpop, TimeProvider clock)
{
    /// <summary>The authorization server of a host of accounts.</summary>
    /// <exception cref="HttpRequestException">It could not be asked, or does not do this.</exception>
    public async Task<OAuthPlaces> Of(string host, CancellationToken ct)
    {
        // A host names the server that signs its people in; the server that many hosts share names nobody, being that server itself.
        var named = await Json(host + "/.well-known/oauth-protected-resource", ct) is { } resource ? (resource["authorization_servers"] as JsonArray)?.FirstOrDefault()?.GetValue<string>() : host;
        if (named is null || addresses.Check(named, out var issuer) is not null) throw new HttpRequestException($"{host} names no server that signs its people in.");
        if (await Json(issuer + "/.well-known/oauth-authorization-server", ct) is not { } about) throw new HttpRequestException($"{issuer} signs nobody in by OAuth.");
        if (about.Text("issuer")?.TrimEnd('/') != issuer) throw new HttpRequestException($"{issuer} calls itself something else.");
        if (about.Text("authorization_endpoint") is not { } authorize || about.Text("token_endpoint") is not { } token || about.Text("pushed_authorization_request_endpoint") is not { } push) throw new HttpRequestException($"{issuer} lacks a step of the sign-in.");
        return new(about.Text("issuer")!, authorize, token, push, about.Text("revocation_endpoint"));
    }

    /// <summary>Sends a form with a proof of the key.</summary>
    /// <exception cref="OAuthException">The server refused.</exception>
    /// <exception cref="HttpRequestException">It is not well.</exception>
    /// <exception cref="LaterException">A limit is met.</exception>
    public async Task<JsonObject> Post(string address, string key, IEnumerable<(string Name, string Value)> form, CancellationToken ct)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        var to = new Uri(address);
        for (var again = false; ; again = true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new FormUrlEncodedContent(fields) };
            request.Headers.Add("DPoP", dpop.Proof(key, "POST", to, null));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var answer = await clients.Outside().SendAsync(request, ct);
            var fresh = dpop.Learn(to, answer);
            var said = Parse(await answer.Content.ReadAsStringAsync(ct));
            if (answer.IsSuccessStatusCode) return said ?? throw new HttpRequestException($"{to.Authority} did not answer with JSON.");
            if (!again && fresh && said?.Text("error") == "use_dpop_nonce") continue;
            var now = clock.Now();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) throw new LaterException(answer.RetryAt(now) ?? now.AddMinutes(1), $"{to.Authority}: the network's rate limit is met");
            if ((int)answer.StatusCode >= 500) throw new HttpRequestException($"{to.Authority} answered {(int)answer.StatusCode}", null, answer.StatusCode);
            throw new OAuthException(said?.Text("error"), said?.Text("error_description") ?? said?.Text("error") ?? $"{to.Authority} answered {(int)answer.StatusCode}");
        }
    }

    private async Task<JsonObject?> Json(string address, CancellationToken ct)
    {
        using var answer = await clients.OutsideUnfollowed().GetAsync(new Uri(address), ct); // a document of this kind does not stand elsewhere
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{address} answered {(int)answer.StatusCode}", null, answer.StatusCode);
        return Parse(await answer.Content.ReadAsStringAsync(ct)) ?? throw new HttpRequestException($"{address} is not JSON.");
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
