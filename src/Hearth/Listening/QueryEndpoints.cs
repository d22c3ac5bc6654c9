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
public sealed record QueryCheck(string? Canonical, int? Position, string? Reason, string? Hint)
{
    public static QueryCheck Of(string? text) => ParseQuery.Read(text ?? "") switch
    {
        Parsed.Ok ok => new(ok.Query.ToString(), null, null, null),
        Parsed.Wrong wrong => new(null, wrong.Position, wrong.Reason, wrong.Hint),
        _ => throw new InvalidOperationException("A query is read or it is not."),
    };
}

internal static class QueryEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var queries = api.MapGroup("/queries").WithTags("Listening");
        queries.MapGet("/", async Task<Ok<IReadOnlyList<QueryView>>> (SavedQueries saved, CancellationToken ct) => TypedResults.Ok(await saved.All(ct)))
            .WithName("listQueries").WithSummary("Saved queries by name").RequireAuthorization("read");
        queries.MapPost("/", async Task<Results<Created<QueryView>, ProblemHttpResult>> (QueryDraft body, SavedQueries saved, CancellationToken ct) =>
                await saved.Add(body.Name ?? "", body.Text ?? "", ct) switch
                {
                    SavedQuery.Done done => TypedResults.Created($"/api/v1/queries/{done.Query.Value}", await saved.Of(done.Query, ct)),
                    SavedQuery.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("query"),
                })
            .WithName("addQuery").WithSummary("Save a query; stored mentions are looked through in the background").RequireAuthorization("write");
        queries.MapPut("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, QueryDraft body, SavedQueries saved, CancellationToken ct) =>
                await saved.Change(QueryId.From(id), body.Name ?? "", body.Text ?? "", ct) switch
                {
                    SavedQuery.Done => TypedResults.NoContent(),
                    SavedQuery.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("query"),
                })
            .WithName("changeQuery").WithSummary("Change a query").RequireAuthorization("write");
        queries.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SavedQueries saved, CancellationToken ct) =>
                await saved.Remove(QueryId.From(id), ct) ? TypedResults.NoContent() : Problems.Unknown("query"))
            .WithName("removeQuery").WithSummary("Remove a query; the mentions stay").RequireAuthorization("write");
        queries.MapPost("/check", Ok<QueryCheck> (QueryDraft body) => TypedResults.Ok(QueryCheck.Of(body.Text)))
            .WithName("checkQuery").WithSummary("Read an expression and say where it is at fault").RequireAuthorization("read");
        queries.MapPost("/preview", async Task<Results<Ok<QueryPreview>, ProblemHttpResult>> (QueryDraft body, SavedQueries saved, CancellationToken ct) =>
                ParseQuery.Read(body.Text ?? "") switch
                {
                    Parsed.Ok ok => TypedResults.Ok(await saved.Preview(ok.Query, ct)),
                    Parsed.Wrong wrong => Problems.Invalid("text", $"at character {wrong.Position + 1}: {wrong.Reason}; {wrong.Hint}"),
                    _ => throw new InvalidOperationException("A query is read or it is not."),
                })
            .WithName("previewQuery").WithSummary("What a query finds in the latest 5,000 mentions").RequireAuthorization("read");
    }
}
