using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Governance;

/// <summary>Where somebody goes to sign in elsewhere.</summary>
public abstract record OidcBegin
{
    private OidcBegin() { }

    /// <param name="Address">The provider's page.</param>
    /// <param name="Ticket">To be kept in this browser until it comes back; opaque and encrypted.</param>
    public sealed record Go(string Address, string Ticket) : OidcBegin;

    public sealed record Unknown : OidcBegin;

    /// <summary>The provider cannot be asked; <paramref name="Reason"/> goes on after its name.</summary>
    public sealed record Unreachable(string Name, string Reason) : OidcBegin;
}

/// <summary>What the provider's page sends back in the address.</summary>
/// <param name="State">Must be that of the ticket.</param>
/// <param name="Code">Null when it refused.</param>
/// <param name="Issuer">RFC 9207; null when it does not name itself.</param>
/// <param name="Error">Its reason to refuse, for people.</param>
public sealed record OidcReturn(string? State, string? Code, string? Issuer, string? Error);

/// <summary>What came of signing in elsewhere.</summary>
public abstract record OidcOutcome
{
    private OidcOutcome() { }

    /// <summary>They are known; <paramref name="SignedIn"/> says whether they are in or owe a second factor.</summary>
    public sealed record Known(SignInOutcome SignedIn, string? To) : OidcOutcome;

    /// <summary>The account that was signed in can now also be signed in to this way.</summary>
    public sealed record Connected(string Name) : OidcOutcome;

    /// <summary>They are not let in; <paramref name="Reason"/> is a sentence for them.</summary>
    public sealed record Refused(string Reason) : OidcOutcome;
}

/// <summary>
/// Single sign-on by OpenID Connect: authorization code with PKCE (RFC 7636), state and nonce, for one provider at a time. 1. Remember in the browser what was begun.
/// 2. The provider's page. 3. Check that the answer belongs to it. 4. Change the code for a token, over our own connection. 5. Find whose account it is.
/// </summary>
public sealed class OidcSignIn(OidcProviders providers, OidcMetadata metadata, OidcAccounts accounts, IHttpClientFactory http, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long somebody may take at the provider.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Governance.Oidc.Ticket.v1");

    /// <summary>Steps 1 and 2.</summary>
    /// <param name="slug">Which provider.</param>
    /// <param name="back">The whole address it sends people back to.</param>
    /// <param name="to">Where they were going, inside this site.</param>
    /// <param name="connect">An account that shall be signed in to this way from now on; null to sign in.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<OidcBegin> Begin(string slug, string back, string? to, Actor? connect, CancellationToken ct)
    {
        if (await providers.Find(slug, ct) is not { Provider: var provider }) return new OidcBegin.Unknown();
        try
        {
            var about = await metadata.Of(provider.Issuer, ct);
            var ticket = new Ticket(slug, Random(), Random(), Random(), to, connect?.Id.Value, clock.Now() + Within);
            var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(ticket.Verifier)));
            (string Name, string Value)[] asked =
            [
                ("response_type", "code"), ("client_id", provider.ClientId), ("redirect_uri", back), ("scope", "openid email profile"), ("state", ticket.State), ("nonce", ticket.Nonce),
                ("code_challenge", challenge), ("code_challenge_method", "S256"),
            ];
            var query = string.Join('&', asked.Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value)}"));
            return new OidcBegin.Go(about.Authorize + (about.Authorize.Query.Length > 0 ? "&" : "?") + query, _protector.Protect(JsonSerializer.Serialize(ticket)));
        }
        catch (OidcException e)
        {
            return new OidcBegin.Unreachable(provider.Name, e.Message);
        }
    }

    /// <summary>Steps 3 to 5.</summary>
    /// <param name="slug">Which provider.</param>
    /// <param name="back">The same address as when it began.</param>
    /// <param name="kept">The ticket, from this browser.</param>
    /// <param name="answer">What the provider's page sent back.</param>
    /// <param name="me">Who this browser is now: to connect, and a guest whose account becomes theirs.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<OidcOutcome> End(string slug, string back, string? kept, OidcReturn answer, Actor? me, CancellationToken ct)
    {
        if (Read(kept) is not { } ticket || ticket.Slug != slug || ticket.Until <= clock.Now() || !Same(ticket.State, answer.State))
        {
            return new OidcOutcome.Refused("This answer does not belong to a sign-in that was begun in this browser in the last minutes. Begin again.");
        }

        if (await providers.Find(slug, ct) is not { Provider: var provider, Secret: var secret }) return new OidcOutcome.Refused("This way to sign in is no longer open.");
        try
        {
            // Where a provider says that it names itself, an answer without its name may come from another (RFC 9207, section 2.4).
            var about = await metadata.Of(provider.Issuer, ct);
            if (answer.Issuer is { } named ? named != about.Issuer : about.NamesItselfOnReturn) return new OidcOutcome.Refused("The answer came from another provider than the one asked.");
            if (answer.Code is not { Length: > 0 } code) return new OidcOutcome.Refused($"{provider.Name} did not agree{(string.IsNullOrWhiteSpace(answer.Error) ? "" : ": " + answer.Error)}.");
            var identity = await new OidcTokens(metadata, http, clock).Identify(provider, secret, code, ticket.Verifier, ticket.Nonce, back, ct);
            if (ticket.Connect is not { } account) return await accounts.Enter(provider, identity, me, ticket.To, ct);
            return me?.Id.Value == account ? await accounts.Connect(provider, identity, me, ct) : new OidcOutcome.Refused("You are no longer signed in as who you were. Sign in and connect again.");
        }
        catch (OidcException e)
        {
            return new OidcOutcome.Refused($"{provider.Name} {e.Message}.");
        }
    }

    private Ticket? Read(string? kept)
    {
        try
        {
            return kept is null ? null : JsonSerializer.Deserialize<Ticket>(_protector.Unprotect(kept));
        }
        catch (CryptographicException)
        {
            return null; // not ours, or of keys that are gone
        }
    }

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string a, string? b) => b is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private sealed record Ticket(string Slug, string State, string Nonce, string Verifier, string? To, Guid? Connect, DateTimeOffset Until);
}
