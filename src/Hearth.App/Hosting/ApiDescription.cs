using System.Reflection;
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
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse { Description = "Refused: problem details (RFC 9457) with type, title, detail and, for wrong input, errors by field." });
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault() is not { } handler) return Task.CompletedTask;
            operation.Summary ??= words.Summary(handler);
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) parameter.Description ??= words.Parameter(handler, parameter.Name!);
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
            if (!Array.Exists(context.JsonTypeInfo.Type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>))) return Task.CompletedTask;
            (schema.Type, schema.Format, schema.Properties) = (JsonSchemaType.String, "uuid", null);
            return Task.CompletedTask;
        });
    }
}
