using Hearth.Ideas.Merging;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Sayings;

/// <summary>How many people said what an idea says on one network.</summary>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="People">Each person once; a post whose author its source does not name counts as one.</param>
public sealed record SaidOn(string Network, int People);

/// <summary>A post that says what an idea says, as the public may know it: the post was public already.</summary>
/// <param name="Mention">The post.</param>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="Handle">Without the @; null when unknown.</param>
/// <param name="Url">Where people read it; null when it has no address.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">Who of the brand found that it says so.</param>
public sealed record SayingView(MentionId Mention, string Network, string? Handle, string? Url, DateTimeOffset At, string By);

/// <summary>What was said elsewhere and says what an idea says, as people of ours have confirmed.</summary>
/// <param name="People">Each person once over all networks; a post without a named author counts as one.</param>
/// <param name="On">By network, most people first. One person on two networks counts on both.</param>
/// <param name="Posts">The posts, the latest decided first, at most 200.</param>
public sealed record Sayings(int People, IReadOnlyList<SaidOn> On, IReadOnlyList<SayingView> Posts);

/// <summary>Reads what was said elsewhere.</summary>
public sealed class ReadSayings(Database db, ReadMention mentions, ReadPeople people)
{
    private const int Most = 200;

    /// <summary>Of an idea and of those merged into it.</summary>
    public async Task<Sayings> Of(IdeaId idea, CancellationToken ct)
    {
        var family = await db.WithMerged(idea, ct);
        var said = db.IdeaSayings.AsNoTracking().Where(s => family.Contains(s.Idea) && s.IsSame && !s.IsGone);
        var who = await said.Select(s => new { s.Network, s.Person, s.Mention }).Distinct().ToListAsync(ct);
        var one = await people.Roots([.. who.Select(w => w.Person).OfType<PersonId>()], ct);
        int People(IEnumerable<(PersonId? Person, MentionId Mention)> of) => of.Select(s => s.Person is { } person ? one[person].Value : s.Mention.Value).Distinct().Count();
        var rows = await said.OrderByDescending(s => s.At).ThenBy(s => s.Mention).Take(Most).ToListAsync(ct);
        var posts = (await mentions.Of([.. rows.Select(r => r.Mention).Distinct()], ct)).ToDictionary(m => m.Id);
        return new(People(who.Select(w => (w.Person, w.Mention))),
            [.. who.GroupBy(w => w.Network).Select(g => new SaidOn(g.Key, People(g.Select(w => (w.Person, w.Mention))))).OrderByDescending(s => s.People).ThenBy(s => s.Network, StringComparer.Ordinal)],
            [.. rows.DistinctBy(r => r.Mention).Where(r => posts.ContainsKey(r.Mention)).Select(r => new SayingView(r.Mention, r.Network, posts[r.Mention].Author?.Handle, posts[r.Mention].Url, posts[r.Mention].At, r.ByName))]);
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapGet("/{idea:guid}/sayings",
            async Task<Results<Ok<Sayings>, ProblemHttpResult>> (Guid idea, ReadSayings read, Database db, CancellationToken ct) =>
                await db.ShownIdeas.AnyAsync(i => i.Id == new IdeaId(idea), ct) ? TypedResults.Ok(await read.Of(new(idea), ct)) : Problems.Unknown("idea"))
        .WithName("readSayings").WithSummary("How many people said elsewhere what an idea says, and where").AllowAnonymous().ProducesProblem(404);
}

/// <summary>What its author deletes is not counted any more.</summary>
internal sealed class FollowSaying(Database db) : IHandle<MentionRemoved>
{
    public async Task Handle(MentionRemoved fact, CancellationToken ct) =>
        await db.IdeaSayings.Where(s => s.Mention == fact.Mention).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsGone, true), ct);
}
