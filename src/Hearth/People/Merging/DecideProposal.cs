using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Merging;

/// <summary>What became of a decision: exactly one of the nested cases.</summary>
public abstract record ProposalDecision
{
    private ProposalDecision() { }

    /// <summary>They are one now.</summary>
    public sealed record Merged(PersonId Kept, PersonId Joined) : ProposalDecision;

    /// <summary>They are not one, and it is not asked again.</summary>
    public sealed record Refused : ProposalDecision;

    /// <summary>Somebody was quicker.</summary>
    public sealed record DecidedAlready(ProposalState State, string? By) : ProposalDecision;

    public sealed record Unknown : ProposalDecision;
}

/// <summary>Answers whether two persons are one. Of two who answer at once, one does.</summary>
public sealed class DecideProposal(Database db, MergePersons merge, TimeProvider clock)
{
    /// <summary>They are: merges them.</summary>
    public Task<ProposalDecision> Accept(ProposalId id, string by, CancellationToken ct) => Decide(id, ProposalState.Accepted, by, ct);

    /// <summary>They are not.</summary>
    public Task<ProposalDecision> Refuse(ProposalId id, string by, CancellationToken ct) => Decide(id, ProposalState.Refused, by, ct);

    private Task<ProposalDecision> Decide(ProposalId id, ProposalState to, string by, CancellationToken ct) => db.InTransaction<ProposalDecision>(async () =>
    {
        await merge.Alone(ct);
        var now = clock.Now();
        var mine = await db.Set<ProposalRow>().Where(p => p.Id == id && p.State == ProposalState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, to).SetProperty(p => p.DecidedBy, by).SetProperty(p => p.DecidedAt, now), ct);
        if (await db.Set<ProposalRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } row) return new ProposalDecision.Unknown();
        if (mine == 0) return new ProposalDecision.DecidedAlready(row.State, row.DecidedBy);
        if (to == ProposalState.Refused) return new ProposalDecision.Refused();
        return await merge.Together(row.First, row.Second, by, ct) switch
        {
            PersonMerge.Done done => new ProposalDecision.Merged(done.Kept, done.Joined),
            PersonMerge.AlreadyOne one => new ProposalDecision.Merged(one.Person, row.Second),
            _ => new ProposalDecision.Unknown(),
        };
    }, ct);
}
