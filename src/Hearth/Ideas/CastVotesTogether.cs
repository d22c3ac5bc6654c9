using Hearth.Governance;
using Hearth.Ideas.DoubleDippers;
using Hearth.Ideas.Merging;
using Hearth.Platform;

namespace Hearth.Ideas;

/// <summary>What one account wants with its vote.</summary>
internal sealed record VoteWanted(IdeaId Idea, UserId Voter, Stance Stance, int Weight, DateTimeOffset At, VoteFrom? From = null);

/// <summary>
/// The votes of many in one transaction. 1. Hold the rules. 2. Lock the ideas, in order: whoever else votes on one of them waits until we have committed. 3. Read the votes
/// that there are. 4. Work out each wish, one after the other. 5. Write votes, days, ideas, what was seen and facts, each by one statement.
/// </summary>
internal sealed class CastVotesTogether(Database db, RankEpoch epoch) : ICommitTogether<VoteWanted, VoteCast>
{
    public async Task<IReadOnlyList<VoteCast>> Commit(IReadOnlyList<VoteWanted> wants, CancellationToken ct)
    {
        // Step 1
        var board = await epoch.Hold(ct);
        if (wants.Any(w => board.IsDue(w.At))) return [.. wants.Select(_ => new VoteCast.RulesAreDue())];

        // Steps 2 and 3
        var tallies = await VoteTally.Lock(db, [.. wants.Select(w => w.Idea).Distinct()], ct);
        var before = await VoteRows.Read(db, [.. wants.Select(w => new VoteKey(w.Idea, w.Voter)).Distinct()], ct);

        // Step 4
        var (now, changes, changed) = (new Dictionary<VoteKey, IdeaVote?>(), new List<VoteDayChange>(), new HashSet<VoteTally>());
        var outcomes = new List<VoteCast>(wants.Count);
        foreach (var want in wants) outcomes.Add(One(want));

        // Step 5
        await VoteRows.Put(db, [.. now.Values.OfType<IdeaVote>()], ct);
        await VoteRows.Remove(db, [.. now.Where(n => n.Value is null && before.ContainsKey(n.Key)).Select(n => n.Key)], ct);
        foreach (var back in now.Where(n => n.Value is null)) await db.TakeBackBelow(back.Key.Idea, back.Key.User, ct);
        await VoteRows.AddDays(db, VoteDayChange.Summed(changes), ct);
        await VoteTally.Write(db, changed, board, ct);
        await SignalRows.Put(db, [.. wants.Zip(outcomes).Where(o => o.First is { From: not null, Stance: not Stance.None } && o.Second is VoteCast.Stands).Select(o => SignalRows.Of(o.First.Voter, o.First.Idea, o.First.At, o.First.From!))], ct);
        await db.SaveChangesAsync(ct);
        return outcomes;

        VoteCast One(VoteWanted want)
        {
            if (!tallies.TryGetValue(want.Idea, out var tally) || tally.Standing == IdeaStanding.Removed) return new VoteCast.UnknownIdea();
            if (tally is { Standing: IdeaStanding.Merged, MergedInto: { } into }) return new VoteCast.IsMerged(into);
            if (!tally.Status.TakesVotes()) return new VoteCast.Resting(tally.Status);

            var key = new VoteKey(want.Idea, want.Voter);
            var had = now.TryGetValue(key, out var mine) ? mine : before.GetValueOrDefault(key);
            if ((had?.Stance ?? Stance.None) != want.Stance || (had is not null && had.Weight != want.Weight))
            {
                var wanted = want.Stance == Stance.None ? null
                    : new IdeaVote { Idea = want.Idea, User = want.Voter, Stance = want.Stance, At = want.At, Weight = want.Weight, Held = had?.Held ?? false };
                if (had is not null) Change(VoteDayChange.Of(had, -1));
                if (wanted is not null) Change(VoteDayChange.Of(wanted, 1));
                now[key] = wanted;
                if ((had?.Stance ?? Stance.None) != want.Stance) db.RecordOneOfMany(new IdeaVoted(want.Idea, want.Voter, had?.Stance ?? Stance.None, want.Stance, want.At));
            }

            return new VoteCast.Stands(want.Stance, board.Popular.Points(tally.Net), tally.Promotions, tally.Demotions);

            void Change(VoteDayChange change)
            {
                tally.Add(change, board);
                changes.Add(change);
                changed.Add(tally);
            }
        }
    }
}
