using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Customers;

/// <summary>Votes on behalf of somebody who asked for it elsewhere, with their post as evidence. A person has one vote, whatever they are known by.</summary>
/// <remarks>The evidence is kept before the vote and taken away after it, so that no vote ever stands without; calling again after a crash between the two ends the work.</remarks>
public sealed class VoteForCustomer(Database db, ReadMention mentions, OpenConversation open, PersonAccounts accounts, CastVote cast, ConversationSteps steps, TimeProvider clock)
{
    /// <param name="idea">Which idea.</param>
    /// <param name="mention">What they said.</param>
    /// <param name="stance">Promote or demote as they said it, or none to take the vote back.</param>
    /// <param name="by">Who of ours.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<FromPost> With(IdeaId idea, MentionId mention, Stance stance, Actor by, CancellationToken ct)
    {
        var (said, refused) = await RaiseIdea.Said(mentions, mention, ct);
        if (refused is not null) return refused;
        if (await db.Ideas.AsNoTracking().Where(i => i.Id == idea).Select(i => new { i.Title, i.Status }).SingleOrDefaultAsync(ct) is not { } about) return new FromPost.UnknownIdea();
        if (!about.Status.TakesVotes()) return new FromPost.Resting(about.Status);
        if (await db.InTransaction(() => accounts.For(said!.Person!.Value, ct), ct) is not { } voter) return new FromPost.Nameless();
        if (voter.IsTheirs) return new FromPost.VotesThemselves();

        if (stance != Stance.None) await Keep(idea, about.Title, said!, by, ct);
        var outcome = await cast.For(voter.Actor, idea, stance, ct) switch
        {
            VoteCast.Stands => (FromPost)new FromPost.Voted(idea, stance),
            VoteCast.Resting resting => new FromPost.Resting(resting.Status),
            _ => new FromPost.UnknownIdea(),
        };
        if (stance == Stance.None || outcome is not FromPost.Voted)
            await db.IdeaEvidence.Where(e => e.Idea == idea && e.Person == said!.Person && e.Kind == EvidenceKind.Vote).ExecuteDeleteAsync(ct);
        return outcome;
    }

    private async Task Keep(IdeaId idea, string title, MentionView said, Actor by, CancellationToken ct)
    {
        try
        {
            await db.InTransaction(async () =>
            {
                if (await db.IdeaEvidence.AnyAsync(e => e.Idea == idea && e.Person == said.Person && e.Kind == EvidenceKind.Vote && e.Mention == said.Id, ct)) return;
                var conversation = (await open.For(said.Id, by, ct)).Id;
                db.Add(new IdeaEvidence
                {
                    Idea = idea, Kind = EvidenceKind.Vote, Person = said.Person!.Value, Mention = said.Id, Conversation = conversation, By = by.Id, ByName = by.Name, At = clock.Now(),
                });
                if (conversation is { } talk) steps.Tell(talk, "idea-voted", title, "/ideas/desk/" + idea.Value, by);
                await db.SaveChangesAsync(ct);
            }, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget(); // somebody of ours did the same at once
        }
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}/customer-votes/{mention:guid}",
            async Task<Results<Ok<FromPost.Voted>, ProblemHttpResult>> (Guid idea, Guid mention, CustomerVote body, VoteForCustomer vote, HttpContext http, CancellationToken ct) =>
                await vote.With(new(idea), MentionId.From(mention), body.Stance, http.Actor(), ct) is var outcome && outcome is FromPost.Voted voted ? TypedResults.Ok(voted) : RaiseIdea.Refused(outcome))
        .WithName("voteForCustomer").WithSummary("Vote on behalf of whoever wrote a post, with the post as evidence").RequireAuthorization("write").ProducesProblem(404).ProducesProblem(409);
}

/// <summary>How a customer stands to an idea.</summary>
/// <param name="Stance">promote, demote, or none to take the vote back.</param>
public sealed record CustomerVote(Stance Stance);
