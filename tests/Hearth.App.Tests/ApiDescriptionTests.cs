using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.App.Tests;

/// <summary>The OpenAPI document tells a developer all there is: what each operation does, what each field and parameter means, how refusals look.</summary>
public class ApiDescriptionTests
{
    [Fact]
    public async Task Every_operation_parameter_and_field_is_described()
    {
        await using var server = await HearthServer.Start();
        using var developer = server.Visitor();
        var document = (await developer.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var operations = (
            from path in document["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            where method.Key is "get" or "post" or "put" or "patch" or "delete"
            select (Name: $"{method.Key} {path.Key}", Told: method.Value!)).ToList();
        Assert.True(operations.Count > 100);
        Assert.Empty(operations.Where(o => o.Told["summary"] is null || o.Told["tags"] is not JsonArray { Count: > 0 }).Select(o => o.Name));
        Assert.Empty(operations.Where(o => o.Told["responses"]!.AsObject().All(r => r.Key.StartsWith('2'))).Select(o => o.Name + " tells no refusal"));
        Assert.Empty(
            from operation in operations
            from parameter in operation.Told["parameters"]?.AsArray() ?? []
            where parameter!["description"] is null
            select $"{operation.Name}: {parameter!["name"]}");
        Assert.Empty(
            from schema in document["components"]!["schemas"]!.AsObject()
            from field in schema.Value!["properties"]?.AsObject() ?? []
            where field.Value!["description"] is null
            select $"{schema.Key}.{field.Key}");
    }
}
