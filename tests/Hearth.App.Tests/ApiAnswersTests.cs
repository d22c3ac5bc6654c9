using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests;

/// <summary>What every endpoint of the API has in common.</summary>
public sealed class ApiAnswersTests
{
    [Fact]
    public async Task Every_address_of_the_API_says_who_may_use_it()
    {
        await using var server = await HearthServer.Start();
        var silent = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.DisplayName);
        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("/api/v1/offers?state=7", "state")]
    [InlineData("/api/v1/offers?state=open&state=sideways", "state")]
    [InlineData("/api/v1/offers?after=nowhere", "after")]
    [InlineData("/api/v1/stock?after=nowhere", "after")]
    [InlineData("/api/v1/conversions?after=nowhere", "after")]
    [InlineData("/api/v1/conversions?from=yesterday", "from")]
    [InlineData("/api/v1/learn/credits?kind=1", "kind")]
    [InlineData("/api/v1/learn/credits?after=nowhere", "after")]
    [InlineData("/api/v1/ideas?status=2", "status")]
    [InlineData("/api/v1/gaps?stage=somewhere", "stage")]
    [InlineData("/api/v1/conversations?view=99", "view")]
    [InlineData("/api/v1/messages?status=unheard", "status")]
    [InlineData("/api/v1/mentions?sentiment=sad", "sentiment")]
    [InlineData("/api/v1/mentions?size=many", "size")]
    public async Task A_value_that_cannot_be_read_is_named(string address, string field)
    {
        await using var server = await HearthServer.Start();
        using var owner = await server.SignedIn();
        await Names(await owner.GetAsync(address), field);
    }

    [Fact]
    public async Task No_body_that_leaves_things_out_or_sends_nulls_breaks_an_endpoint()
    {
        await using var server = await HearthServer.Start();
        using var owner = await server.SignedIn();
        owner.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        var document = (await owner.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var broken = new List<string>();
        var asked = 0;
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject().Where(m => m.Value!["requestBody"] is not null))
            {
                foreach (var body in Bodies(document, operation!["requestBody"]!))
                {
                    var address = System.Text.RegularExpressions.Regex.Replace(path, "{[^}]+}", Guid.NewGuid().ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
                    using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), address) { Content = new StringContent(body, null, "application/json") };
                    var answer = await owner.SendAsync(request);
                    asked++;
                    if ((int)answer.StatusCode >= 500) broken.Add($"{method} {path} {body}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(asked > 80);
        Assert.Empty(broken);
    }

    // Nothing at all, and every field of the body as null.
    private static IEnumerable<string> Bodies(JsonNode document, JsonNode requestBody)
    {
        yield return "{}";
        var schema = requestBody["content"]!.AsObject().First().Value!["schema"]!;
        var name = ((string?)schema["$ref"] ?? (string?)schema["oneOf"]?.AsArray().LastOrDefault()?["$ref"])?.Split('/')[^1];
        if (name is null || document["components"]!["schemas"]![name]?["properties"] is not JsonObject fields) yield break;
        yield return "{" + string.Join(",", fields.Select(f => $"\"{f.Key}\":null")) + "}";
    }

    private static async Task Names(HttpResponseMessage answer, string field)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsObject();
        Assert.Contains(field, errors.Select(e => e.Key));
    }
}
