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

/// <summary>What became of making an idea of a post, or a vote of one: exactly one of the nested cases.</summary>
public abstract record FromPost
{
    private FromPost() { }

    /// <summary>The idea stands, and its author is the person who wrote the post.</summary>
    public sealed record Raised(IdeaId Idea, ConversationId Conversation) : FromPost;

    /// <summary>The person's vote stands.</summary>
    public sealed record Voted(IdeaId Idea, Stance Stance) : FromPost;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : FromPost;

    /// <summary>The idea is done, offered already or archived and keeps the votes it has.</summary>
    public sealed record Resting(IdeaStatus Status) : FromPost;

    /// <summary>The person has an account of their own by now and votes themselves.</summary>
    public sealed record VotesThemselves : FromPost;

    /// <summary>There is no such post, or it was deleted by its author.</summary>
    public sealed record UnknownPost : FromPost;

    /// <summary>The source does not say who wrote it: nobody could be named or told.</summary>
    public sealed record Nameless : FromPost;

    /// <summary>The brand does not speak for itself in the name of others.</summary>
    public sealed record OwnPost : FromPost;

    public sealed record UnknownIdea : FromPost;
}

/// <summary>Puts on the board what somebody said elsewhere, in their name and with their post as evidence.</summary>
public sealed class RaiseIdea(Database db, ReadMention mentions, ReadConversation conversations, OpenConversation open, PersonAccounts accounts, PostIdea post, ConversationSteps steps, TimeProvider clock)
{
    /// <summary>Raises an idea from a post; a conversation is opened when the post stands in none.</summary>
    /// <param name="mention">The post.</param>
    /// <param name="id">Chosen by the caller; the same id again changes nothing and answers the same.</param>
    /// <param name="draft">The idea in clear words; whoever raises it writes it from what was said.</param>
    /// <param name="by">Who of ours.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<FromPost> From(MentionId mention, IdeaId id, IdeaDraft draft, Actor by, CancellationToken ct)
    {
        var (said, refused) = await Said(mentions, mention, ct);
        if (refused is not null) return refused;
        return await db.InTransaction<FromPost>(async () =>
        {
            if (await accounts.For(said!.Person!.Value, ct) is not { } author) return new FromPost.Nameless();
            if (await post.By(author.Actor, id, draft, ct) is PostedIdea.Invalid invalid) return new FromPost.Invalid(invalid.Errors);
            if (await open.For(mention, by, ct) is not { Id: { } conversation }) return new FromPost.UnknownPost();
            if (await db.IdeaEvidence.AnyAsync(e => e.Idea == id && e.Mention == mention, ct)) return new FromPost.Raised(id, conversation);
            db.Add(new IdeaEvidence
            {
                Idea = id, Kind = EvidenceKind.Raised, Person = said.Person!.Value, Mention = mention, Conversation = conversation, By = by.Id, ByName = by.Name, At = clock.Now(),
            });
            steps.Tell(conversation, "idea-raised", draft.Title.Trim(), "/ideas/desk/" + id.Value, by);
            await db.SaveChangesAsync(ct);
            return new FromPost.Raised(id, conversation);
        }, ct);
    }

    /// <summary>Raises it from the latest post of a conversation.</summary>
    public async Task<FromPost> From(ConversationId conversation, IdeaId id, IdeaDraft draft, Actor by, CancellationToken ct) =>
        await conversations.LastMention(conversation, ct) is { } mention ? await From(mention, id, draft, by, ct) : new FromPost.UnknownPost();

    /// <summary>The post when it can stand for somebody; else why it cannot.</summary>
    internal static async Task<(MentionView? Post, FromPost? Refused)> Said(ReadMention mentions, MentionId mention, CancellationToken ct) => await mentions.Of(mention, ct) switch
    {
        null or { IsRemoved: true } => (null, new FromPost.UnknownPost()),
        { IsOwn: true } => (null, new FromPost.OwnPost()),
        { Person: null } => (null, new FromPost.Nameless()),
        var found => (found, null),
    };

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/from-post",
            async Task<Results<Created<FromPost.Raised>, ProblemHttpResult>> (IdeaFromPost body, RaiseIdea raise, HttpContext http, CancellationToken ct) =>
            {
                if (body.Mention is null == body.Conversation is null) return Problems.Invalid("mention", "or a conversation must be named, not both");
                var (id, draft) = (body.Id is { } given ? new IdeaId(given) : IdeaId.New(), new IdeaDraft(body.Title ?? "", body.Body ?? "", body.Category ?? ""));
                var outcome = body.Mention is { } mention ? await raise.From(MentionId.From(mention), id, draft, http.Actor(), ct)
                    : await raise.From(ConversationId.From(body.Conversation!.Value), id, draft, http.Actor(), ct);
                return outcome is FromPost.Raised raised ? TypedResults.Created($"/api/v1/ideas/{raised.Idea.Value}", raised) : Refused(outcome);
            })
        .WithName("raiseIdea").WithSummary("Make an idea of what somebody said elsewhere, in their name").RequireAuthorization("write").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    internal static ProblemHttpResult Refused(FromPost outcome) => outcome switch
    {
        FromPost.Invalid invalid => Problems.Invalid(invalid.Errors),
        FromPost.Resting resting => Problems.Refused("votes-rest", $"The idea is {resting.Status.Words().ToLowerInvariant()} and keeps the votes it has."),
        FromPost.VotesThemselves => Problems.Refused("votes-themselves", "They have an account of their own by now and vote themselves."),
        FromPost.Nameless => Problems.Refused("nameless", "The source does not say who wrote it."),
        FromPost.OwnPost => Problems.Refused("own-post", "This is a post of the brand itself."),
        FromPost.UnknownIdea => Problems.Unknown("idea"),
        _ => Problems.Unknown("post"),
    };
}

/// <summary>An idea to be made of a post.</summary>
/// <param name="Mention">The post; or name a conversation, whose latest post is taken.</param>
/// <param name="Conversation">The conversation; or name a post.</param>
/// <param name="Title">5 to 120 characters, one line.</param>
/// <param name="Body">Markdown without HTML, 10 to 10,000 characters.</param>
/// <param name="Category">The slug of a category.</param>
/// <param name="Id">Chosen by the caller so that a repeated request raises once; made here when left out.</param>
public sealed record IdeaFromPost(Guid? Mention, Guid? Conversation, string? Title, string? Body, string? Category, Guid? Id = null);
