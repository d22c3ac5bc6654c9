using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening;

/// <summary>A source to add.</summary>
/// <param name="Kind">"feed", "webhook", "bluesky" ...</param>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="Settings">What the kind needs (<c>GET /sources/kinds</c>): <c>url</c> of a feed, <c>account</c> of Bluesky; <c>keep</c> of any: "all" or "matched".</param>
/// <param name="Engage">True when its posts open conversations; left out, the kind decides.</param>
public sealed record SourceDraft(string? Kind, string? Name, IReadOnlyDictionary<string, string>? Settings, bool? Engage);

/// <summary>What to change of a source; what is left out stays.</summary>
/// <param name="Engage">True when its posts open conversations.</param>
/// <param name="State">active or paused; to remove a source, delete it.</param>
/// <param name="Settings">Settings to replace by name ("searches" of Bluesky); others stay.</param>
public sealed record SourceChange(bool? Engage, SourceState? State, IReadOnlyDictionary<string, string>? Settings = null);

/// <summary>A source that was added.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">A webhook's signing secret. It is shown this once.</param>
public sealed record AddedSource(SourceId Id, string? Secret);

/// <summary>Settings to try.</summary>
/// <param name="Kind">One of the kinds.</param>
/// <param name="Settings">What the kind needs.</param>
public sealed record SourceTrial(string? Kind, IReadOnlyDictionary<string, string>? Settings);

/// <summary>From when to read once more.</summary>
/// <param name="From">A moment in the past, RFC 3339.</param>
public sealed record SourceReplay(DateTimeOffset From);

internal static class SourceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var sources = api.MapGroup("/sources").WithTags("Listening");
        sources.MapGet("/", async Task<Ok<IReadOnlyList<SourceView>>> (Sources all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listSources").WithSummary("Sources by name").RequireAuthorization("read");
        sources.MapPost("/", async Task<Results<Created<AddedSource>, ProblemHttpResult>> (SourceDraft body, Sources all, CancellationToken ct) =>
                await all.Add(body.Kind ?? "", body.Name ?? "", body.Settings ?? new Dictionary<string, string>(), body.Engage, ct) switch
                {
                    KeptSource.Done done => TypedResults.Created($"/api/v1/sources/{done.Source.Value}", new AddedSource(done.Source, done.Secret)),
                    KeptSource.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("source"),
                })
            .WithName("addSource").WithSummary("Add a source; it is asked at once").RequireAuthorization("lead");
        sources.MapGet("/kinds", Ok<IReadOnlyList<SourceKind>> (Sources all) => TypedResults.Ok(all.KindsWithFields))
            .WithName("listSourceKinds").WithSummary("Kinds of sources and the settings that each needs").RequireAuthorization("read");
        sources.MapGet("/{id:guid}", async Task<Results<Ok<SourceView>, ProblemHttpResult>> (Guid id, Sources all, CancellationToken ct) =>
                await all.Find(SourceId.From(id), ct) is { } source ? TypedResults.Ok(source) : Problems.Unknown("source"))
            .WithName("readSource").WithSummary("One source: state, rate, lag, last error and next try").RequireAuthorization("read");
        sources.MapPost("/test", async Task<Results<Ok<Tried>, ProblemHttpResult>> (SourceTrial body, TrySource trial, CancellationToken ct) =>
                Answer(await trial.Run(body.Kind ?? "", body.Settings ?? new Dictionary<string, string>(), ct)))
            .WithName("testSourceSettings").WithSummary("Read one item with settings that are no source yet; nothing is stored").RequireAuthorization("lead");
        sources.MapPost("/{id:guid}/test", async Task<Results<Ok<Tried>, ProblemHttpResult>> (Guid id, TrySource trial, CancellationToken ct) => Answer(await trial.Run(SourceId.From(id), ct)))
            .WithName("testSource").WithSummary("Read one item of a source now; nothing is stored").RequireAuthorization("lead");
        sources.MapPost("/{id:guid}/replay", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SourceReplay body, Sources all, CancellationToken ct) => Kept(await all.Replay(SourceId.From(id), body.From, ct)))
            .WithName("replaySource").WithSummary("Read a source from a moment on once more; what is there already stays as it is").RequireAuthorization("lead");
        sources.MapPost("/{id:guid}/secret", async Task<Results<Ok<AddedSource>, ProblemHttpResult>> (Guid id, Sources all, CancellationToken ct) =>
                await all.NewSecret(SourceId.From(id), ct) is { } secret ? TypedResults.Ok(new AddedSource(SourceId.From(id), secret)) : Problems.Unknown("source that takes webhooks"))
            .WithName("renewSourceSecret").WithSummary("Give a source that takes webhooks a new secret, shown this once").RequireAuthorization("lead");
        sources.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Sources all, CancellationToken ct) => Kept(await all.Remove(SourceId.From(id), ct)))
            .WithName("removeSource").WithSummary("Remove a source; what was heard from it stays").RequireAuthorization("lead");
        sources.MapPatch("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SourceChange body, Sources all, CancellationToken ct) =>
                (body.Settings is { } settings ? await all.Set(SourceId.From(id), settings, ct) : null) switch
                {
                    KeptSource.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ when body.State == SourceState.Removed => Problems.Invalid("state", "must be active or paused"),
                    _ => await all.Change(SourceId.From(id), body.Engage, body.State, ct) is KeptSource.Done ? TypedResults.NoContent() : Problems.Unknown("source"),
                })
            .WithName("changeSource").WithSummary("Pause or resume a source, say whether it opens conversations, or change its settings").RequireAuthorization("lead");
    }

    private static Results<Ok<Tried>, ProblemHttpResult> Answer(Tried tried) => tried switch
    {
        Tried.Invalid invalid => Problems.Invalid(invalid.Errors),
        Tried.Unknown => Problems.Unknown("source"),
        _ => TypedResults.Ok(tried),
    };

    private static Results<NoContent, ProblemHttpResult> Kept(KeptSource outcome) => outcome switch
    {
        KeptSource.Done => TypedResults.NoContent(),
        KeptSource.Invalid invalid => Problems.Invalid(invalid.Errors),
        _ => Problems.Unknown("source"),
    };
}
