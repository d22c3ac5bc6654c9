using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Ideas.Customers;

/// <summary>What became of an answer: exactly one of the nested cases.</summary>
public abstract record AnsweredCustomer
{
    private AnsweredCustomer() { }

    /// <summary>It stands below the idea.</summary>
    /// <param name="Comment">The comment.</param>
    /// <param name="There">What became of it on the network; null when it was not to be said there.</param>
    public sealed record Stands(IdeaCommentId Comment, Reply? There) : AnsweredCustomer;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : AnsweredCustomer;

    /// <summary>It could not be said on the network, so it was said nowhere.</summary>
    public sealed record NotThere(Reply Why) : AnsweredCustomer;

    public sealed record UnknownIdea : AnsweredCustomer;

    /// <summary>There is no such conversation, or it has nothing to do with this idea.</summary>
    public sealed record UnknownConversation : AnsweredCustomer;
}

/// <summary>Answers an idea that came from a conversation: below the idea for everybody, on the conversation's timeline, and, when wanted, to the person where they spoke. All of it or nothing.</summary>
public sealed class AnswerCustomer(Database db, ReadEvidence evidence, CommentOnIdea comment, ReplyToConversation reply, ConversationSteps steps)
{
    /// <param name="by">Who of ours.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="id">Chosen by the caller; the same id again changes nothing.</param>
    /// <param name="body">2 to 4,000 characters; no longer than the network takes when it is said there too.</param>
    /// <param name="conversation">One that the idea, or a vote on it, came from.</param>
    /// <param name="seen">The conversation's version as the writer saw it, to say it there too; null to say it below the idea alone.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<AnsweredCustomer> With(Actor by, IdeaId idea, IdeaCommentId id, string body, ConversationId conversation, int? seen, CancellationToken ct) => db.InTransaction<AnsweredCustomer>(async () =>
    {
        var about = await evidence.About(conversation, ct);
        if (about.FirstOrDefault(a => a.Idea == idea) is not { } found) return new AnsweredCustomer.UnknownConversation();
        if (body.Trim().Length is < 2 or > CommentOnIdea.MaxBody) return new AnsweredCustomer.Invalid([new("body", $"must have 2 to {CommentOnIdea.MaxBody:N0} characters")]);
        if (await comment.Is(id, ct)) return new AnsweredCustomer.Stands(id, null);
        Reply? there = null;
        if (seen is { } version)
        {
            there = await reply.With(conversation, body, version, by, null, ct);
            if (there is not (Reply.Queued or Reply.ByHand)) return new AnsweredCustomer.NotThere(there);
        }

        switch (await comment.By(by, idea, id, body, ct))
        {
            case Commented.Stands:
                steps.Tell(conversation, "idea-answered", found.Title, "/ideas/desk/" + idea.Value + "#comments", by);
                await db.SaveChangesAsync(ct);
                return new AnsweredCustomer.Stands(id, there);
            case var refused: throw new InvalidOperationException($"An answer that fitted was refused: {refused}."); // takes the reply back
        }
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/{idea:guid}/answers",
            async Task<Results<Created<AnsweredCustomer.Stands>, ProblemHttpResult>> (Guid idea, CustomerAnswer body, AnswerCustomer answer, HttpContext http, CancellationToken ct) =>
                await answer.With(http.Actor(), new(idea), body.Id is { } id ? new(id) : IdeaCommentId.New(), body.Body ?? "", ConversationId.From(body.Conversation), body.Version, ct) switch
                {
                    AnsweredCustomer.Stands stands => TypedResults.Created($"/api/v1/ideas/{idea}/comments", stands),
                    AnsweredCustomer.Invalid invalid => Problems.Invalid(invalid.Errors),
                    AnsweredCustomer.NotThere { Why: Reply.TooLong l } => Problems.Invalid("body", $"has {l.Length} {l.Unit} with your signature; the network takes {l.Limit}"),
                    AnsweredCustomer.NotThere { Why: Reply.AnsweredMeanwhile } => Problems.Refused("answered-meanwhile", "The brand has spoken there since you looked."),
                    AnsweredCustomer.NotThere => Problems.Refused("cannot-be-answered", "What would be answered there was deleted by its author."),
                    _ => Problems.Unknown("conversation about this idea"),
                })
        .WithName("answerCustomer").WithSummary("Answer below an idea and, when wanted, in the conversation it came from").RequireAuthorization("write").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
}

/// <summary>An answer to somebody whose words an idea or a vote came from.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Body">2 to 4,000 characters.</param>
/// <param name="Version">The conversation's version as you saw it, to say it there too; left out to say it below the idea alone.</param>
/// <param name="Id">Chosen by the caller so that a repeated request answers once; made here when left out.</param>
public sealed record CustomerAnswer(Guid Conversation, string? Body, int? Version = null, Guid? Id = null);
