using System.Net;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Bluesky.OAuth;

/// <summary>Hearth as servers of the network know it: by a document at its own address, which is its id.</summary>
/// <param name="Id">The address of the document; for a server on this machine an address that carries all of it.</param>
/// <param name="Redirect">Where people come back to.</param>
public sealed record OAuthClient(string Id, string Redirect)
{
    /// <summary>Where the document stands.</summary>
    public const string Document = "/bluesky-client.json";

    /// <summary>The client of a server that people reach under an address.</summary>
    /// <param name="origin">Without a slash at its end.</param>
    /// <param name="back">The path that people come back to.</param>
    public static OAuthClient At(string origin, string back)
    {
        var at = new Uri(origin);
        if (!at.IsLoopback) return new(origin + Document, origin + back);

        // atproto.com/specs/oauth, "Localhost Client Development": no document can be fetched from this machine, and its address is written as a number.
        var host = IPAddress.TryParse(at.Host.Trim('[', ']'), out _) ? at.Authority : at.IsDefaultPort ? "127.0.0.1" : $"127.0.0.1:{at.Port}";
        var redirect = $"{at.Scheme}://{host}{back}";
        return new($"http://localhost?redirect_uri={Uri.EscapeDataString(redirect)}&scope={Uri.EscapeDataString(BlueskySignIn.Scope)}", redirect);
    }

    /// <summary>The document.</summary>
    /// <param name="origin">Without a slash at its end.</param>
    /// <param name="back">The path that people come back to.</param>
    public static JsonObject Describe(string origin, string back) => new()
    {
        ["client_id"] = origin + Document, ["client_name"] = "Hearth", ["client_uri"] = origin, ["redirect_uris"] = new JsonArray(origin + back), ["scope"] = BlueskySignIn.Scope,
        ["grant_types"] = new JsonArray("authorization_code", "refresh_token"), ["response_types"] = new JsonArray("code"), ["application_type"] = "web",
        ["token_endpoint_auth_method"] = "none", ["dpop_bound_access_tokens"] = true,
    };
}
