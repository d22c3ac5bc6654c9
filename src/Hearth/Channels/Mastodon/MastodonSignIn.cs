using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Hearth.Channels.Mastodon;

/// <summary>
/// Signing in at an instance by OAuth (docs.joinmastodon.org/client/authorized, with PKCE of RFC 7636): an app is registered, the person agrees at the instance, and comes back with a
/// code. What must be remembered meanwhile travels with the person, encrypted and good for ten minutes, so any node can take them back.
/// </summary>
public sealed class MastodonSignIn(MastodonApi api, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>What Hearth may do with the account: read, post, and upload what is posted (docs.joinmastodon.org/api/oauth-scopes).</summary>
    public const string Scopes = "read write:statuses write:media";

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Channels.Mastodon.SignIn.v1");

    private sealed record Begun(string Service, string Client, string Secret, string Redirect, string Verifier, string Who, DateTimeOffset Ends);

    /// <summary>Registers an app and says where to send the person.</summary>
    /// <param name="service">The instance.</param>
    /// <param name="redirect">Our address to come back to.</param>
    /// <param name="who">Who begins it; nobody else can end it.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<string> Begin(string service, string redirect, string who, CancellationToken ct)
    {
        var app = (await api.Post(service, "/api/v1/apps", [("client_name", "Hearth"), ("redirect_uris", redirect), ("scopes", Scopes)], ct)).Body as JsonObject ?? [];
        var (client, secret) = (MastodonStatus.Word(app, "client_id"), MastodonStatus.Word(app, "client_secret"));
        if (client is null || secret is null) throw new MastodonException("/api/v1/apps", System.Net.HttpStatusCode.BadGateway, "the server did not answer as Mastodon does");
        var verifier = Base64(RandomNumberGenerator.GetBytes(32));
        var state = _protector.Protect(JsonSerializer.Serialize(new Begun(service, client, secret, redirect, verifier, who, clock.Now() + GoodFor), Json.Options));
        return MastodonApi.Address(service, "/oauth/authorize",
        [
            ("response_type", "code"), ("client_id", client), ("redirect_uri", redirect), ("scope", Scopes), ("state", state),
            ("code_challenge", Base64(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), ("code_challenge_method", "S256"),
        ]);
    }

    /// <summary>Exchanges the code for a token.</summary>
    /// <returns>Null when the state is not ours, is somebody else's, or too old.</returns>
    internal async Task<(string Service, string Token)?> End(string state, string code, string who, CancellationToken ct)
    {
        Begun begun;
        try
        {
            begun = JsonSerializer.Deserialize<Begun>(_protector.Unprotect(state), Json.Options)!;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }

        if (begun.Who != who || begun.Ends < clock.GetUtcNow()) return null;
        var answer = (await api.Post(begun.Service, "/oauth/token",
        [
            ("grant_type", "authorization_code"), ("code", code), ("client_id", begun.Client), ("client_secret", begun.Secret), ("redirect_uri", begun.Redirect),
            ("scope", Scopes), ("code_verifier", begun.Verifier),
        ], ct)).Body as JsonObject ?? [];
        return MastodonStatus.Word(answer, "access_token") is { } token ? (begun.Service, token) : throw new MastodonException("/oauth/token", System.Net.HttpStatusCode.BadGateway, "there is no token in the answer");
    }

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
