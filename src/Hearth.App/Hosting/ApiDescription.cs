using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hearth.Platform;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.App.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>. Descriptions come from the rooms' docstrings.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        var words = new ApiWords();
        var types = new ConcurrentDictionary<string, JsonTypeInfo>(StringComparer.Ordinal);
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse { Description = "Refused: problem details (RFC 9457) with type, title, detail and, for wrong input, errors by field." });
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault() is not { } handler) return Task.CompletedTask;
            operation.Summary ??= words.Summary(handler);
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) parameter.Description ??= words.Parameter(handler, parameter.Name!) ?? ApiWords.Everywhere(parameter.Name!);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Hearth", Version = "v1",
                Description = "Everything the pages show, for programs. Instants are ISO 8601 in UTC; ids are UUIDs; money is whole minor units with an ISO 4217 currency. "
                    + "Lists take `size` (1 to 500, default 50) and `after` (the `next` of the page before). Errors are problem details (RFC 9457).",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, made on /council/keys or by `hearth key create`." };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            if (Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)))
            {
                (schema.Type, schema.Format, schema.Properties) = (JsonSchemaType.String, "uuid", null);
            }
            else if (IsWord(type))
            {
                var choices = Enum.GetNames(type.GetGenericArguments()[0]).Select(w => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(w));
                (schema.Type, schema.Properties, schema.Required, schema.Enum) = (JsonSchemaType.String, null, null, [.. choices]);
            }
            else if (Name(context.JsonTypeInfo) is { } name)
            {
                types[name] = context.JsonTypeInfo;
                if (context.JsonPropertyInfo is null) schema.Description ??= words.Type(type);
            }

            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = Name;
        options.AddDocumentTransformer((document, _, _) =>
        {
            foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)) Describe(schema, types.GetValueOrDefault(name), words);
            return Task.CompletedTask;
        });
    }

    // Nested records of two rooms may bear one name ("Body"): the name of what they are nested in tells them apart.
    private static string? Name(JsonTypeInfo info)
    {
        if (IsWord(info.Type)) return null;
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(info);
        if (name is null || info.Type.DeclaringType is not { } outer || info.Type.BaseType == outer && outer.IsDefined(typeof(JsonDerivedTypeAttribute))) return name; // the framework names cases after their base
        var prefix = outer.Name.EndsWith("Api", StringComparison.Ordinal) ? outer.Name[..^"Api".Length] : outer.Name;
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name;
    }

    private static bool IsWord(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Word<>);

    private static void Describe(IOpenApiSchema schema, JsonTypeInfo? info, ApiWords words)
    {
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            var member = info?.Properties.FirstOrDefault(p => p.Name == name)?.AttributeProvider as PropertyInfo;
            var text = info is null || member is null ? ApiWords.Everywhere(name) : words.Field(member.DeclaringType!, member.Name) ?? ApiWords.Everywhere(name);
            // Read, a reference shows the description of what it leads to; written, only its own.
            if (property is OpenApiSchemaReference reference) reference.Description = text ?? reference.Description;
            else if (property is OpenApiSchema own) own.Description ??= text;
        }
    }
}
