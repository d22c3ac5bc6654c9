using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>A line of the public log: how many of a kind were taken down in a month for a reason.</summary>
/// <param name="Month">Its first day, UTC.</param>
/// <param name="Kind">Ideas, comments or images.</param>
/// <param name="Why">The reason.</param>
/// <param name="Count">How many.</param>
/// <param name="PutBack">How many of them are back.</param>
public sealed record ModerationCount(DateOnly Month, RemovedKind Kind, RemovalReason Why, int Count, int PutBack);

/// <summary>Why an idea is not on the board, as everybody may know.</summary>
/// <param name="Why">The reason.</param>
/// <param name="At">Since when.</param>
public sealed record TakenDown(RemovalReason Why, DateTimeOffset At);

/// <summary>One removal as the brand reads it.</summary>
/// <param name="Kind">The idea, a comment or an image.</param>
/// <param name="Comment">The comment, if it was one.</param>
/// <param name="Image">The image, if it was one.</param>
/// <param name="Why">The reason.</param>
/// <param name="Note">What the author was told.</param>
/// <param name="By">Who took it down.</param>
/// <param name="At">When.</param>
/// <param name="Text">What was taken down, while it is; null when its author removed it.</param>
/// <param name="RestoredAt">When it was put back; null while it is down.</param>
/// <param name="RestoredBy">By whom.</param>
/// <param name="RestoredNote">Why.</param>
public sealed record RemovalLine(
    RemovedKind Kind, IdeaCommentId? Comment, Guid? Image, RemovalReason Why, string Note, string By, DateTimeOffset At, string? Text,
    DateTimeOffset? RestoredAt, string? RestoredBy, string? RestoredNote);

/// <summary>Something that can be moderated, as it stands.</summary>
/// <param name="Title">The idea's title now.</param>
/// <param name="Kind">The idea, a comment or an image.</param>
/// <param name="Text">What it says now; empty when it is down, and for an image what it shows.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Down">The removal that stands, or null.</param>
/// <param name="History">Every removal of it, latest first.</param>
public sealed record Moderatable(string Title, RemovedKind Kind, string Text, string Author, RemovalLine? Down, IReadOnlyList<RemovalLine> History);

/// <summary>Reads what was taken down: by count and reason for everybody, by name for the brand.</summary>
public sealed class ReadModeration(Database db)
{
    /// <summary>The public log, latest month first.</summary>
    public async Task<IReadOnlyList<ModerationCount>> Log(CancellationToken ct)
    {
        var rows = await db.Removals.GroupBy(r => new { r.Month, r.Kind, r.Why })
            .Select(g => new { g.Key.Month, g.Key.Kind, g.Key.Why, Count = g.Count(), PutBack = g.Sum(r => r.RestoredAt == null ? 0 : 1) }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Month).ThenBy(r => r.Kind).ThenBy(r => r.Why)
            .Select(r => new ModerationCount(new DateOnly(r.Month / 100, r.Month % 100, 1), r.Kind, r.Why, r.Count, r.PutBack))];
    }

    /// <summary>Why an idea is down; null when it is not.</summary>
    public Task<TakenDown?> Why(IdeaId idea, CancellationToken ct) => db.Removals.AsNoTracking().Where(r => r.Kind == RemovedKind.Idea && r.Idea == idea && r.RestoredAt == null)
        .OrderByDescending(r => r.Number).Select(r => new TakenDown(r.Why, r.At)).FirstOrDefaultAsync(ct);

    /// <summary>One thing, for the person who decides.</summary>
    /// <returns>Null when there is no such thing.</returns>
    public async Task<Moderatable?> Of(IdeaId idea, IdeaCommentId? comment, IdeaImageId? image, CancellationToken ct)
    {
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is not { } row) return null;
        if (comment is { } id)
        {
            return await db.IdeaComments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Idea == idea, ct) is { } said
                ? await With(new(row.Title, RemovedKind.Comment, said.Body, said.AuthorName, null, []), db.Removals.Where(r => r.Comment == id), ct) : null;
        }

        if (image is { } picture)
        {
            return await db.IdeaImages.AsNoTracking().Where(i => i.Id == picture && i.Idea == idea).Select(i => i.Alt).SingleOrDefaultAsync(ct) is { } alt
                ? await With(new(row.Title, RemovedKind.Image, alt, row.AuthorName, null, []), db.Removals.Where(r => r.Image == picture.Value), ct) : null;
        }

        return await With(new(row.Title, RemovedKind.Idea, row.Body, row.AuthorName, null, []), db.Removals.Where(r => r.Idea == idea && r.Kind == RemovedKind.Idea), ct);
    }

    private static async Task<Moderatable> With(Moderatable thing, IQueryable<Removal> removals, CancellationToken ct)
    {
        var rows = await removals.AsNoTracking().OrderByDescending(r => r.Number).ToListAsync(ct);
        var lines = rows.ConvertAll(r => new RemovalLine(
            r.Kind, r.Comment, r.Image, r.Why, r.Note, r.ByName, r.At, r.Kept is null ? null : Text(KeptWords.Read(r.Kept)), r.RestoredAt, r.RestoredByName, r.RestoredNote));
        return thing with { Down = lines.Find(l => l.RestoredAt is null), History = lines };
    }

    private static string Text(KeptWords words) => words.Title is null ? words.Body : words.Title + "\n\n" + words.Body;
}
