using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Channels.Bluesky.OAuth;

/// <summary>Where identities are looked up.</summary>
public sealed class DidOptions
{
    /// <summary>The directory of did:plc. Default https://plc.directory.</summary>
    public string Directory { get; set; } = "https://plc.directory";
}

/// <summary>What an identity says of itself.</summary>
/// <param name="Did">The identity.</param>
/// <param name="Handle">Without @; null when it names none.</param>
/// <param name="Host">The server that holds its account.</param>
internal sealed record DidDocument(string Did, string? Handle, string Host);

/// <summary>Resolves identities (atproto.com/specs/did): did:plc by its directory, did:web by its own site.</summary>
internal sealed class DidDocuments(IHttpClientFactory clients, ServiceAddress addresses, IOptions<DidOptions> options)
{
    /// <exception cref="HttpRequestException">It could not be found, or names no server.</exception>
    public async Task<DidDocument> Of(string did, CancellationToken ct)
    {
        var address = did.StartsWith("did:plc:", StringComparison.Ordinal) ? $"{options.Value.Directory.TrimEnd('/')}/{Uri.EscapeDataString(did)}"
            : did.StartsWith("did:web:", StringComparison.Ordinal) && !did["did:web:".Length..].Contains(':', StringComparison.Ordinal) ? $"https://{Uri.UnescapeDataString(did["did:web:".Length..])}/.well-known/did.json"
            : throw new HttpRequestException($"{did} is an identity of a kind that is not known here.");
        using var answer = await clients.Outside().GetAsync(new Uri(address), ct);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{did} was not found: {(int)answer.StatusCode}", null, answer.StatusCode);
        JsonNode? found;
        try
        {
            found = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct));
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{did} has no readable document.", e);
        }

        if (found is not JsonObject document || document.Text("id") != did) throw new HttpRequestException($"{did} has a document of somebody else.");
        var host = (document["service"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(s => s.Text("id")?.EndsWith("#atproto_pds", StringComparison.Ordinal) == true)?.Text("serviceEndpoint");
        if (addresses.Check(host, out var held) is not null) throw new HttpRequestException($"{did} names no server.");
        var handle = (document["alsoKnownAs"] as JsonArray ?? []).Select(a => (string?)a).FirstOrDefault(a => a?.StartsWith("at://", StringComparison.Ordinal) == true)?["at://".Length..];
        return new(did, handle, held);
    }
}
