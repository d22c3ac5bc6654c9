using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Moderation;

/// <summary>Moderation over HTTP.</summary>
internal static class ModerationApi
{
    public static IServiceCollection AddModeration(this IServiceCollection services) => services
        .AddScoped<TakeDown>().AddScoped<PutBack>().AddScoped<DeleteIdea>().AddScoped<ReportIdea>().AddScoped<ReadModeration>();

    public static void MapModeration(this IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/moderation", async (ReadModeration read, CancellationToken ct) => TypedResults.Ok(await read.Log(ct)))
            .AllowAnonymous().WithSummary("The public log of moderation: how many were taken down, by month and reason");
        ideas.MapDelete("/{idea:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, HttpContext http, DeleteIdea delete, CancellationToken ct) =>
            Answer(await delete.By(http.Actor(), new(idea), ct)))
            .RequireAuthorization("community").WithSummary("Remove one's own idea for good").ProducesProblem(403).ProducesProblem(404);
        ideas.MapPost("/{idea:guid}/reports", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, ReportBody body, HttpContext http, ReportIdea report, CancellationToken ct) =>
            Answer(await report.By(http.Actor(), new(idea), body.Comment is { } comment ? new(comment) : null, body.Why, body.Note, ct)))
            .RequireAuthorization("community").WithSummary("Say that an idea or a comment should be taken down").ProducesProblem(400).ProducesProblem(404);
        ideas.MapGet("/reports", async Task<Results<Ok<Page<ReportLine>>, ProblemHttpResult>> (string? after, int? size, ReportIdea report, CancellationToken ct) =>
            await report.Waiting(after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("What readers reported and nobody has decided").ProducesProblem(400);
        ideas.MapDelete("/reports/{report:long}", async Task<Results<NoContent, ProblemHttpResult>> (long report, HttpContext http, ReportIdea reports, CancellationToken ct) =>
            await reports.Dismiss(http.Actor(), report, ct) ? TypedResults.NoContent() : Problems.Unknown("report"))
            .RequireAuthorization("write").WithSummary("Let stand what was reported").ProducesProblem(404);
        ideas.MapPost("/{idea:guid}/take-down", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, TakeDownBody body, HttpContext http, TakeDown down, CancellationToken ct) =>
            Answer(body switch
            {
                { Comment: { } comment } => await down.Comment(http.Actor(), new(idea), new(comment), body.Why, body.Note, ct),
                { Image: { } image } => await down.Image(http.Actor(), new(idea), new(image), body.Why, body.Note, ct),
                _ => await down.Idea(http.Actor(), new(idea), body.Why, body.Note, ct),
            }))
            .RequireAuthorization("write").WithSummary("Take an idea, a comment or an image down").ProducesProblem(400).ProducesProblem(404);
        ideas.MapPost("/{idea:guid}/put-back", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, PutBackBody body, HttpContext http, PutBack back, CancellationToken ct) =>
            Answer(body switch
            {
                { Comment: { } comment } => await back.Comment(http.Actor(), new(idea), new(comment), body.Note, ct),
                { Image: { } image } => await back.Image(http.Actor(), new(idea), new(image), body.Note, ct),
                _ => await back.Idea(http.Actor(), new(idea), body.Note, ct),
            }))
            .RequireAuthorization("write").WithSummary("Put back what was taken down").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>A report.</summary>
    /// <param name="Why">spam, insult, privateData, offTopic, unlawful or other.</param>
    /// <param name="Note">At most 1,000 characters; needed for other.</param>
    /// <param name="Comment">A comment below the idea; left out when the report is about the idea.</param>
    internal sealed record ReportBody(RemovalReason Why, string? Note = null, Guid? Comment = null);

    /// <summary>What to take down.</summary>
    /// <param name="Why">spam, insult, privateData, offTopic, unlawful or other.</param>
    /// <param name="Note">10 to 1,000 characters that the author is told.</param>
    /// <param name="Comment">A comment below the idea.</param>
    /// <param name="Image">A picture of the idea. The idea itself when both are left out.</param>
    internal sealed record TakeDownBody(RemovalReason Why, string Note, Guid? Comment = null, Guid? Image = null);

    /// <summary>What to put back.</summary>
    /// <param name="Note">10 to 1,000 characters that the author is told.</param>
    /// <param name="Comment">A comment below the idea.</param>
    /// <param name="Image">A picture of the idea. The idea itself when both are left out.</param>
    internal sealed record PutBackBody(string Note, Guid? Comment = null, Guid? Image = null);

    private static Results<NoContent, ProblemHttpResult> Answer(Moderated outcome) => outcome switch
    {
        Moderated.Stands => TypedResults.NoContent(),
        Moderated.Invalid invalid => Problems.Invalid(invalid.Errors),
        Moderated.NotYours => Problems.Refused("not-yours", "Somebody else wrote it.", StatusCodes.Status403Forbidden),
        Moderated.Gone => Problems.Refused("removed-by-author", "Its author removed it; nothing of it is kept."),
        _ => Problems.Unknown("idea, comment or image"),
    };
}
