using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>What became of a vote.</summary>
public abstract record VoteCast
{
    private VoteCast() { }

    /// <summary>The account stands where it wanted to; repeating the vote changes nothing.</summary>
    public sealed record Stands(Stance Stance, int Points, int Promotions, int Demotions) : VoteCast;

    /// <summary>The idea is done, offered already or archived and keeps the votes it has.</summary>
    public sealed record Resting(IdeaStatus Status) : VoteCast;

    public sealed record UnknownIdea : VoteCast;
}

/// <summary>Promotes, demotes or takes back: an account has one vote per idea, whatever it clicks and how often at once.</summary>
/// <remarks>
/// The vote's row is the lock: it is inserted, or held, before anything is added to the idea, and the idea is changed by an increment, never read
/// and then written.
/// </remarks>
public sealed class CastVote(Database db, RankEpoch epoch, TimeProvider clock)
{
    public async Task<VoteCast> For(Actor voter, IdeaId idea, Stance stance, CancellationToken ct)
    {
        await epoch.MoveIfDue(ct);
        return await db.InTransaction<VoteCast>(async () =>
        {
            var popularity = await epoch.Hold(ct);
            if (await db.Ideas.Where(i => i.Id == idea).Select(i => (IdeaStatus?)i.Status).SingleOrDefaultAsync(ct) is not { } status) return new VoteCast.UnknownIdea();
            if (!status.TakesVotes()) return new VoteCast.Resting(status);

            var now = clock.Now();
            var units = popularity.UnitsOf(now);
            var before = await Replace(idea, voter.Id, stance, now, units, ct);
            if (before.Stance != stance)
            {
                await Count(idea, before, (stance, units), ct);
                db.Record(new IdeaVoted(idea, voter.Id, before.Stance, stance, now));
                await db.SaveChangesAsync(ct);
            }

            return await db.Ideas.Where(i => i.Id == idea).Select(i => new VoteCast.Stands(stance, i.Points, i.Promotions, i.Demotions)).SingleAsync(ct);
        }, ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}/vote",
        async Task<Results<Ok<VoteCast.Stands>, ProblemHttpResult>> (Guid idea, VoteBody body, HttpContext http, CastVote cast, CancellationToken ct) =>
            await cast.For(http.Actor(), new(idea), body.Stance, ct) switch
            {
                VoteCast.Stands stands => TypedResults.Ok(stands),
                VoteCast.Resting resting => Problems.Refused("votes-rest", $"The idea is {resting.Status.Words().ToLowerInvariant()} and keeps the votes it has."),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("community").WithSummary("Promote, demote or take the vote back").ProducesProblem(404).ProducesProblem(409);

    /// <summary>Where the account wants to stand.</summary>
    /// <param name="Stance">promote, demote or none; repeating it changes nothing.</param>
    internal sealed record VoteBody(Stance Stance);

    /// <summary>Puts the vote's row as wanted and answers how it was before; an unchanged one keeps its time.</summary>
    private async Task<(Stance Stance, long Units)> Replace(IdeaId idea, UserId user, Stance stance, DateTimeOffset now, long units, CancellationToken ct)
    {
        while (true)
        {
            if (stance != Stance.None && await Insert(idea, user, stance, now, units, ct)) return (Stance.None, 0);
            if (await Held(idea, user, ct) is not { } held)
            {
                if (stance == Stance.None) return (Stance.None, 0);
                continue; // taken back between our insert and our look: ours is new after all
            }

            if (held.Stance == stance) return (stance, held.Units);
            var mine = db.IdeaVotes.Where(v => v.Idea == idea && v.User == user);
            _ = stance == Stance.None
                ? await mine.ExecuteDeleteAsync(ct)
                : await mine.ExecuteUpdateAsync(set => set.SetProperty(v => v.Stance, stance).SetProperty(v => v.At, now).SetProperty(v => v.Units, units), ct);
            return (held.Stance, held.Units);
        }
    }

    private async Task<bool> Insert(IdeaId idea, UserId user, Stance stance, DateTimeOffset now, long units, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ideas_votes (idea, "user", stance, at, units)
            VALUES ({Key(idea.Value)}, {Key(user.Value)}, {(int)stance}, {now.ToUnixMicroseconds()}, {units}) ON CONFLICT DO NOTHING
            """, ct) == 1;

    private async Task<IdeaVote?> Held(IdeaId idea, UserId user, CancellationToken ct)
    {
        var rows = db.Kind == DatabaseKind.Postgres
            ? db.IdeaVotes.FromSql($"""SELECT * FROM ideas_votes WHERE idea = {idea.Value} AND "user" = {user.Value} FOR UPDATE""")
            : db.IdeaVotes.Where(v => v.Idea == idea && v.User == user);
        return (await rows.AsNoTracking().ToListAsync(ct)).SingleOrDefault();
    }

    private async Task Count(IdeaId idea, (Stance Stance, long Units) before, (Stance Stance, long Units) after, CancellationToken ct)
    {
        var score = (int)after.Stance * after.Units - (int)before.Stance * before.Units;
        var points = Popularity.PointsPerVote * ((int)after.Stance - (int)before.Stance);
        var promotions = Is(after, Stance.Promote) - Is(before, Stance.Promote);
        var demotions = Is(after, Stance.Demote) - Is(before, Stance.Demote);
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Score, i => i.Score + score).SetProperty(i => i.Points, i => i.Points + points)
            .SetProperty(i => i.Promotions, i => i.Promotions + promotions).SetProperty(i => i.Demotions, i => i.Demotions + demotions), ct);
    }

    private static int Is((Stance Stance, long Units) vote, Stance stance) => vote.Stance == stance ? 1 : 0;

    // Statements of our own do not pass the model's conversions.
    private object Key(Guid id) => db.Kind == DatabaseKind.Postgres ? id : id.ToByteArray(bigEndian: true);
}
