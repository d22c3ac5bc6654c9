using System.Globalization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>What an idea is made of, and every merge it had part in.</summary>
/// <param name="Shown">The idea that is shown for it; itself unless it is merged.</param>
/// <param name="Parts">The ideas merged into the shown one, directly or not, earliest first.</param>
/// <param name="History">Every merge of these ideas, undone ones too, latest first.</param>
public sealed record IdeaMerges(IdeaId Shown, IReadOnlyList<MergedPart> Parts, IReadOnlyList<MergeStep> History);

/// <summary>An idea that is part of another one now.</summary>
/// <param name="Idea">Which one.</param>
/// <param name="Number">Its number on the board.</param>
/// <param name="Title">As its author wrote it.</param>
/// <param name="Body">Markdown as its author wrote it.</param>
/// <param name="AuthorName">Whose idea it was.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Into">The idea it was merged into.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who merged it.</param>
/// <param name="Department">Theirs.</param>
/// <param name="MergedAt">When.</param>
public sealed record MergedPart(
    IdeaId Idea, long Number, string Title, string Body, string AuthorName, DateTimeOffset At, IdeaId Into, string Reason, string By, Department? Department, DateTimeOffset MergedAt);

/// <summary>One merge, and how it ended.</summary>
/// <param name="Idea">What was merged.</param>
/// <param name="Title">Its title.</param>
/// <param name="Into">Into which one.</param>
/// <param name="IntoTitle">Its title.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who merged.</param>
/// <param name="Department">Theirs.</param>
/// <param name="At">When.</param>
/// <param name="UndoneAt">When it was undone; null while it stands.</param>
/// <param name="UndoneBy">Who undid it.</param>
/// <param name="UndoneReason">Why.</param>
public sealed record MergeStep(
    IdeaId Idea, string Title, IdeaId Into, string IntoTitle, string Reason, string By, Department? Department, DateTimeOffset At,
    DateTimeOffset? UndoneAt, string? UndoneBy, string? UndoneReason);

/// <summary>Reads who was merged into whom, by whom and why. Open to everybody.</summary>
public sealed class ReadMerges(Database db)
{
    /// <returns>Null when there is no such idea.</returns>
    public async Task<IdeaMerges?> Of(IdeaId idea, CancellationToken ct)
    {
        if (!await db.Ideas.AnyAsync(i => i.Id == idea, ct)) return null;
        var shown = await db.ShownFor(idea, ct);
        var all = await db.WithMerged(shown, ct);
        var steps = await db.Set<IdeaMerge>().AsNoTracking().Where(m => all.Contains(m.Idea) || all.Contains(m.Into)).OrderByDescending(m => m.Number).ToListAsync(ct);
        if (steps.Count == 0) return new(shown, [], []);
        var named = steps.Select(m => m.Idea).Concat(steps.Select(m => m.Into)).Distinct().ToList();
        var rows = await db.Ideas.AsNoTracking().Where(i => named.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var parts = steps.Where(m => m.UndoneAt is null).OrderBy(m => m.Number).Select(m => (Merge: m, Idea: rows[m.Idea])).Select(p => new MergedPart(
            p.Idea.Id, p.Idea.Number, p.Idea.Title, p.Idea.Body, p.Idea.AuthorName, p.Idea.At, p.Merge.Into, p.Merge.Reason, p.Merge.ByName, p.Merge.Department, p.Merge.At));
        return new(shown, [.. parts], [.. steps.Select(m => new MergeStep(
            m.Idea, rows[m.Idea].Title, m.Into, rows[m.Into].Title, m.Reason, m.ByName, m.Department, m.At, m.UndoneAt, m.UndoneByName, m.UndoneReason))]);
    }

    /// <summary>The idea that is shown for this one: itself unless it is merged, or unknown.</summary>
    public Task<IdeaId> ShownFor(IdeaId idea, CancellationToken ct) => db.ShownFor(idea, ct);

    /// <summary>Finds an idea by what a person would paste: its number on the board ("12", "#12"), its id, or an address that ends with it.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<IdeaId?> Find(string typed, CancellationToken ct)
    {
        var text = typed.Trim().TrimEnd('/');
        if (long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return await db.Ideas.Where(i => i.Number == number).Select(i => (IdeaId?)i.Id).SingleOrDefaultAsync(ct);
        var end = text.Split('?', '#')[0].Split('/')[^1];
        return Guid.TryParse(end, out var id) && await db.Ideas.AnyAsync(i => i.Id == new IdeaId(id), ct) ? new IdeaId(id) : null;
    }
}
