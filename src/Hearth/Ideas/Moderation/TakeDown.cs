using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>What became of taking something down, or of putting it back.</summary>
public abstract record Moderated
{
    private Moderated() { }

    /// <summary>It is so; doing it again changes nothing.</summary>
    public sealed record Stands : Moderated;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Moderated;

    /// <summary>Somebody else wrote it.</summary>
    public sealed record NotYours : Moderated;

    /// <summary>Its author removed it: there are no words to put back.</summary>
    public sealed record Gone : Moderated;

    public sealed record Unknown : Moderated;
}

/// <summary>Takes an idea, a comment or a picture off the board, with a reason that its author is told. Reversible: see <see cref="PutBack"/>.</summary>
public sealed class TakeDown(Database db, TellAccount tell, TimeProvider clock)
{
    public const int MaxNote = 1_000;

    /// <summary>What stands in the place of an idea's title.</summary>
    internal const string Placeholder = "Taken down";

    /// <summary>Takes an idea down with its pictures. It leaves the lists and votes rest; what others said below it stays at its address.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea; a merged one loses its words and stays merged.</param>
    /// <param name="why">Any reason but the author's.</param>
    /// <param name="note">10 to 1,000 characters for the author and the brand; not public.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<Moderated> Idea(Actor by, IdeaId idea, RemovalReason why, string note, CancellationToken ct) => Run(why, note, async clean =>
    {
        await db.LockIdea(idea, ct);
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is not { } row) return new Moderated.Unknown();
        if (await db.IsDown(RemovedKind.Idea, idea, null, null, ct)) return new Moderated.Stands();
        var images = await db.IdeaImages.Where(i => i.Idea == idea && !i.Down).Select(i => i.Id).ToListAsync(ct);
        var kept = new KeptWords(row.Title, row.Body, row.What, row.ForWhom, row.Why, await db.TakeEarlier(idea, null, ct), [.. images.Select(i => i.Value)]);
        await db.IdeaImages.Where(i => images.Contains(i.Id)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Down, true), ct);
        await db.Blank(idea, Placeholder, ct);
        await Keep(by, RemovedKind.Idea, idea, null, null, why, clean, kept, row.Author, $"Your idea “{row.Title}” was taken down: {why.Words()}. {clean}", ct);
        return new Moderated.Stands();
    }, ct);

    /// <summary>Takes a comment down; where others answered it, its place stays.</summary>
    /// <inheritdoc cref="Idea"/>
    public Task<Moderated> Comment(Actor by, IdeaId idea, IdeaCommentId comment, RemovalReason why, string note, CancellationToken ct) => Run(why, note, async clean =>
    {
        if (await db.IdeaComments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == comment && c.Idea == idea, ct) is not { } row) return new Moderated.Unknown();
        var now = clock.Now();
        var removed = await db.IdeaComments.Where(c => c.Id == comment && c.RemovedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Body, "").SetProperty(c => c.RemovedAt, now).SetProperty(c => c.Removed, why), ct);
        if (removed == 0) return new Moderated.Stands();
        await db.CountComment(row, -1, ct);
        await db.Ideas.Where(i => i.BestAnswer == comment).ExecuteUpdateAsync(set => set.SetProperty(i => i.BestAnswer, (IdeaCommentId?)null), ct);
        var kept = new KeptWords(null, row.Body, null, null, null, await db.TakeEarlier(idea, comment, ct), []);
        await Keep(by, RemovedKind.Comment, idea, comment, null, why, clean, kept, row.Author, $"Your comment was taken down: {why.Words()}. {clean}", ct);
        return new Moderated.Stands();
    }, ct);

    /// <summary>Takes one picture of an idea down.</summary>
    /// <inheritdoc cref="Idea"/>
    public Task<Moderated> Image(Actor by, IdeaId idea, IdeaImageId image, RemovalReason why, string note, CancellationToken ct) => Run(why, note, async clean =>
    {
        if (await db.IdeaImages.Where(i => i.Id == image && i.Idea == idea).Select(i => (UserId?)i.Owner).SingleOrDefaultAsync(ct) is not { } owner) return new Moderated.Unknown();
        if (await db.IdeaImages.Where(i => i.Id == image && !i.Down).ExecuteUpdateAsync(set => set.SetProperty(i => i.Down, true), ct) == 0) return new Moderated.Stands();
        await Keep(by, RemovedKind.Image, idea, null, image.Value, why, clean, null, owner, $"A picture of your idea was taken down: {why.Words()}. {clean}", ct);
        return new Moderated.Stands();
    }, ct);

    private Task<Moderated> Run(RemovalReason why, string note, Func<string, Task<Moderated>> work, CancellationToken ct) => db.InTransaction(() =>
    {
        var clean = note.Trim().ReplaceLineEndings("\n");
        var errors = Errors(why, clean).ToList();
        return errors.Count > 0 ? Task.FromResult<Moderated>(new Moderated.Invalid(errors)) : work(clean);
    }, ct);

    private async Task Keep(
        Actor by, RemovedKind kind, IdeaId idea, IdeaCommentId? comment, Guid? image, RemovalReason why, string note, KeptWords? kept, UserId author, string told, CancellationToken ct)
    {
        var now = clock.Now();
        db.Add(new Removal
        {
            Kind = kind, Idea = idea, Comment = comment, Image = image, Why = why, Note = note, Kept = kept?.Write(), By = by.Id, ByName = by.Name, Department = by.Department,
            At = now, Month = Removal.MonthOf(now),
        });
        await db.SettleReports(comment?.Value ?? idea.Value, by.Id, true, now, ct);
        await tell.To(author, IdeaNewsKind.Removed, idea, told, ct);
        db.Record(new IdeaRemoved(idea, kind, comment, author, why, by.Id, now));
        await db.SaveChangesAsync(ct);
    }

    private static IEnumerable<FieldError> Errors(RemovalReason why, string note)
    {
        if (why == RemovalReason.Author || !Enum.IsDefined(why)) yield return new("why", "must be a reason that a moderator can give");
        if (note.Length is < 10 or > MaxNote || note.Contains('\0')) yield return new("note", $"must have 10 to {MaxNote:N0} characters: its author will read it");
    }
}
