using Hearth.Governance;
using Hearth.Ideas.Merging;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Sayings;

/// <summary>What became of deciding about posts: exactly one of the nested cases.</summary>
public abstract record SayingsDecided
{
    private SayingsDecided() { }

    /// <summary>Kept.</summary>
    /// <param name="Posts">How many posts the decision stands for; unknown and deleted ones and the brand's own are left out.</param>
    public sealed record Done(int Posts) : SayingsDecided;

    public sealed record UnknownIdea : SayingsDecided;
}

/// <summary>Says that posts say what an idea says, or that they do not. Deciding again changes the decision; the same again changes nothing.</summary>
public sealed class DecideSayings(Database db, ReadMention mentions, TimeProvider clock)
{
    public const int Most = 100;

    /// <param name="idea">One that stands on the board.</param>
    /// <param name="posts">At most <see cref="Most"/>.</param>
    /// <param name="isSame">True when they say it.</param>
    /// <param name="by">Who of ours decides.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<SayingsDecided> On(IdeaId idea, IReadOnlyCollection<MentionId> posts, bool isSame, Actor by, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(posts.Count, Most, nameof(posts));
        if (!await db.ShownIdeas.AnyAsync(i => i.Id == idea, ct)) return new SayingsDecided.UnknownIdea();
        var said = (await mentions.Of([.. posts.Distinct()], ct)).Where(m => m is { IsOwn: false, IsRemoved: false }).ToList();
        await db.InTransaction(async () =>
        {
            await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments), ct); // holds the idea's row: two who decide at once come one after the other
            var now = clock.Now();
            foreach (var post in said)
            {
                if (await db.IdeaSayings.Where(s => s.Idea == idea && s.Mention == post.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsSame, isSame).SetProperty(s => s.By, by.Id).SetProperty(s => s.ByName, by.Name).SetProperty(s => s.At, now), ct) > 0) continue;
                db.Add(new IdeaSaying { Idea = idea, Mention = post.Id, Person = post.Person, Network = post.Network, IsSame = isSame, By = by.Id, ByName = by.Name, At = now });
            }

            await db.SaveChangesAsync(ct);
        }, ct);
        return new SayingsDecided.Done(said.Count);
    }

    /// <summary>Takes decisions back: the posts are suggested again.</summary>
    public async Task<int> Forget(IdeaId idea, IReadOnlyCollection<MentionId> posts, CancellationToken ct)
    {
        var (family, wanted) = (await db.WithMerged(idea, ct), posts.ToList());
        return await db.IdeaSayings.Where(s => family.Contains(s.Idea) && wanted.Contains(s.Mention)).ExecuteDeleteAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapPut("/{idea:guid}/sayings", async Task<Results<Ok<SayingsDecided.Done>, ProblemHttpResult>> (Guid idea, SayingsToDecide body, DecideSayings decide, HttpContext http, CancellationToken ct) =>
            {
                if (body.Mentions is not { Count: > 0 and <= Most } posts) return Problems.Invalid("mentions", $"must name 1 to {Most} posts");
                return await decide.On(new(idea), [.. posts.Select(MentionId.From)], body.IsSame, http.Actor(), ct) is SayingsDecided.Done done ? TypedResults.Ok(done) : Problems.Unknown("idea");
            })
            .WithName("decideSayings").WithSummary("Say that posts say what an idea says, or that they do not").RequireAuthorization("write").ProducesProblem(400).ProducesProblem(404);
        ideas.MapDelete("/{idea:guid}/sayings/{mention:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, Guid mention, DecideSayings decide, CancellationToken ct) =>
                await decide.Forget(new(idea), [MentionId.From(mention)], ct) > 0 ? TypedResults.NoContent() : Problems.Unknown("decision about this post"))
            .WithName("forgetSaying").WithSummary("Take back what was decided about a post").RequireAuthorization("write").ProducesProblem(404);
    }
}

/// <summary>Posts, and whether they say what an idea says.</summary>
/// <param name="Mentions">1 to 100 posts.</param>
/// <param name="IsSame">True when they say it, false when they do not.</param>
public sealed record SayingsToDecide(IReadOnlyList<Guid>? Mentions, bool IsSame);
