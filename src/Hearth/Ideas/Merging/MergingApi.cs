using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Merging;

/// <summary>Merging over HTTP, and the way from a merged idea's address to the one that is shown for it.</summary>
internal static class MergingApi
{
    public static IServiceCollection AddMerging(this IServiceCollection services) => services.AddScoped<MergeIdeas>().AddScoped<ReadMerges>().AddScoped<PreviewMerge>();

    /// <summary>
    /// Whoever reads a merged idea by its old address is sent to the same place of the one that is shown. Permanently as far as the idea is concerned; kept by nobody,
    /// because a merge can be undone.
    /// </summary>
    public static RouteGroupBuilder LeadMergedOn(this RouteGroupBuilder ideas)
    {
        ideas.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!HttpMethods.IsGet(http.Request.Method) || !Guid.TryParse(http.Request.RouteValues["idea"] as string, out var id)) return await next(context);
            var shown = await http.RequestServices.GetRequiredService<ReadMerges>().ShownFor(new(id), http.RequestAborted);
            if (shown.Value == id) return await next(context);
            http.Response.Headers.CacheControl = "no-cache";
            var path = http.Request.PathBase + http.Request.Path.Value!.Replace((string)http.Request.RouteValues["idea"]!, shown.Value.ToString(), StringComparison.Ordinal);
            return TypedResults.Redirect(path + http.Request.QueryString, permanent: true);
        });
        return ideas;
    }

    public static void MapMerging(this IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/merges", async Task<Results<Ok<IdeaMerges>, ProblemHttpResult>> (Guid idea, ReadMerges read, CancellationToken ct) =>
            await read.Of(new(idea), ct) is { } merges ? TypedResults.Ok(merges) : Problems.Unknown("idea"))
            .AllowAnonymous().WithSummary("What was merged into it, by whom and why").ProducesProblem(404);
        ideas.MapPost("/{idea:guid}/merge", async Task<Results<Ok<MergedIdeas.Stands>, ProblemHttpResult>> (
            Guid idea, MergeBody body, HttpContext http, MergeIdeas merge, CancellationToken ct) =>
            Answer(await merge.Into(http.Actor(), new(idea), new(body.Into), body.Reason, ct)))
            .RequireAuthorization("write").WithSummary("Make an idea part of another one").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        ideas.MapPost("/{idea:guid}/unmerge", async Task<Results<Ok<MergedIdeas.Stands>, ProblemHttpResult>> (
            Guid idea, UnmergeBody body, HttpContext http, MergeIdeas merge, CancellationToken ct) =>
            Answer(await merge.Undo(http.Actor(), new(idea), body.Reason, ct)))
            .RequireAuthorization("write").WithSummary("Let a merged idea stand for itself again").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>A merge to be made.</summary>
    /// <param name="Into">The idea that stays.</param>
    /// <param name="Reason">10 to 2,000 characters for the public to read.</param>
    internal sealed record MergeBody(Guid Into, string Reason);

    /// <summary>A merge to be undone.</summary>
    /// <param name="Reason">10 to 2,000 characters for the public to read.</param>
    internal sealed record UnmergeBody(string Reason);

    private static Results<Ok<MergedIdeas.Stands>, ProblemHttpResult> Answer(MergedIdeas outcome) => outcome switch
    {
        MergedIdeas.Stands stands => TypedResults.Ok(stands),
        MergedIdeas.Elsewhere elsewhere => Problems.Refused("stands-elsewhere", elsewhere.Sentence()),
        MergedIdeas.Invalid invalid => Problems.Invalid(invalid.Errors),
        _ => Problems.Unknown("idea"),
    };

    /// <summary>Where the idea is that was in the way, for a person.</summary>
    public static string Sentence(this MergedIdeas.Elsewhere elsewhere) => $"The idea {elsewhere.Idea.Value} " + elsewhere.Standing switch
    {
        IdeaStanding.Merged => "is part of another one already.",
        IdeaStanding.Removed => "was taken down.",
        _ => "is not merged.",
    };
}
