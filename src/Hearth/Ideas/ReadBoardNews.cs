using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>Something that happened on the board, as a feed tells it.</summary>
/// <param name="Idea">The idea it happened to.</param>
/// <param name="Part">Where on the idea's page it stands: "" for the idea itself, "move-7", "comment-12".</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Markdown without HTML.</param>
/// <param name="By">A name.</param>
/// <param name="Category">Slug of the idea's shelf.</param>
/// <param name="Status">What the news says becomes of the idea; null when it says nothing of that.</param>
/// <param name="At">When.</param>
public sealed record BoardNews(IdeaId Idea, string Part, string Title, string Text, string By, string Category, IdeaStatus? Status, DateTimeOffset At);

/// <summary>What became of asking for one idea's news.</summary>
/// <param name="Title">The idea's title.</param>
/// <param name="News">Latest first.</param>
/// <param name="MergedInto">The idea that it was merged into and whose news to read instead; null when it stands for itself.</param>
public sealed record NewsOfIdea(string Title, IReadOnlyList<BoardNews> News, IdeaId? MergedInto);

/// <summary>Reads what happened last, for feeds.</summary>
public sealed class ReadBoardNews(Database db)
{
    /// <summary>How many a feed holds.</summary>
    public const int Items = 30;

    // Moves looked at for a feed of one status and shelf; whatever is older than that many is no news.
    private const int MovesSeen = 500;

    /// <summary>The latest ideas; with a status other than submitted, the latest ones that were moved there and stand there still.</summary>
    /// <param name="category">Only this shelf, by slug.</param>
    /// <param name="status">Only this status.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>At most <see cref="Items"/>, latest first.</returns>
    public async Task<IReadOnlyList<BoardNews>> OfBoard(string? category, IdeaStatus? status, CancellationToken ct)
    {
        if (status is { } to and not IdeaStatus.Submitted) return await Moved(category, to, ct);
        var ideas = category is null ? db.ShownIdeas : db.ShownIdeas.Where(i => i.Category == category);
        if (status is not null) ideas = ideas.Where(i => i.Status == IdeaStatus.Submitted);
        var rows = await ideas.AsNoTracking().OrderByDescending(i => i.At).ThenByDescending(i => i.Number).Take(Items).ToListAsync(ct);
        return [.. rows.Select(i => new BoardNews(i.Id, "", i.Title, i.Body, i.AuthorName, i.Category, i.Status, i.At))];
    }

    /// <summary>What the brand did with one idea and what was said below it.</summary>
    /// <returns>Null when there is no such idea on the board.</returns>
    public async Task<NewsOfIdea?> OfIdea(IdeaId idea, CancellationToken ct)
    {
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is not { } row) return null;
        if (row.MergedInto is { } target) return new(row.Title, [], target);
        if (row.Standing != IdeaStanding.Shown) return null;
        var moves = await db.IdeaMoves.AsNoTracking().Where(m => m.Idea == idea).OrderByDescending(m => m.Number).Take(Items).ToListAsync(ct);
        var comments = await db.IdeaComments.AsNoTracking().Where(c => c.Idea == idea && c.Removed == null).OrderByDescending(c => c.Number).Take(Items).ToListAsync(ct);
        var news = moves.Select(m => Of(row, m))
            .Concat(comments.Select(c => new BoardNews(idea, $"comment-{c.Number}", $"{c.AuthorName} on “{row.Title}”", c.Body, c.AuthorName, row.Category, null, c.At)))
            .Append(new(idea, "", row.Title, row.Body, row.AuthorName, row.Category, IdeaStatus.Submitted, row.At));
        return new(row.Title, [.. news.OrderByDescending(n => n.At).ThenByDescending(n => n.Part, StringComparer.Ordinal).Take(Items)], null);
    }

    private async Task<IReadOnlyList<BoardNews>> Moved(string? category, IdeaStatus to, CancellationToken ct)
    {
        var moves = await db.IdeaMoves.AsNoTracking().Where(m => m.To == to).OrderByDescending(m => m.Number).Take(MovesSeen).ToListAsync(ct);
        var latest = moves.DistinctBy(m => m.Idea).ToList();
        var news = new List<BoardNews>();
        foreach (var some in latest.Chunk(Items))
        {
            var ids = some.Select(m => m.Idea).ToList();
            var ideas = db.ShownIdeas.AsNoTracking().Where(i => ids.Contains(i.Id) && i.Status == to);
            if (category is not null) ideas = ideas.Where(i => i.Category == category);
            var rows = await ideas.ToDictionaryAsync(i => i.Id, ct);
            news.AddRange(some.Where(m => rows.ContainsKey(m.Idea)).Select(m => Of(rows[m.Idea], m)));
            if (news.Count >= Items) break;
        }

        return [.. news.OrderByDescending(n => n.At).Take(Items)];
    }

    private static BoardNews Of(Idea idea, IdeaMove move) =>
        new(idea.Id, $"move-{move.Number}", $"{move.To.Words()}: {idea.Title}", move.Reason, move.ByName, idea.Category, move.To, move.At);
}
