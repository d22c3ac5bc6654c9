using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>A report as the brand reads it.</summary>
/// <param name="Number">Rises with every report.</param>
/// <param name="Idea">The idea, or the one that the comment stands below now.</param>
/// <param name="Title">Its title.</param>
/// <param name="Comment">The comment; null when it is about the idea.</param>
/// <param name="Body">The beginning of what was reported, at most 280 characters.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Why">What the reporter says is wrong.</param>
/// <param name="Note">In their words; may be empty.</param>
/// <param name="At">When.</param>
/// <param name="Others">How many others reported the same and wait too.</param>
public sealed record ReportLine(
    long Number, IdeaId Idea, string Title, IdeaCommentId? Comment, string Body, string Author, RemovalReason Why, string Note, DateTimeOffset At, int Others);

/// <summary>Readers say what should be taken down; somebody of the brand decides. An account reports a thing once.</summary>
public sealed class ReportIdea(Database db, TimeProvider clock)
{
    private const int Excerpt = 280;

    /// <summary>Reports an idea or a comment. Reporting it again changes nothing.</summary>
    /// <param name="by">Anybody with an account.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="comment">A comment below it; null for the idea.</param>
    /// <param name="why">Any reason but the author's.</param>
    /// <param name="note">At most 1,000 characters; needed for another reason.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Moderated> By(Actor by, IdeaId idea, IdeaCommentId? comment, RemovalReason why, string? note, CancellationToken ct)
    {
        var clean = (note ?? "").Trim().ReplaceLineEndings("\n");
        if (Errors(why, clean).ToList() is { Count: > 0 } errors) return new Moderated.Invalid(errors);
        var there = comment is null ? await db.Ideas.AnyAsync(i => i.Id == idea && i.Standing != IdeaStanding.Removed, ct)
            : await db.IdeaComments.AnyAsync(c => c.Id == comment && c.Idea == idea && c.RemovedAt == null, ct);
        if (!there) return new Moderated.Unknown();
        var target = comment?.Value ?? idea.Value;
        if (await db.IdeaReports.AnyAsync(r => r.Target == target && r.By == by.Id, ct)) return new Moderated.Stands();
        db.Add(new IdeaReport { Target = target, Idea = idea, Comment = comment, Why = why, Note = clean, By = by.Id, At = clock.Now() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // clicked twice at once
        }

        return new Moderated.Stands();
    }

    /// <summary>The reports that wait, the oldest first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<ReportLine>?> Waiting(string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var rows = await db.IdeaReports.AsNoTracking().Where(r => r.SettledAt == null && r.Number > (last ?? 0)).OrderBy(r => r.Number).Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, take, r => (long?)r.Number);
        var (ideaIds, commentIds, targets) = (page.Items.Select(r => r.Idea).ToList(), page.Items.Select(r => r.Comment).ToList(), page.Items.Select(r => r.Target).ToList());
        var comments = await db.IdeaComments.AsNoTracking().Where(c => commentIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        ideaIds.AddRange(comments.Values.Select(c => c.Idea));
        var ideas = await db.Ideas.AsNoTracking().Where(i => ideaIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var waiting = await db.IdeaReports.Where(r => targets.Contains(r.Target) && r.SettledAt == null).GroupBy(r => r.Target).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return page.Select(r =>
        {
            var comment = r.Comment is { } id ? comments.GetValueOrDefault(id) : null;
            var idea = ideas[comment?.Idea ?? r.Idea];
            var body = comment?.Body ?? idea.Body;
            return new ReportLine(r.Number, idea.Id, idea.Title, r.Comment, body.Length <= Excerpt ? body : body[..Excerpt].TrimEnd() + " …",
                comment?.AuthorName ?? idea.AuthorName, r.Why, r.Note, r.At, waiting.GetValueOrDefault(r.Target, 1) - 1);
        });
    }

    /// <summary>Lets what was reported stand; every report of it is settled.</summary>
    public async Task<bool> Dismiss(Actor by, long report, CancellationToken ct)
    {
        if (await db.IdeaReports.Where(r => r.Number == report).Select(r => (Guid?)r.Target).SingleOrDefaultAsync(ct) is not { } target) return false;
        await db.SettleReports(target, by.Id, false, clock.Now(), ct);
        return true;
    }

    private static IEnumerable<FieldError> Errors(RemovalReason why, string note)
    {
        if (why == RemovalReason.Author || !Enum.IsDefined(why)) yield return new("why", "must be a reason");
        if (note.Length > TakeDown.MaxNote || note.Contains('\0')) yield return new("note", $"must have at most {TakeDown.MaxNote:N0} characters");
        if (why == RemovalReason.Other && note.Length < 10) yield return new("note", "must say what is wrong, in 10 characters or more");
    }
}
