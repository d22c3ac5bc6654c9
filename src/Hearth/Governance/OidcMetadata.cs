using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Governance;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0), and the keys it signs with now.</summary>
internal sealed record OidcDescription(
    string Issuer, Uri Authorize, Uri Token, Uri? UserInfo, bool SecretInForm, bool NamesItselfOnReturn, IReadOnlyList<SecurityKey> Keys, DateTimeOffset At);

/// <summary>Keeps the descriptions of providers for an hour, and asks again at once when a token is signed with a key that is not known (keys are changed without notice).</summary>
public sealed class OidcMetadata(IHttpClientFactory http, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    // A token that names no real key must not make us ask the provider again and again.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, OidcDescription> _kept = new(StringComparer.Ordinal);

    /// <summary>Why the provider cannot be used; null when it can.</summary>
    internal async Task<string?> Try(string issuer, CancellationToken ct)
    {
        try
        {
            await Fetch(issuer, ct);
            return null;
        }
        catch (OidcException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="OidcException">It cannot be asked, or does not describe itself as the standard says.</exception>
    internal async Task<OidcDescription> Of(string issuer, CancellationToken ct) =>
        _kept.TryGetValue(issuer, out var kept) && clock.GetUtcNow() - kept.At < Fresh ? kept : await Fetch(issuer, ct);

    /// <summary>The same, asked again unless that was done a moment ago.</summary>
    internal async Task<OidcDescription> Renewed(string issuer, CancellationToken ct) =>
        _kept.TryGetValue(issuer, out var kept) && clock.GetUtcNow() - kept.At < Pause ? kept : await Fetch(issuer, ct);

    private async Task<OidcDescription> Fetch(string issuer, CancellationToken ct)
    {
        var about = await Get(new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), ct);
        if (Text(about, "issuer") is not { } named || named != issuer) throw new OidcException($"names itself {Text(about, "issuer") ?? "nothing"}: take that as the issuer (section 4.3)");
        var keys = await Get(Address(about, "jwks_uri", issuer) ?? throw new OidcException("tells no keys (jwks_uri)"), ct);
        var ways = about["token_endpoint_auth_methods_supported"] as JsonArray;
        var read = new OidcDescription(
            issuer,
            Address(about, "authorization_endpoint", issuer) ?? throw new OidcException("tells no page to sign in on (authorization_endpoint)"),
            Address(about, "token_endpoint", issuer) ?? throw new OidcException("tells no token_endpoint"),
            Address(about, "userinfo_endpoint", issuer),
            ways is not null && !Has(ways, "client_secret_basic") && Has(ways, "client_secret_post"),
            about["authorization_response_iss_parameter_supported"] is JsonValue said && said.TryGetValue(out bool names) && names,
            Keys(keys), clock.GetUtcNow());
        return _kept[issuer] = read;
    }

    private async Task<JsonNode> Get(Uri address, CancellationToken ct)
    {
        try
        {
            using var answer = await http.Outside().GetAsync(address, ct);
            if (!answer.IsSuccessStatusCode) throw new OidcException($"answered {(int)answer.StatusCode} at {address}");
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) as JsonObject ?? throw new OidcException($"gave no JSON object at {address}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new OidcException($"could not be asked: {e.Message}");
        }
    }

    private static IReadOnlyList<SecurityKey> Keys(JsonNode keys)
    {
        try
        {
            return [.. new JsonWebKeySet(keys.ToJsonString()).GetSigningKeys()];
        }
        catch (ArgumentException e)
        {
            throw new OidcException($"tells keys that cannot be read: {e.Message}");
        }
    }

    // What the issuer names must be as safe as the issuer itself.
    private static Uri? Address(JsonNode about, string name, string issuer) =>
        Uri.TryCreate(Text(about, name), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && new Uri(issuer).Scheme == Uri.UriSchemeHttp) ? address : null;

    private static string? Text(JsonNode about, string name) => about[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool Has(JsonArray ways, string way) => ways.Any(w => w is JsonValue value && value.TryGetValue(out string? text) && text == way);
}

/// <summary>A provider did not do its part; the message goes on after its name ("Example could not be asked: ...").</summary>
internal sealed class OidcException(string message) : Exception(message);
