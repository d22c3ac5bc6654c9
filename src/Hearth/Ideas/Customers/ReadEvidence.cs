using Hearth.Conversations;
using Hearth.Ideas.Merging;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Customers;

/// <summary>Something said elsewhere that an idea or a vote stands on.</summary>
/// <param name="Kind">raised or vote.</param>
/// <param name="Person">Who said it.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Handle">Without the @; null when unknown.</param>
/// <param name="Network">Where: "bluesky", "mastodon" ...</param>
/// <param name="Url">Where people read it; null when it has no address or was deleted.</param>
/// <param name="Text">As written; null once its author deleted it.</param>
/// <param name="Mention">The post.</param>
/// <param name="Conversation">The conversation it stands in.</param>
/// <param name="By">Who of ours put it here.</param>
/// <param name="At">When.</param>
public sealed record EvidenceView(EvidenceKind Kind, PersonId Person, string Name, string? Handle, string Network, string? Url, string? Text, MentionId Mention, ConversationId? Conversation, string By, DateTimeOffset At);

/// <summary>Where an idea came from, as the public may know it: the post was public already.</summary>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="Handle">Without the @; null when unknown.</param>
/// <param name="Url">Where people read it; null when it has no address or was deleted.</param>
/// <param name="RaisedBy">Who of the brand put it on the board.</param>
/// <param name="VotesForOthers">How many votes on the idea were given on behalf of people who asked for it elsewhere.</param>
public sealed record IdeaOrigin(string? Network, string? Handle, string? Url, string? RaisedBy, int VotesForOthers);

/// <summary>An idea that a conversation has to do with.</summary>
public sealed record TalkedIdea(IdeaId Idea, string Title, IdeaStatus Status, EvidenceKind Kind);

/// <summary>Reads what was said elsewhere about ideas.</summary>
public sealed class ReadEvidence(Database db, ReadMention mentions, ReadPeople people)
{
    private const int Most = 200;

    /// <summary>All of an idea and of those merged into it, the latest first, at most 200.</summary>
    public async Task<IReadOnlyList<EvidenceView>> Of(IdeaId idea, CancellationToken ct)
    {
        var family = await db.WithMerged(idea, ct);
        return await Views(await db.IdeaEvidence.AsNoTracking().Where(e => family.Contains(e.Idea)).OrderByDescending(e => e.Number).Take(Most).ToListAsync(ct), ct);
    }

    /// <summary>Where it came from; null when it was posted on the board and nobody was voted for.</summary>
    public async Task<IdeaOrigin?> Origin(IdeaId idea, CancellationToken ct)
    {
        var family = await db.WithMerged(idea, ct);
        var votes = await db.IdeaEvidence.Where(e => family.Contains(e.Idea) && e.Kind == EvidenceKind.Vote).Select(e => e.Person).Distinct().CountAsync(ct);
        var raised = (await Views(await db.IdeaEvidence.AsNoTracking().Where(e => e.Idea == idea && e.Kind == EvidenceKind.Raised).Take(1).ToListAsync(ct), ct)).SingleOrDefault();
        return raised is null && votes == 0 ? null : new(raised?.Network, raised?.Handle, raised?.Url, raised?.By, votes);
    }

    /// <summary>The ideas that a conversation's posts were raised as, or count as votes for.</summary>
    public async Task<IReadOnlyList<TalkedIdea>> About(ConversationId conversation, CancellationToken ct) =>
        await (from e in db.IdeaEvidence where e.Conversation == conversation join i in db.Ideas on e.Idea equals i.Id orderby e.Number select new TalkedIdea(i.Id, i.Title, i.Status, e.Kind)).AsNoTracking().Distinct().ToListAsync(ct);

    /// <summary>The ideas that a post was raised as, or counts as a vote for.</summary>
    public async Task<IReadOnlyList<TalkedIdea>> About(MentionId mention, CancellationToken ct) =>
        await (from e in db.IdeaEvidence where e.Mention == mention join i in db.Ideas on e.Idea equals i.Id orderby e.Number select new TalkedIdea(i.Id, i.Title, i.Status, e.Kind)).AsNoTracking().Distinct().ToListAsync(ct);

    private async Task<IReadOnlyList<EvidenceView>> Views(List<IdeaEvidence> rows, CancellationToken ct)
    {
        var posts = (await mentions.Of([.. rows.Select(r => r.Mention).Distinct()], ct)).ToDictionary(m => m.Id);
        var cards = await people.Of([.. rows.Select(r => r.Person)], ct);
        return rows.ConvertAll(r =>
        {
            var (post, card) = (posts.GetValueOrDefault(r.Mention), cards.GetValueOrDefault(r.Person));
            var stands = post is { IsRemoved: false };
            return new EvidenceView(r.Kind, r.Person, card?.Name ?? "Somebody", card?.Handle, post?.Network ?? "", stands ? post!.Url : null, stands ? post!.Text : null, r.Mention, r.Conversation, r.ByName, r.At);
        });
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/evidence", async Task<Ok<IReadOnlyList<EvidenceView>>> (Guid idea, ReadEvidence read, CancellationToken ct) => TypedResults.Ok(await read.Of(new(idea), ct)))
            .WithName("listEvidence").WithSummary("What was said elsewhere that the idea and votes on it stand on").RequireAuthorization("read");
        ideas.MapGet("/{idea:guid}/origin", async Task<Results<Ok<IdeaOrigin>, ProblemHttpResult>> (Guid idea, ReadEvidence read, CancellationToken ct) =>
                await read.Origin(new(idea), ct) is { } origin ? TypedResults.Ok(origin) : Problems.Unknown("origin elsewhere"))
            .WithName("getOrigin").WithSummary("Where an idea came from, when it was not posted on the board").AllowAnonymous().ProducesProblem(404);
    }
}
