using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening;

/// <summary>A source to add.</summary>
/// <param name="Kind">"feed", "webhook", "bluesky" ...</param>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="Settings">What the kind needs: <c>url</c> of a feed, <c>account</c> of Bluesky.</param>
/// <param name="Engage">True when its posts open conversations; left out, the kind decides.</param>
public sealed record SourceDraft(string? Kind, string? Name, IReadOnlyDictionary<string, string>? Settings, bool? Engage);

/// <summary>What to change of a source; what is left out stays.</summary>
/// <param name="Engage">True when its posts open conversations.</param>
/// <param name="State">active or paused.</param>
/// <param name="Settings">Settings to replace by name ("searches" of Bluesky); others stay.</param>
public sealed record SourceChange(bool? Engage, SourceState? State, IReadOnlyDictionary<string, string>? Settings = null);

/// <summary>A source that was added.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">A webhook's signing secret. It is shown this once.</param>
public sealed record AddedSource(SourceId Id, string? Secret);

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
        sources.MapPatch("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SourceChange body, Sources all, CancellationToken ct) =>
                (body.Settings is { } settings ? await all.Set(SourceId.From(id), settings, ct) : null) switch
                {
                    KeptSource.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => await all.Change(SourceId.From(id), body.Engage, body.State, ct) is KeptSource.Done ? TypedResults.NoContent() : Problems.Unknown("source"),
                })
            .WithName("changeSource").WithSummary("Pause or resume a source, say whether it opens conversations, or change its settings").RequireAuthorization("lead");
    }
}
