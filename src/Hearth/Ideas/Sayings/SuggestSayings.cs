using Hearth.Ideas.Likeness;
using Hearth.Ideas.Merging;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Sayings;

/// <summary>A post that may say what an idea says.</summary>
/// <param name="Post">The post.</param>
/// <param name="Alike">Which part of the idea's title it holds, rare words counting more. 0 to 1.</param>
public sealed record SuggestedSaying(MentionView Post, double Alike);

/// <summary>Looks among what is heard for posts that say what an idea says. A person decides; nothing is counted before.</summary>
public sealed class SuggestSayings(Database db, BoardTitles board, FindMentions find, ReadMention mentions, TimeProvider clock)
{
    public const int Most = 20;

    /// <summary>How far back is looked.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(365);

    /// <summary>A post that holds less of the title's weight is not like it.</summary>
    private const double Least = 0.55;

    private const int MaxWords = 5;

    /// <summary>The likest posts of the last year that nobody has decided about yet.</summary>
    /// <param name="idea">One that stands on the board.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>At most <see cref="Most"/>, the likest first; null when there is no such idea.</returns>
    public async Task<IReadOnlyList<SuggestedSaying>?> For(IdeaId idea, CancellationToken ct)
    {
        if (await db.ShownIdeas.AsNoTracking().Where(i => i.Id == idea).Select(i => i.Title).SingleOrDefaultAsync(ct) is not { } title) return null;
        var known = await board.Of(db, ct);
        var asked = LikeWords.Of(title);
        var found = await find.WithAny(Groups(asked, known), clock.Now() - Within, ct);
        var family = await db.WithMerged(idea, ct);
        var decided = (await db.IdeaSayings.Where(s => family.Contains(s.Idea)).Select(s => s.Mention).ToListAsync(ct)).ToHashSet();
        decided.UnionWith(await db.IdeaEvidence.Where(e => family.Contains(e.Idea)).Select(e => e.Mention).ToListAsync(ct));
        var score = new LikenessScore(asked, known);
        var best = found.Where(f => !decided.Contains(f.Id)).Select(f => (f.Id, Alike: score.Of(LikeWords.Of(f.Text)))).Where(f => f.Alike.Covered >= Least)
            .OrderByDescending(f => f.Alike.Rank).ThenByDescending(f => f.Id.Value).Take(Most).ToDictionary(f => f.Id, f => Math.Min(f.Alike.Covered, 1));
        var posts = (await mentions.Of([.. best.Keys], ct)).ToDictionary(m => m.Id);
        return [.. best.Where(b => posts.ContainsKey(b.Key)).Select(b => new SuggestedSaying(posts[b.Key], b.Value))];
    }

    // Any two of the title's rarest words: posts put the rest in their own way. Stems are asked for as beginnings, since posts keep their words as written.
    private static List<IReadOnlyList<AskedWord>> Groups(TitleWords asked, TitleStatistics known)
    {
        var rare = asked.Stems.Distinct(StringComparer.Ordinal).Where(s => s.Length > 2).OrderBy(known.TitlesWith).ThenBy(s => s, StringComparer.Ordinal).Take(MaxWords)
            .Select(s => new AskedWord(s, IsBegun: true)).ToList();
        return rare.Count == 1 ? [[rare[0]]] : [.. rare.SelectMany((one, i) => rare.Skip(i + 1).Select(other => (IReadOnlyList<AskedWord>)[one, other]))];
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapGet("/{idea:guid}/sayings/suggested",
            async Task<Results<Ok<IReadOnlyList<SuggestedSaying>>, ProblemHttpResult>> (Guid idea, SuggestSayings suggest, CancellationToken ct) =>
                await suggest.For(new(idea), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("idea"))
        .WithName("suggestSayings").WithSummary("Posts that may say what an idea says, the likest first").RequireAuthorization("read").ProducesProblem(404);
}
