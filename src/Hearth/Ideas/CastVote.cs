using Hearth.Governance;
using Hearth.Ideas.DoubleDippers;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>This board counts votes of people with an account only.</summary>
    public sealed record NotForGuests : VoteCast;

    /// <summary>The idea is part of another one now, which takes the vote.</summary>
    internal sealed record IsMerged(IdeaId Into) : VoteCast;

    /// <summary>The epoch of the ranking must move before anything can be weighed.</summary>
    internal sealed record RulesAreDue : VoteCast;
}

/// <summary>Promotes, demotes or takes back: an account has one vote per idea, whatever it clicks and how often at once.</summary>
/// <remarks>Votes that come at once are committed together (<see cref="GroupCommit{TWant,TResult}"/>), each with its own outcome; inside a transaction of the caller's they join it.</remarks>
public sealed class CastVote(Database db, RankEpoch epoch, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Casts a whole vote.</summary>
    public Task<VoteCast> For(Actor voter, IdeaId idea, Stance stance, CancellationToken ct) => For(voter, idea, stance, Popularity.WholeVote, ct);

    /// <summary>Casts a vote that counts in part.</summary>
    public Task<VoteCast> For(Actor voter, IdeaId idea, Stance stance, int weight, CancellationToken ct) => For(voter, idea, stance, weight, null, ct);

    /// <summary>Casts a vote and keeps where it came from.</summary>
    /// <param name="voter">Whose vote.</param>
    /// <param name="idea">The idea; a vote on one that was merged goes to the one that stayed.</param>
    /// <param name="stance">Where the account wants to stand.</param>
    /// <param name="weight">Thousandths of a whole vote, 1 to 1,000; of a guest's, at most what the board lets it weigh.</param>
    /// <param name="from">What was seen of the request, kept with the vote for <see cref="FindDoubleDippers"/>; null when nothing was.</param>
    /// <param name="ct">Stops the waiting.</param>
    public async Task<VoteCast> For(Actor voter, IdeaId idea, Stance stance, int weight, VoteFrom? from, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, Popularity.WholeVote);
        if (voter.IsGuest)
        {
            var most = (await epoch.Board(ct)).GuestVotes;
            if (most == 0 && stance != Stance.None) return new VoteCast.NotForGuests(); // what was given before can still be taken back
            weight = Math.Clamp(weight, 1, Math.Max(most, 1));
        }

        for (var wanted = new VoteWanted(idea, voter.Id, stance, weight, clock.Now(), from); ;)
        {
            switch (await Cast(wanted, ct))
            {
                case VoteCast.RulesAreDue: await epoch.MoveIfDue(ct); break;
                case VoteCast.IsMerged merged: wanted = wanted with { Idea = merged.Into }; break;
                case var cast: return cast;
            }
        }
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}/vote",
        async Task<Results<Ok<VoteCast.Stands>, ProblemHttpResult>> (Guid idea, VoteBody body, HttpContext http, CastVote cast, SeeVoter see, CancellationToken ct) =>
            await cast.For(http.Actor(), new(idea), body.Stance, Popularity.WholeVote, await see.Of(http, ct), ct) switch
            {
                VoteCast.Stands stands => TypedResults.Ok(stands),
                VoteCast.Resting resting => Problems.Refused("votes-rest", $"The idea is {resting.Status.Words().ToLowerInvariant()} and keeps the votes it has."),
                VoteCast.NotForGuests => Problems.Refused("not-for-guests", "This board counts votes of people with an account only.", StatusCodes.Status403Forbidden),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("guest").WithSummary("Promote, demote or take the vote back").ProducesProblem(404).ProducesProblem(409);

    /// <summary>Where the account wants to stand.</summary>
    /// <param name="Stance">promote, demote or none; repeating it changes nothing.</param>
    internal sealed record VoteBody(Stance Stance);

    private async Task<VoteCast> Cast(VoteWanted wanted, CancellationToken ct) => !db.IsInTransaction
        ? await services.GetRequiredService<GroupCommit<VoteWanted, VoteCast>>().Do(wanted, ct)
        : (await services.GetRequiredService<CastVotesTogether>().Commit([wanted], ct))[0];
}
