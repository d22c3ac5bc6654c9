using Hearth.Governance;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>What became of a word on two ideas.</summary>
public enum SaidOutcome
{
    /// <summary>It is kept; saying it again answers the same.</summary>
    Stands,

    /// <summary>The two are one idea already, or the same idea was given twice.</summary>
    AreOne,

    UnknownIdea,
}

/// <summary>
/// People say what is the same and what is not: staff that two ideas are different, whoever is about to post that their idea stands already. Neither changes the ideas; both
/// teach the ranker.
/// </summary>
public sealed class SayAlike(Database db, TimeProvider clock)
{
    /// <summary>Says that two ideas ask for different things: neither is suggested for the other any more.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">One.</param>
    /// <param name="other">The other; the order does not matter.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<SaidOutcome> NotTheSame(Actor by, IdeaId idea, IdeaId other, CancellationToken ct)
    {
        try
        {
            return await Refuse(by, idea, other, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            return SaidOutcome.Stands; // two said it at once
        }
    }

    private Task<SaidOutcome> Refuse(Actor by, IdeaId idea, IdeaId other, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Ideas.CountAsync(i => i.Id == idea || i.Id == other, ct) < (idea == other ? 1 : 2)) return SaidOutcome.UnknownIdea;
        if (await db.ShownFor(idea, ct) == await db.ShownFor(other, ct)) return SaidOutcome.AreOne;
        var (one, two) = Ordered(idea, other);
        await Keep(one, null, two, false, by, ct);
        return SaidOutcome.Stands;
    }, ct);

    /// <summary>Takes it back: they may be suggested for each other again.</summary>
    /// <returns>False when nobody had said so.</returns>
    public async Task<bool> TakeBack(IdeaId idea, IdeaId other, CancellationToken ct)
    {
        var (one, two) = Ordered(idea, other);
        return await db.SaidAlike.Where(s => s.Idea == one && s.Other == two).ExecuteDeleteAsync(ct) > 0;
    }

    /// <summary>Says that a title, instead of being posted, was found to be an idea that stands.</summary>
    /// <param name="by">Whoever was about to post it.</param>
    /// <param name="text">What they had typed, 3 to 300 characters; longer or shorter ones teach nothing and are not kept.</param>
    /// <param name="idea">The idea it is.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<SaidOutcome> IsThisOne(Actor by, string text, IdeaId idea, CancellationToken ct) => db.InTransaction(async () =>
    {
        text = text.Trim();
        if (!await db.Ideas.AnyAsync(i => i.Id == idea && (i.Standing == IdeaStanding.Shown || i.Standing == IdeaStanding.Merged), ct)) return SaidOutcome.UnknownIdea;
        if (text.Length is < FindLikeIdeas.MinText or > FindLikeIdeas.MaxText || text.Contains('\0')) return SaidOutcome.Stands;

        // Somebody is heard once about an idea, so that nobody teaches by repeating it.
        if (!await db.SaidAlike.AnyAsync(s => s.By == by.Id && s.Other == idea && s.Idea == null, ct)) await Keep(null, text, idea, true, by, ct);
        return SaidOutcome.Stands;
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapPut("/{idea:guid}/unlike/{other:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, Guid other, HttpContext http, SayAlike say, CancellationToken ct) =>
            await say.NotTheSame(http.Actor(), new(idea), new(other), ct) switch
            {
                SaidOutcome.Stands => TypedResults.NoContent(),
                SaidOutcome.AreOne => Problems.Invalid("other", "is the same idea, or a part of it"),
                _ => Problems.Unknown("idea"),
            })
            .RequireAuthorization("write").WithName("sayIdeasDiffer").WithSummary("Say that two ideas ask for different things").ProducesProblem(400).ProducesProblem(404);
        ideas.MapDelete("/{idea:guid}/unlike/{other:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, Guid other, SayAlike say, CancellationToken ct) =>
            await say.TakeBack(new(idea), new(other), ct) ? TypedResults.NoContent() : Problems.Unknown("refusal"))
            .RequireAuthorization("write").WithName("takeBackIdeasDiffer").WithSummary("Take back that two ideas ask for different things").ProducesProblem(404);
        ideas.MapPost("/{idea:guid}/chosen", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, ChosenBody body, HttpContext http, SayAlike say, CancellationToken ct) =>
            string.IsNullOrWhiteSpace(body.Text) || body.Text.Trim().Length is < FindLikeIdeas.MinText or > FindLikeIdeas.MaxText || body.Text.Contains('\0')
                ? Problems.Invalid("text", $"must have {FindLikeIdeas.MinText} to {FindLikeIdeas.MaxText} characters")
                : await say.IsThisOne(http.Actor(), body.Text, new(idea), ct) == SaidOutcome.Stands ? TypedResults.NoContent() : Problems.Unknown("idea"))
            .RequireAuthorization("community").WithName("chooseStandingIdea").WithSummary("Say that what you were about to post is this idea").ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>What was about to be posted.</summary>
    /// <param name="Text">Its title, 3 to 300 characters.</param>
    internal sealed record ChosenBody(string Text);

    private async Task Keep(IdeaId? idea, string? text, IdeaId other, bool isSame, Actor by, CancellationToken ct)
    {
        if (idea is not null && await db.SaidAlike.AnyAsync(s => s.Idea == idea && s.Other == other, ct)) return;
        db.Add(new SaidAlike { Idea = idea, Text = text, Other = other, IsSame = isSame, By = by.Id, ByName = by.Name, At = clock.Now() });
        await db.SaveChangesAsync(ct);
    }

    private static (IdeaId One, IdeaId Other) Ordered(IdeaId a, IdeaId b) => a.Value.CompareTo(b.Value) <= 0 ? (a, b) : (b, a);
}

internal static class Refusals
{
    /// <summary>The ideas that somebody said are not the same as this one.</summary>
    internal static async Task<IReadOnlySet<IdeaId>> Refused(this Database db, IdeaId idea, CancellationToken ct) => (await db.SaidAlike.Where(s => !s.IsSame && s.Idea != null && (s.Idea == idea || s.Other == idea))
        .Select(s => new { s.Idea, s.Other }).ToListAsync(ct)).Select(s => s.Other == idea ? s.Idea!.Value : s.Other).ToHashSet();
}
