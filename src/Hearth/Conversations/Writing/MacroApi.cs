using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.Writing;

internal static class MacroApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var macros = api.MapGroup("/macros").WithTags("Macros");
        macros.MapGet("/", async Task<Ok<IReadOnlyList<MacroView>>> (Macros all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listMacros").WithSummary("The macros, by name").RequireAuthorization("read");
        macros.MapGet("/{id:guid}", async Task<Results<Ok<MacroView>, ProblemHttpResult>> (Guid id, Macros all, CancellationToken ct) =>
                await all.Of(MacroId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("macro"))
            .WithName("getMacro").WithSummary("A macro with its steps").RequireAuthorization("read");
        macros.MapPost("/", async Task<Results<Ok<MacroView>, ProblemHttpResult>> (MacroDraft body, Macros all, HttpContext http, CancellationToken ct) => Answer(await all.Add(body, http.Actor(), ct)))
            .WithName("addMacro").WithSummary("Keep several steps under one name").RequireAuthorization("write");
        macros.MapPut("/{id:guid}", async Task<Results<Ok<MacroView>, ProblemHttpResult>> (Guid id, MacroDraft body, Macros all, HttpContext http, CancellationToken ct) =>
                Answer(await all.Change(MacroId.From(id), body, http.Actor(), ct)))
            .WithName("changeMacro").WithSummary("Change a macro").RequireAuthorization("write");
        macros.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Macros all, CancellationToken ct) =>
                await all.Remove(MacroId.From(id), ct) ? TypedResults.NoContent() : Problems.Unknown("macro"))
            .WithName("removeMacro").WithSummary("Throw a macro away").RequireAuthorization("write");
        macros.MapPost("/{id:guid}/runs", async Task<Results<Ok<IReadOnlyList<MacroRunLine>>, ProblemHttpResult>> (Guid id, MacroRunBody body, Macros all, HttpContext http, CancellationToken ct) =>
            {
                if (body.Conversations is not { Count: > 0 and <= Macros.MaxAtOnce }) return Problems.Invalid("conversations", $"must be 1 to {Macros.MaxAtOnce}");
                if (await all.Of(MacroId.From(id), ct) is null) return Problems.Unknown("macro");
                var ran = await all.Run(MacroId.From(id), [.. body.Conversations.Select(ConversationId.From)], http.Actor(), ct);
                return TypedResults.Ok<IReadOnlyList<MacroRunLine>>([.. ran.Select(r => new MacroRunLine(r.Key, r.Value is MacroRun.Ran, (r.Value as MacroRun.Ran)?.Steps ?? []))]);
            })
            .WithName("runMacro").WithSummary("Run a macro on conversations, each with its own outcome").RequireAuthorization("write");
    }

    private static Results<Ok<MacroView>, ProblemHttpResult> Answer(KeptMacro kept) => kept switch
    {
        KeptMacro.Done done => TypedResults.Ok(done.Macro),
        KeptMacro.Invalid invalid => Problems.Invalid(invalid.Errors),
        _ => Problems.Unknown("macro"),
    };
}

/// <summary>On what to run a macro.</summary>
/// <param name="Conversations">Their ids, 1 to 500.</param>
public sealed record MacroRunBody(IReadOnlyList<Guid>? Conversations);

/// <summary>What running a macro came to on one conversation.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Known">False when there is no such conversation.</param>
/// <param name="Steps">Each with its outcome, in order.</param>
public sealed record MacroRunLine(ConversationId Conversation, bool Known, IReadOnlyList<MacroStepOutcome> Steps);
