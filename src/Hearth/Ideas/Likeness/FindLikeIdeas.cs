using Hearth.Ideas.Likeness.Ranking;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness;

/// <summary>An idea that says much the same, with what became of it.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Number">Its number on the board.</param>
/// <param name="Title">One line.</param>
/// <param name="Category">Slug.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Reason">What the brand said when it last moved the idea; null when it never did.</param>
/// <param name="Points">10 for each promotion, minus 10 for each demotion.</param>
/// <param name="Comments">How many comments stand below it.</param>
/// <param name="Alike">Which part of what was asked its title holds, rare words counting more. 0 to 1.</param>
public sealed record LikeIdea(
    IdeaId Id, long Number, string Title, string Category, DateTimeOffset At, IdeaStatus Status, string? Reason, int Points, int Comments, double Alike);

/// <summary>Finds ideas that say what somebody is about to say: while a title is being typed, and before a posted one is merged.</summary>
public sealed class FindLikeIdeas(Database db, BoardTitles board, Rankers rankers)
{
    public const int MaxText = 300;
    public const int MaxFound = 20;

    /// <summary>Shorter texts say nothing yet.</summary>
    public const int MinText = 3;

    /// <summary>An idea whose title holds less than this part of what was asked is not like it.</summary>
    private const double Least = 0.3;

    /// <summary>The ideas most like a text, the likest first. An idea that was merged is found by its words and answered by the idea it was merged into.</summary>
    /// <param name="text">A title, or as much of it as was typed; what exceeds 300 characters is not looked at.</param>
    /// <param name="isBegun">True while it is being typed: the last word may go on.</param>
    /// <param name="most">1 to 20.</param>
    /// <param name="except">An idea not to be found: the one that is compared.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<LikeIdea>> To(string text, bool isBegun, int most, IdeaId? except, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(most is >= 1 and <= MaxFound, true, nameof(most));
        if (text.Trim().Length < MinText) return [];
        var found = await Found(text, isBegun, except, withRefused: false, ct);
        var order = await rankers.Current(db, ct);
        var ranked = order is null || found.Titles.Count < 2 ? found.Titles : found.By(order.For(isBegun));
        return await Shown(ranked, most, except, ct);
    }

    /// <summary>Which part of a title's words another one holds, rare words counting more. 0 to 1.</summary>
    internal async Task<double> Held(string asked, string title, CancellationToken ct) =>
        Math.Min(new LikenessScore(LikeWords.Of(asked), await board.Of(db, ct)).Of(LikeWords.Of(title)).Covered, 1);

    /// <summary>The titles like a text, in the order of the first day, that of its own idea left out.</summary>
    internal async Task<FoundTitles> Found(string text, bool isBegun, IdeaId? except, bool withRefused, CancellationToken ct)
    {
        text = text.Length > MaxText ? text[..MaxText] : text;
        var asked = LikeWords.Of(text, isBegun);
        var known = await board.Of(db, ct);
        var titles = await Titles(asked, known, ct);
        if (except is { } idea)
        {
            var refused = withRefused ? new HashSet<IdeaId>() : await db.Refused(idea, ct);
            titles = titles.Where(t => t.Idea != idea && !refused.Contains(t.Idea));
        }

        var score = new LikenessScore(asked, known);
        return new(text, asked, known, [.. titles.Select(t => Scored(t, score))
            .Where(t => t.Alike.Covered >= Least).OrderByDescending(t => t.Alike.Rank).ThenByDescending(t => t.Idea.Value).Take(MaxFound * 2)]);
    }

    /// <summary>Every title that is worth scoring, at most <see cref="ChooseWords.MaxTitles"/>.</summary>
    private async Task<IEnumerable<Candidate>> Titles(TitleWords asked, TitleStatistics known, CancellationToken ct)
    {
        var titles = new Dictionary<IdeaId, Candidate>();
        foreach (var round in ChooseWords.Rounds(asked, known))
        {
            var match = FullText.AnyOf(db.Kind, round);
            var found = db.Kind == DatabaseKind.Sqlite
                ? db.IdeaWordRows.FromSql($"SELECT * FROM ideas_words WHERE number IN (SELECT rowid FROM ideas_words_fts WHERE ideas_words_fts MATCH {match} ORDER BY rowid DESC LIMIT {ChooseWords.MaxTitles})")
                : db.IdeaWordRows.FromSql($"SELECT * FROM ideas_words WHERE search @@ CAST({match} AS tsquery) LIMIT {ChooseWords.MaxTitles}");
            foreach (var title in await found.Select(t => new Candidate(t.Idea, t.Title)).ToListAsync(ct)) titles.TryAdd(title.Idea, title);
            if (titles.Count >= ChooseWords.MaxTitles) break;
        }

        return titles.Values;
    }

    private async Task<IReadOnlyList<LikeIdea>> Shown(IReadOnlyList<LikeTitle> ranked, int most, IdeaId? except, CancellationToken ct)
    {
        var rows = new Dictionary<IdeaId, Idea>();
        var wanted = ranked.Select(r => r.Idea).ToList();

        // Where merged ideas went, and where those went.
        while (wanted.Count > 0)
        {
            foreach (var row in await db.Ideas.AsNoTracking().Where(i => wanted.Contains(i.Id)).ToListAsync(ct)) rows[row.Id] = row;
            wanted = [.. wanted.Where(rows.ContainsKey).Select(w => rows[w].MergedInto).OfType<IdeaId>().Where(i => !rows.ContainsKey(i)).Distinct()];
        }

        var shown = new Dictionary<IdeaId, (Idea Idea, double Alike)>();
        foreach (var title in ranked)
        {
            if (shown.Count == most) break;
            var row = rows.GetValueOrDefault(title.Idea);
            while (row is { Standing: IdeaStanding.Merged, MergedInto: { } into }) row = rows.GetValueOrDefault(into);
            if (row is { Standing: IdeaStanding.Shown } && row.Id != except) shown.TryAdd(row.Id, (row, title.Alike.Covered));
        }

        var ids = shown.Keys.ToList();
        var reasons = await db.IdeaMoves.Where(m => ids.Contains(m.Idea)).OrderBy(m => m.Number).Select(m => new { m.Idea, m.Reason }).ToListAsync(ct);
        return [.. shown.Values.Select(s => new LikeIdea(s.Idea.Id, s.Idea.Number, s.Idea.Title, s.Idea.Category, s.Idea.At, s.Idea.Status,
            reasons.LastOrDefault(r => r.Idea == s.Idea.Id)?.Reason, s.Idea.Points, s.Idea.Comments, Math.Min(s.Alike, 1)))];
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapGet("/like",
        async Task<Results<Ok<IReadOnlyList<LikeIdea>>, ProblemHttpResult>> (string? text, bool? typing, int? most, FindLikeIdeas find, CancellationToken ct) =>
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > MaxText) return Problems.Invalid([new("text", $"must have 1 to {MaxText} characters")]);
            if (most is < 1 or > MaxFound) return Problems.Invalid([new("most", $"must be 1 to {MaxFound}")]);
            return TypedResults.Ok(await find.To(text, typing ?? false, most ?? 5, null, ct));
        })
        .AllowAnonymous().WithSummary("Ideas that say much the same as a text, the likest first").ProducesProblem(400);

    private static LikeTitle Scored(Candidate title, LikenessScore score)
    {
        var words = LikeWords.Of(title.Title);
        return new(title.Idea, title.Title, words, score.Of(words));
    }

    private sealed record Candidate(IdeaId Idea, string Title);
}
