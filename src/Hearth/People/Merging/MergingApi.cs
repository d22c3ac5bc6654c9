using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.People.Merging;

/// <summary>With whom a person is one.</summary>
/// <param name="Other">The other person.</param>
public sealed record MergeBody(Guid Other);

/// <summary>Two persons who are one.</summary>
/// <param name="Person">Who stands for both.</param>
/// <param name="Joined">Name this one to part them again.</param>
public sealed record MergedView(Guid Person, Guid Joined);

internal static class MergingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        people.MapGet("/proposals", async Task<Results<Ok<Page<ProposalView>>, ProblemHttpResult>> (ReadProposals read, CancellationToken ct, Word<ProposalState>? state = null, string? after = null, int? size = null) =>
                await read.List(state?.Value ?? ProposalState.Open, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listMergeProposals").WithSummary("Persons who may be one, with what speaks for it, what is nearest to proof first").RequireAuthorization("read");
        people.MapPost("/proposals/{id:guid}/accept", async Task<Results<Ok<MergedView>, ProblemHttpResult>> (Guid id, DecideProposal decide, HttpContext http, CancellationToken ct) =>
                await decide.Accept(ProposalId.From(id), By(http), ct) switch
                {
                    ProposalDecision.Merged merged => TypedResults.Ok(new MergedView(merged.Kept.Value, merged.Joined.Value)),
                    ProposalDecision.DecidedAlready decided => Decided(decided),
                    _ => Problems.Unknown("proposal"),
                })
            .WithName("acceptMerge").WithSummary("Say that they are one: merges them").RequireAuthorization("write");
        people.MapPost("/proposals/{id:guid}/refuse", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, DecideProposal decide, HttpContext http, CancellationToken ct) =>
                await decide.Refuse(ProposalId.From(id), By(http), ct) switch
                {
                    ProposalDecision.Refused => TypedResults.NoContent(),
                    ProposalDecision.DecidedAlready decided => Decided(decided),
                    _ => Problems.Unknown("proposal"),
                })
            .WithName("refuseMerge").WithSummary("Say that they are not one: it is not asked again").RequireAuthorization("write");
        people.MapPost("/{id:guid}/merge", async Task<Results<Ok<MergedView>, ProblemHttpResult>> (Guid id, MergeBody body, MergePersons merge, HttpContext http, CancellationToken ct) =>
                await merge.Together(PersonId.From(id), PersonId.From(body.Other), By(http), ct) switch
                {
                    PersonMerge.Done done => TypedResults.Ok(new MergedView(done.Kept.Value, done.Joined.Value)),
                    PersonMerge.AlreadyOne => Problems.Refused("already-one", "They are one already."),
                    _ => Problems.Unknown("person"),
                })
            .WithName("mergePersons").WithSummary("Say that two persons are one").RequireAuthorization("write");
        people.MapPost("/{id:guid}/part", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, MergePersons merge, HttpContext http, CancellationToken ct) =>
                await merge.Part(PersonId.From(id), By(http), ct) ? TypedResults.NoContent() : Problems.Refused("joined-nobody", "This person joined nobody."))
            .WithName("partPersons").WithSummary("Undo the merge by which a person joined another").RequireAuthorization("write");
        people.MapGet("/{id:guid}/merges", async Task<Ok<IReadOnlyList<MergeView>>> (Guid id, ReadProposals read, CancellationToken ct) => TypedResults.Ok(await read.Merges(PersonId.From(id), ct)))
            .WithName("listMerges").WithSummary("The merges that made a person what they are, and those that were undone").RequireAuthorization("read");
    }

    private static string By(HttpContext http) => http.User.Identity?.Name ?? "the API";

    private static ProblemHttpResult Decided(ProposalDecision.DecidedAlready decided) => Problems.Refused("decided", $"It was {(decided.State == ProposalState.Accepted ? "accepted" : "refused")} already.");
}
