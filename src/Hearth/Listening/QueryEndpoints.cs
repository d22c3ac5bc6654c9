using Hearth.Governance;
using Hearth.Listening.Queries;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening;

/// <summary>A query to save or to try.</summary>
/// <param name="Name">1 to 100 characters, unique; not needed to try one.</param>
/// <param name="Text">In the query language.</param>
public sealed record QueryDraft(string? Name, string? Text);

/// <summary>What reading an expression gave.</summary>
/// <param name="Canonical">The same query as Hearth would write it; null when it cannot be read.</param>
/// <param name="Position">Where it is at fault, from 0.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Hint">What would be right.</param>
/// <param name="Tree">How it was understood, line by line; null when it cannot be read.</param>
/// <param name="Warnings">What is to be thought over before it is saved, by its form alone; empty when nothing is.</param>
public sealed record QueryCheck(string? Canonical, int? Position, string? Reason, string? Hint, IReadOnlyList<QueryLine>? Tree, IReadOnlyList<string> Warnings)
{
    public static QueryCheck Of(string? text) => Of(text, Dialect.Hearth);

    /// <summary>Reads an expression in Hearth's or another tool's spelling.</summary>
    public static QueryCheck Of(string? text, Dialect dialect) => ParseQuery.Read(text ?? "", dialect) switch
    {
        Parsed.Ok ok => new(ok.Query.ToString(), null, null, null, DescribeQuery.Lines(ok.Query), WarnQuery.Of(ok.Query)),
        Parsed.Wrong wrong => new(null, wrong.Position, wrong.Reason, wrong.Hint, null, []),
        _ => throw new InvalidOperationException("A query is read or it is not."),
    };
}

/// <summary>An expression of another tool.</summary>
/// <param name="From">"brandwatch" or "x".</param>
/// <param name="Text">As it stands there.</param>
public sealed record ForeignQuery(string? From, string? Text);

internal static class QueryEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var queries = api.MapGroup("/queries").WithTags("Listening");
        MapSaved(queries);
        MapVersions(queries);
        MapTrial(queries);
    }

    private static void MapSaved(RouteGroupBuilder queries)
    {
        queries.MapGet("/", async Task<Ok<IReadOnlyList<QueryView>>> (SavedQueries saved, CancellationToken ct) => TypedResults.Ok(await saved.All(ct)))
            .WithName("listQueries").WithSummary("Saved queries by name").RequireAuthorization("read");
        queries.MapPost("/", async Task<Results<Created<QueryView>, ProblemHttpResult>> (QueryDraft body, SavedQueries saved, HttpContext http, CancellationToken ct) =>
                await saved.Add(http.Actor(), body.Name ?? "", body.Text ?? "", ct) switch
                {
                    SavedQuery.Done done => TypedResults.Created($"/api/v1/queries/{done.Query.Value}", await saved.Of(done.Query, ct)),
                    SavedQuery.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("query"),
                })
            .WithName("addQuery").WithSummary("Save a query; stored mentions are looked through in the background").RequireAuthorization("write");
        queries.MapGet("/{id:guid}", async Task<Results<Ok<QueryView>, ProblemHttpResult>> (Guid id, SavedQueries saved, CancellationToken ct) =>
                await saved.Of(QueryId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("query"))
            .WithName("getQuery").WithSummary("A saved query, with how far history has been looked through").RequireAuthorization("read");
        queries.MapPut("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, QueryDraft body, SavedQueries saved, HttpContext http, CancellationToken ct) =>
                Answer(await saved.Change(http.Actor(), QueryId.From(id), body.Name ?? "", body.Text ?? "", ct)))
            .WithName("changeQuery").WithSummary("Change a query; its earlier texts are kept").RequireAuthorization("write");
        queries.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SavedQueries saved, CancellationToken ct) =>
                await saved.Remove(QueryId.From(id), ct) ? TypedResults.NoContent() : Problems.Unknown("query"))
            .WithName("removeQuery").WithSummary("Remove a query; the mentions stay").RequireAuthorization("write");
    }

    private static void MapVersions(RouteGroupBuilder queries)
    {
        queries.MapGet("/{id:guid}/versions", async Task<Results<Ok<IReadOnlyList<QueryVersion>>, ProblemHttpResult>> (Guid id, SavedQueries saved, CancellationToken ct) =>
                await saved.Versions(QueryId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("query"))
            .WithName("listQueryVersions").WithSummary("Every text a query ever had, the latest first").RequireAuthorization("read");
        queries.MapPost("/{id:guid}/versions/{version:int}/restore", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, int version, SavedQueries saved, HttpContext http, CancellationToken ct) =>
                Answer(await saved.Restore(http.Actor(), QueryId.From(id), version, ct)))
            .WithName("restoreQueryVersion").WithSummary("Ask again what an earlier version asked, as a new version").RequireAuthorization("write");
    }

    private static void MapTrial(RouteGroupBuilder queries)
    {
        queries.MapPost("/check", Ok<QueryCheck> (QueryDraft body) => TypedResults.Ok(QueryCheck.Of(body.Text)))
            .WithName("checkQuery").WithSummary("Read an expression and say how it is understood, or where it is at fault").RequireAuthorization("read");
        queries.MapPost("/preview", async Task<Results<Ok<QueryPreview>, ProblemHttpResult>> (QueryDraft body, TryQuery attempt, CancellationToken ct) =>
                ParseQuery.Read(body.Text ?? "") switch
                {
                    Parsed.Ok ok => TypedResults.Ok(await attempt.Run(ok.Query, ct)),
                    Parsed.Wrong wrong => Problems.Invalid("text", wrong.Sentence),
                    _ => throw new InvalidOperationException("A query is read or it is not."),
                })
            .WithName("previewQuery").WithSummary("What a query finds in the latest mentions, and how much it would bring").RequireAuthorization("read");
        queries.MapPost("/import", Results<Ok<QueryCheck>, ProblemHttpResult> (ForeignQuery body) =>
                body.From is not null && Word<Dialect>.TryParse(body.From, out var dialect) && dialect.Value != Dialect.Hearth
                    ? TypedResults.Ok(QueryCheck.Of(body.Text, dialect.Value))
                    : Problems.Invalid("from", "must be brandwatch or x"))
            .WithName("importQuery").WithSummary("Write another tool's expression as Hearth does, or say what has no counterpart").RequireAuthorization("read");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(SavedQuery outcome) => outcome switch
    {
        SavedQuery.Done => TypedResults.NoContent(),
        SavedQuery.Invalid invalid => Problems.Invalid(invalid.Errors),
        _ => Problems.Unknown("query"),
    };
}
