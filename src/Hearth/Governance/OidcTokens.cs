using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Governance;

/// <summary>Who somebody is, by the word of a provider.</summary>
/// <param name="Subject">Never changes and never passes on to another person, within the issuer.</param>
/// <param name="Email">In lower case; null when the provider tells none.</param>
/// <param name="Proven">True when the provider has made sure that the address is theirs.</param>
/// <param name="Name">Null when it tells none.</param>
internal sealed record OidcIdentity(string Subject, string? Email, bool Proven, string? Name);

/// <summary>Changes a code for tokens and reads who it is (OpenID Connect Core 1.0, sections 3.1.3 and 5.3).</summary>
internal sealed class OidcTokens(OidcMetadata metadata, IHttpClientFactory http, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    // Signed with the provider's private key. Nothing unsigned, nothing signed with the shared secret.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <exception cref="OidcException">The provider refuses, cannot be asked, or its token does not hold.</exception>
    public async Task<OidcIdentity> Identify(OidcProvider provider, string? secret, string code, string verifier, string nonce, string back, CancellationToken ct)
    {
        var about = await metadata.Of(provider.Issuer, ct);
        var tokens = await Exchange(about, provider, secret, code, verifier, back, ct);
        if (Text(tokens, "id_token") is not { } raw) throw new OidcException("gave no id_token");
        var token = await Check(about, provider, raw, ct);
        if (Text(token, "nonce") is not { } said || !Same(said, nonce)) throw new OidcException("gave a token of another sign-in (nonce)");
        if (Text(token, "sub") is not { Length: > 0 and <= 255 } subject) throw new OidcException("does not say who it is (sub)");
        var who = token;
        if (Text(token, "email") is null && about.UserInfo is { } address && Text(tokens, "access_token") is { } access)
        {
            who = await UserInfo(address, access, ct);
            if (Text(who, "sub") != subject) throw new OidcException("told of somebody else (section 5.3.2)");
        }

        return new(subject, Text(who, "email") is { } email ? Accounts.CleanEmail(email) : null, Flag(who, "email_verified"), Text(who, "name") ?? Text(who, "preferred_username"));
    }

    private async Task<JsonNode> Exchange(OidcDescription about, OidcProvider provider, string? secret, string code, string verifier, string back, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", back), new("code_verifier", verifier)];
        using var request = new HttpRequestMessage(HttpMethod.Post, about.Token);
        if (secret is null || about.SecretInForm) form.Add(new("client_id", provider.ClientId));
        if (secret is not null && about.SecretInForm) form.Add(new("client_secret", secret));
        if (secret is not null && !about.SecretInForm) request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}"))); // RFC 6749, section 2.3.1
        request.Content = new FormUrlEncodedContent(form);
        return await Ask(request, ct);
    }

    private async Task<JsonNode> UserInfo(Uri address, string access, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", access) } };
        return await Ask(request, ct);
    }

    private async Task<JsonNode> Check(OidcDescription about, OidcProvider provider, string raw, CancellationToken ct)
    {
        var result = await Validate(about, provider, raw);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException) result = await Validate(await metadata.Renewed(provider.Issuer, ct), provider, raw);
        if (!result.IsValid) throw new OidcException("gave a token that does not hold: " + result.Exception?.GetType().Name);
        var token = (JsonWebToken)result.SecurityToken;
        var read = JsonNode.Parse(Base64UrlEncoder.Decode(token.EncodedPayload))!;
        // Of several audiences, the one that asked must be named (section 3.1.3.7, 4 and 5).
        if (token.Audiences.Count() > 1 && Text(read, "azp") != provider.ClientId || Text(read, "azp") is { } party && party != provider.ClientId) throw new OidcException("gave a token that is for somebody else (azp)");
        return read;
    }

    private Task<TokenValidationResult> Validate(OidcDescription about, OidcProvider provider, string raw) => new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(raw, new()
    {
        ValidIssuer = about.Issuer, ValidAudience = provider.ClientId, IssuerSigningKeys = about.Keys, ValidAlgorithms = Algorithms, RequireSignedTokens = true, RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (from, until, _, _) => until is { } end && end + Skew > clock.GetUtcNow().UtcDateTime && (from is not { } start || start - Skew <= clock.GetUtcNow().UtcDateTime),
    });

    private async Task<JsonNode> Ask(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var answer = await http.OutsideUnfollowed().SendAsync(request, ct);
            var body = await answer.Content.ReadAsStringAsync(ct);
            if (!answer.IsSuccessStatusCode) throw new OidcException($"refused ({(int)answer.StatusCode} {Error(body)})".Replace(" )", ")", StringComparison.Ordinal));
            return JsonNode.Parse(body) as JsonObject ?? throw new OidcException("gave no JSON object");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new OidcException($"could not be asked: {e.Message}");
        }
    }

    private static string Error(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject said ? Text(said, "error") ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string? Text(JsonNode node, string name) => node[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // Some providers write the flag as a word.
    private static bool Flag(JsonNode node, string name) => node[name] is JsonValue value && (value.TryGetValue(out bool flag) && flag || value.TryGetValue(out string? text) && text == "true");

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
