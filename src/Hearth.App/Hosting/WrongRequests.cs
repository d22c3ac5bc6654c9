using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Hearth.App.Hosting;

/// <summary>Says what was wrong with a request that never reached its endpoint: which field and why, or which right was missing.</summary>
internal sealed partial class WrongRequests : IExceptionHandler
{
    public static void Add(IServiceCollection services) => services
        .Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true) // else the framework answers 400 and keeps the reason to itself
        .AddExceptionHandler<WrongRequests>()
        .AddProblemDetails(o => o.CustomizeProblemDetails = c => c.ProblemDetails.Detail ??= Missing(c.HttpContext, c.ProblemDetails.Status));

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        if (exception is not BadHttpRequestException bad) return false;
        await Answer(context, bad).ExecuteAsync(context);
        return true;
    }

    private static IResult Answer(HttpContext context, BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Problems.Refused("too-large", $"The body may have at most {HearthHost.LargestBody:N0} bytes.", bad.StatusCode),
        StatusCodes.Status415UnsupportedMediaType => Problems.Refused("not-json", "Send JSON, with Content-Type: application/json.", bad.StatusCode),
        StatusCodes.Status400BadRequest when bad.InnerException is JsonException json && LeftOut(json) is { Count: > 0 } fields => Problems.Invalid(fields.Select(f => new FieldError(f, "is missing"))),
        StatusCodes.Status400BadRequest when bad.InnerException is JsonException json => Problems.Invalid(Field(json), Reason(json)),
        StatusCodes.Status400BadRequest when Parameter().Match(bad.Message) is { Success: true } named => Problems.Invalid(JsonNamingPolicy.CamelCase.ConvertName(named.Groups["name"].Value), Reason(context, named.Groups["name"].Value)),
        StatusCodes.Status400BadRequest when bad.Message.Contains("body", StringComparison.OrdinalIgnoreCase) => Problems.Invalid("body", "must be a JSON object"),
        _ => Problems.Refused("bad-request", bad.Message, bad.StatusCode),
    };

    // "... was missing required properties including: 'title', 'body'." The path leads to the object that lacks them.
    private static List<string> LeftOut(JsonException json)
    {
        if (!json.Message.Contains("missing required properties", StringComparison.Ordinal)) return [];
        var within = json.Path is null or "$" or "" ? "" : Field(json) + ".";
        return [.. Quoted().Matches(json.Message[json.Message.IndexOf("including", StringComparison.Ordinal)..]).Select(m => within + m.Groups["name"].Value)];
    }

    private static string Field(JsonException json) => json.Path is null or "$" or "" ? "body" : json.Path.StartsWith("$.", StringComparison.Ordinal) ? json.Path[2..] : json.Path;

    private static string Reason(JsonException json) => json.Message.Contains("null value", StringComparison.Ordinal) ? "must not be null" : json.InnerException is null || json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
        ? "has the wrong type, or is no value that is known here"
        : $"is not JSON at line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}";

    private static string Reason(HttpContext context, string name)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var type = endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().FirstOrDefault(p => p.Name == name)?.ParameterInfo.ParameterType;
        return Expected(type is null ? typeof(object) : Plain(type));
    }

    private static Type Plain(Type type) => type.IsArray ? Plain(type.GetElementType()!)
        : type.IsGenericType && type.IsValueType ? Plain(type.GetGenericArguments()[0]) // int?, Word<GapStage>
        : type;

    private static string Expected(Type type) => type switch
    {
        { IsEnum: true } => "must be one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        _ when type == typeof(int) => "must be a whole number",
        _ when type == typeof(bool) => "must be true or false",
        _ when type == typeof(Guid) => "must be an id",
        _ when type == typeof(DateOnly) => "must be a day like 2026-03-31",
        _ when type == typeof(DateTimeOffset) => "must be a time like 2026-03-31T12:00:00Z",
        _ => "is missing, or cannot be read",
    };

    private static string? Missing(HttpContext context, int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Sign in, or send a key that is in force: Authorization: Bearer KEY.",
        StatusCodes.Status403Forbidden when context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy is { } right => Access.Scopes.Contains(right)
            ? $"A key needs the scope {right} for this; a person, a role that may do it."
            : $"Only a person who is signed in and has the role {right}, or a higher one, may do this; a key cannot.",
        StatusCodes.Status413PayloadTooLarge => $"The body may have at most {HearthHost.LargestBody:N0} bytes.",
        _ => null,
    };

    [GeneratedRegex("'(?<name>[^']+)'")]
    private static partial Regex Quoted();

    // The framework writes the parameter's type and name, both between quotes: Failed to bind parameter "Nullable<int> size" from "abc".
    [GeneratedRegex("(?:bind|Required) parameter \"[^\"]* (?<name>[A-Za-z]+)\"")]
    private static partial Regex Parameter();
}
