using Hearth.Governance;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>Votes were held back: they are shown as held and count nowhere until they are released.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Voters">Whose votes.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="At">When.</param>
public sealed record VotesHeld(IdeaId Idea, IReadOnlyList<UserId> Voters, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Held votes count again, each by the day it was given.</summary>
/// <inheritdoc cref="VotesHeld"/>
public sealed record VotesReleased(IdeaId Idea, IReadOnlyList<UserId> Voters, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Takes votes out of score, points and counts without losing them.</summary>
public sealed class HoldVotes(Database db, RankEpoch epoch, TimeProvider clock)
{
    /// <summary>Holds those of the votes that stand and are not held; the others stay as they are, so repeating it changes nothing.</summary>
    /// <param name="votes">Any number of them.</param>
    /// <param name="reason">Why, for the facts that tell of it.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The votes that changed.</returns>
    public Task<IReadOnlyList<VoteKey>> All(IReadOnlyCollection<VoteKey> votes, string reason, CancellationToken ct) => Put(votes, true, reason, ct);

    /// <summary>Holds or releases.</summary>
    internal Task<IReadOnlyList<VoteKey>> Put(IReadOnlyCollection<VoteKey> votes, bool held, string reason, CancellationToken ct) => db.InTransaction<IReadOnlyList<VoteKey>>(async () =>
    {
        IdeaId[] ideas = [.. votes.Select(v => v.Idea).Distinct()];
        var all = db.Ideas;
        var isCarried = await all.AnyAsync(i => ideas.Contains(i.Id) && (i.Standing == IdeaStanding.Merged || all.Any(m => m.MergedInto == i.Id)), ct);
        var board = isCarried ? await epoch.HoldAlone(ct) : await epoch.Hold(ct);
        var tallies = await VoteTally.Lock(db, ideas, ct);
        var changed = new List<VoteKey>();
        var touched = new HashSet<VoteTally>();
        var originals = new List<VoteKey>();
        foreach (var some in votes.Distinct().Chunk(1_000))
        {
            var (rows, changes) = (new List<VoteKey>(), new List<VoteDayChange>());
            foreach (var vote in (await VoteRows.Read(db, some, ct)).Values.Where(v => v.Held != held))
            {
                var other = new IdeaVote { Idea = vote.Idea, User = vote.User, Stance = vote.Stance, At = vote.At, Weight = vote.Weight, Held = held };
                rows.Add(new(vote.Idea, vote.User));
                if (vote.CarriedFrom is { } from) originals.Add(new(from, vote.User));
                foreach (var change in (VoteDayChange[])[VoteDayChange.Of(vote, -1), VoteDayChange.Of(other, 1)])
                {
                    changes.Add(change);
                    tallies[vote.Idea].Add(change, board);
                    touched.Add(tallies[vote.Idea]);
                }
            }

            await VoteRows.Hold(db, rows, held, ct);
            await VoteRows.AddDays(db, VoteDayChange.Summed(changes), ct);
            changed.AddRange(rows);
        }

        await VoteTally.Write(db, touched, board, ct);
        await VoteRows.Hold(db, originals, held, ct); // the copy goes with its original, or the next merge would lose what was decided
        foreach (var merged in touched.Where(t => t.Standing == IdeaStanding.Merged)) await db.CarryVotesTo(await db.ShownFor(merged.Idea, ct), ct);
        foreach (var idea in changed.GroupBy(v => v.Idea))
        {
            UserId[] voters = [.. idea.Select(v => v.User)];
            if (held) db.RecordOneOfMany(new VotesHeld(idea.Key, voters, reason, clock.Now()));
            else db.RecordOneOfMany(new VotesReleased(idea.Key, voters, reason, clock.Now()));
        }

        await db.SaveChangesAsync(ct);
        return changed;
    }, ct);
}

/// <summary>Lets held votes count again: score, points and counts are then what they would be had nobody held them.</summary>
public sealed class ReleaseVotes(HoldVotes hold)
{
    /// <inheritdoc cref="HoldVotes.All"/>
    /// <summary>Releases those of the votes that are held; the others stay as they are.</summary>
    public Task<IReadOnlyList<VoteKey>> All(IReadOnlyCollection<VoteKey> votes, string reason, CancellationToken ct) => hold.Put(votes, false, reason, ct);
}
