using Hearth.Governance;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>Puts back what a moderator took down, as it was; its author is told.</summary>
public sealed class PutBack(Database db, TellAccount tell, TimeProvider clock)
{
    /// <summary>Puts an idea back with its pictures; a merged one gets its words back and stays merged.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="note">10 to 1,000 characters for the author and the brand; not public.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<Moderated> Idea(Actor by, IdeaId idea, string note, CancellationToken ct) => Run(RemovedKind.Idea, idea, null, null, by, note, async removal =>
    {
        var kept = KeptWords.Read(removal.Kept!);
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Title, kept.Title!).SetProperty(i => i.Body, kept.Body).SetProperty(i => i.What, kept.What).SetProperty(i => i.ForWhom, kept.ForWhom).SetProperty(i => i.Why, kept.Why), ct);
        await db.Ideas.Where(i => i.Id == idea && i.Standing == IdeaStanding.Removed).ExecuteUpdateAsync(set => set.SetProperty(i => i.Standing, IdeaStanding.Shown), ct);
        await db.Index(idea, ct);
        var images = kept.Images.Select(i => new IdeaImageId(i)).ToList();
        await db.IdeaImages.Where(i => images.Contains(i.Id)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Down, false), ct);
        db.ReturnEarlier(idea, null, kept);
        var author = await db.Ideas.Where(i => i.Id == idea).Select(i => i.Author).SingleAsync(ct);
        return (author, $"Your idea “{kept.Title}” is back on the board.");
    }, ct);

    /// <summary>Puts a comment back, below the idea where its place is now.</summary>
    /// <inheritdoc cref="Idea"/>
    public Task<Moderated> Comment(Actor by, IdeaId idea, IdeaCommentId comment, string note, CancellationToken ct) => Run(RemovedKind.Comment, idea, comment, null, by, note, async removal =>
    {
        var kept = KeptWords.Read(removal.Kept!);
        var row = await db.IdeaComments.AsNoTracking().SingleAsync(c => c.Id == comment, ct);
        await db.IdeaComments.Where(c => c.Id == comment).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Body, kept.Body).SetProperty(c => c.RemovedAt, (DateTimeOffset?)null).SetProperty(c => c.Removed, (RemovalReason?)null), ct);
        await db.CountComment(row, 1, ct);
        db.ReturnEarlier(row.Idea, comment, kept);
        return (row.Author, "Your comment is back.");
    }, ct);

    /// <summary>Puts a picture back.</summary>
    /// <inheritdoc cref="Idea"/>
    public Task<Moderated> Image(Actor by, IdeaId idea, IdeaImageId image, string note, CancellationToken ct) => Run(RemovedKind.Image, idea, null, image.Value, by, note, async _ =>
    {
        await db.IdeaImages.Where(i => i.Id == image).ExecuteUpdateAsync(set => set.SetProperty(i => i.Down, false), ct);
        return (await db.IdeaImages.Where(i => i.Id == image).Select(i => i.Owner).SingleAsync(ct), "A picture of your idea is back.");
    }, ct);

    private Task<Moderated> Run(
        RemovedKind kind, IdeaId idea, IdeaCommentId? comment, Guid? image, Actor by, string note, Func<Removal, Task<(UserId Author, string Told)>> work, CancellationToken ct) =>
        db.InTransaction<Moderated>(async () =>
        {
            var clean = note.Trim().ReplaceLineEndings("\n");
            if (clean.Length is < 10 or > TakeDown.MaxNote || clean.Contains('\0')) return new Moderated.Invalid([new("note", $"must have 10 to {TakeDown.MaxNote:N0} characters")]);
            await db.LockIdea(idea, ct); // two who put the same back meet here
            var all = db.Removals.Where(r => r.Kind == kind && r.Comment == comment && r.Image == image);
            if (comment is null) all = all.Where(r => r.Idea == idea); // a comment may have moved by a merge since
            if (await all.OrderByDescending(r => r.Number).FirstOrDefaultAsync(ct) is not { } removal) return new Moderated.Unknown();
            if (removal.RestoredAt is not null) return new Moderated.Stands();
            if (removal.Why == RemovalReason.Author) return new Moderated.Gone();
            var now = clock.Now();
            var (author, told) = await work(removal);
            (removal.RestoredAt, removal.RestoredBy, removal.RestoredByName, removal.RestoredNote, removal.Kept) = (now, by.Id, by.Name, clean, null);
            await tell.To(author, IdeaNewsKind.Restored, idea, $"{told} {clean}", ct);
            db.Record(new IdeaRestored(idea, kind, comment, by.Id, now));
            await db.SaveChangesAsync(ct);
            return new Moderated.Stands();
        }, ct);
}
