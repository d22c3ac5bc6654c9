using Hearth.Governance;
using Hearth.Ideas.Customers;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>What became of a decision.</summary>
public abstract record DecidedCase
{
    private DecidedCase() { }

    /// <summary>The decision stands.</summary>
    /// <param name="State">Where the case stands now.</param>
    /// <param name="Votes">How many votes are held now, or count again.</param>
    public sealed record Stands(DipperState State, int Votes) : DecidedCase;

    /// <summary>Somebody else decided since the caller looked.</summary>
    public sealed record DecidedMeanwhile(DipperState Now) : DecidedCase;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : DecidedCase;

    public sealed record UnknownCase : DecidedCase;
}

/// <summary>A person decides whether held votes are honest. Every decision can be turned later; all of them stand in the record.</summary>
public sealed class DecideCase(Database db, HoldVotes hold, ReleaseVotes release, OneVoteEach each, TimeProvider clock)
{
    /// <summary>Decides.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="id">The case.</param>
    /// <param name="from">The state that the person saw.</param>
    /// <param name="to">Confirmed: the votes stay held, or are held again. Released: they count.</param>
    /// <param name="reason">10 to 1,000 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<DecidedCase> By(Actor by, DipperCaseId id, DipperState from, DipperState to, string reason, CancellationToken ct) => db.InTransaction<DecidedCase>(async () =>
    {
        reason = reason.Trim();
        var errors = new List<FieldError>();
        if (to is not (DipperState.Confirmed or DipperState.Released)) errors.Add(new("to", "must be confirmed or released"));
        if (to == from) errors.Add(new("to", "is where the case stands already"));
        if (reason.Length is < 10 or > 1_000 || reason.Contains('\0')) errors.Add(new("reason", "must have 10 to 1,000 characters"));
        if (errors.Count > 0) return new DecidedCase.Invalid(errors);

        var now = clock.Now();
        var decided = await db.DipperCases.Where(c => c.Id == id && c.State == from).ExecuteUpdateAsync(set => set.SetProperty(c => c.State, to)
            .SetProperty(c => c.By, by.Id).SetProperty(c => c.ByName, by.Name).SetProperty(c => c.Reason, reason).SetProperty(c => c.DecidedAt, now), ct);
        if (decided == 0)
        {
            return await db.DipperCases.Where(c => c.Id == id).Select(c => (DipperState?)c.State).SingleOrDefaultAsync(ct) is { } state
                ? new DecidedCase.DecidedMeanwhile(state) : new DecidedCase.UnknownCase();
        }

        var votes = await db.DipperVotes.Where(v => v.Case == id).Select(v => new VoteKey(v.Idea, v.User)).ToListAsync(ct);
        var changed = to == DipperState.Released ? await release.All(votes, reason, ct) : await hold.All(votes, reason, ct);
        if (to == DipperState.Released) await each.Of([.. votes.Select(v => v.User).Distinct()], ct); // honest, and yet a human has one vote
        db.Record(new DippersDecided(id, to, reason, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new DecidedCase.Stands(to, to == DipperState.Released ? changed.Count : votes.Count);
    }, ct);

    internal static void Map(IEndpointRouteBuilder dippers) => dippers.MapPost("/{id:guid}/decision",
        async Task<Results<Ok<DecidedCase.Stands>, ProblemHttpResult>> (Guid id, DecisionBody body, HttpContext http, DecideCase decide, CancellationToken ct) =>
            await decide.By(http.Actor(), new(id), body.From, body.To, body.Reason, ct) switch
            {
                DecidedCase.Stands stands => TypedResults.Ok(stands),
                DecidedCase.DecidedMeanwhile meanwhile => Problems.Refused("decided-meanwhile", $"Somebody decided meanwhile: {meanwhile.Now.ToString().ToLowerInvariant()}."),
                DecidedCase.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("case"),
            })
        .WithName("decideDipperCase").RequireAuthorization(Access.Write).WithSummary("Decide whether the held votes of a case are honest").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <summary>A decision.</summary>
    /// <param name="From">The state that was seen.</param>
    /// <param name="To">confirmed: the votes stay held, or are held again; released: they count.</param>
    /// <param name="Reason">10 to 1,000 characters.</param>
    internal sealed record DecisionBody(DipperState From, DipperState To, string Reason);
}
