using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Which model to use.</summary>
/// <param name="Version">Of a model of the task; null for what ships.</param>
public sealed record ModelChoice(int? Version);

internal static class ModelEndpoints
{
    private const int MostOfQueue = 100;

    public static IServiceCollection AddReadingModels(this IServiceCollection services) => services
        .AddSingleton<Readers>().AddScoped<ReadingModels>().AddScoped<ConfirmMention>().AddScoped<LabelQueue>().AddScoped<ReadingDrift>()
        .AddRecurringJob<LearnFromPeople, LearnFromPeopleRun>(LearnFromPeopleRun.Every);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reading/models", async Task<Ok<IReadOnlyList<ModelView>>> (ReadingModels models, CancellationToken ct) => TypedResults.Ok(await models.All(ct)))
            .WithTags("Listening").WithName("listReadingModels").WithSummary("The models that were learned, the latest first, with how each read what was held out").RequireAuthorization("read");
        api.MapPut("/reading/models/{task}/current", async Task<Results<NoContent, ProblemHttpResult>> (string task, ModelChoice body, ReadingModels models, HttpContext http, CancellationToken ct) =>
            {
                if (!Enum.TryParse<ModelTask>(task, ignoreCase: true, out var kind) || kind is not (ModelTask.Sentiment or ModelTask.Intent or ModelTask.Mismatches)) return Problems.Invalid([new("task", "must be sentiment, intent or mismatches")]);
                return await models.Use(kind, body.Version, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("model");
            })
            .WithTags("Listening").WithName("useReadingModel").WithSummary("Read by another version from now on, or by what ships").RequireAuthorization("lead");
        api.MapGet("/reading/drift", async Task<Ok<IReadOnlyList<DriftWeek>>> (ReadingDrift drift, CancellationToken ct) => TypedResults.Ok(await drift.Run(ct)))
            .WithTags("Listening").WithName("readReadingDrift").WithSummary("Whether reading drifts, by week").RequireAuthorization("read");
        api.MapGet("/reading/queue", async Task<Results<Ok<IReadOnlyList<WorthLabelling>>, ProblemHttpResult>> (LabelQueue queue, int? limit, CancellationToken ct) =>
                limit is < 1 or > MostOfQueue ? Problems.Invalid([new("limit", $"must be 1 to {MostOfQueue}")]) : TypedResults.Ok(await queue.Top(limit ?? 10, ct)))
            .WithTags("Listening").WithName("readLabelQueue").WithSummary("The mentions whose label would teach most").RequireAuthorization("read");
        api.MapPut("/mentions/{id:guid}/confirmation", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ConfirmMention confirm, HttpContext http, CancellationToken ct) =>
                await confirm.Run(http.Actor(), MentionId.From(id), null, ct) ? TypedResults.NoContent() : Problems.Unknown("mention"))
            .WithTags("Listening").WithName("confirmMention").WithSummary("Say that the sentiment and the purpose of a mention, and what fell short in it, were read rightly").RequireAuthorization("write");
    }
}
