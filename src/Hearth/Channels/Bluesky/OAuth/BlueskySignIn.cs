using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Hearth.Channels.Bluesky.OAuth;

/// <summary>What keeps an account signed in by OAuth. Kept encrypted within the account's session.</summary>
/// <param name="Issuer">Who signed it in.</param>
/// <param name="Token">Where it is renewed.</param>
/// <param name="Client">As which client.</param>
/// <param name="Key">The private key that its tokens are bound to, in PEM.</param>
/// <param name="Ends">When the access token ends.</param>
internal sealed record OAuthSession(string Issuer, string Token, string Client, string Key, DateTimeOffset Ends);

/// <summary>
/// Signing an account in at its own server (atproto.com/specs/oauth): the request is pushed there first (RFC 9126), the person agrees on the server's page, and the
/// code that comes back is exchanged for tokens bound to a key of ours. All that must be remembered meanwhile travels in the state, encrypted, for ten minutes.
/// </summary>
internal sealed class BlueskySignIn(OAuthServer server, DidDocuments documents, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>What Hearth asks for: all that an app password may do, and nothing more.</summary>
    public const string Scope = "atproto transition:generic";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Channels.BlueskySignIn.v1");

    private sealed record Begun(string Host, OAuthPlaces Places, string Client, string Redirect, string Verifier, string Key, string Who, DateTimeOffset Ends);

    /// <summary>Announces a sign-in.</summary>
    /// <returns>The page where the person agrees.</returns>
    public async Task<string> Begin(string host, OAuthClient client, string? handle, string who, CancellationToken ct)
    {
        var places = await server.Of(host, ct);
        var (verifier, key) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), Dpop.NewKey());
        var state = _protector.Protect(JsonSerializer.Serialize(new Begun(host, places, client.Id, client.Redirect, verifier, key, who, clock.Now() + Patience), Json.Options));
        List<(string, string)> form =
        [
            ("client_id", client.Id), ("redirect_uri", client.Redirect), ("response_type", "code"), ("scope", Scope), ("state", state),
            ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), ("code_challenge_method", "S256"),
        ];
        if (handle is not null) form.Add(("login_hint", handle));
        var pushed = await server.Post(places.Push, key, form, ct);
        var request = pushed.Text("request_uri") ?? throw new HttpRequestException($"{places.Issuer} did not take the request.");
        return $"{places.Authorize}?client_id={Uri.EscapeDataString(client.Id)}&request_uri={Uri.EscapeDataString(request)}";
    }

    /// <summary>Exchanges the code.</summary>
    /// <param name="state">As it came back.</param>
    /// <param name="code">As it came back.</param>
    /// <param name="issuer">Who sent the person back (RFC 9207): a code of one server is never given to another.</param>
    /// <param name="who">Who began it.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>Null when the state is not ours, is somebody else's, or too old.</returns>
    /// <exception cref="OAuthException">The server refused, or signs in whom it may not.</exception>
    public async Task<(DidDocument Whom, BlueskyTokens Tokens)?> End(string state, string code, string? issuer, string who, CancellationToken ct)
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

        if (begun.Who != who || begun.Ends < clock.GetUtcNow() || issuer != begun.Places.Issuer) return null;
        var answer = await server.Post(begun.Places.Token, begun.Key,
            [("grant_type", "authorization_code"), ("code", code), ("client_id", begun.Client), ("redirect_uri", begun.Redirect), ("code_verifier", begun.Verifier)], ct);
        var tokens = Tokens(answer, new(begun.Places.Issuer, begun.Places.Token, begun.Client, begun.Key, default));

        // A server may sign in only those whose identity says that it does: else any server could claim to be anybody.
        if (answer.Text("sub") is not { } did) throw new OAuthException(null, "the server does not say whom it signed in");
        var whom = await documents.Of(did, ct);
        return (await server.Of(whom.Host, ct)).Issuer == begun.Places.Issuer ? (whom, tokens) : throw new OAuthException(null, $"{begun.Places.Issuer} does not sign in {did}");
    }

    /// <summary>Another pair of tokens for the one that ends. A refresh token is good once.</summary>
    /// <exception cref="OAuthException">The server signs it in no more.</exception>
    public async Task<BlueskyTokens> Renew(BlueskyTokens tokens, CancellationToken ct)
    {
        var session = tokens.OAuth!;
        return Tokens(await server.Post(session.Token, session.Key, [("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh), ("client_id", session.Client)], ct), session);
    }

    private BlueskyTokens Tokens(JsonObject answer, OAuthSession session)
    {
        if (answer.Text("access_token") is not { } access || answer.Text("refresh_token") is not { } refresh || !string.Equals(answer.Text("token_type"), "DPoP", StringComparison.OrdinalIgnoreCase)) throw new OAuthException(null, "the server gave no token that is bound to its key");
        if (answer.Text("scope")?.Split(' ').Contains("atproto") != true) throw new OAuthException(null, "the server gave a token for something else");
        var seconds = answer["expires_in"] is JsonValue v && v.TryGetValue(out long s) ? Math.Clamp(s, 1, 86_400) : 300;
        return new(access, refresh) { OAuth = session with { Ends = clock.Now().AddSeconds(seconds) } };
    }
}
