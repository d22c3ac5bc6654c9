using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>
/// An author removes an idea, for good: title, text, what it said before, pictures and name are gone. It leaves the lists with its votes. What others said stays at its
/// address, below "removed by its author".
/// </summary>
public sealed class DeleteIdea(Database db, TimeProvider clock)
{
    /// <summary>What stands in the place of the title.</summary>
    internal const string Placeholder = "Removed by its author";

    /// <summary>What stands in the place of the author's name.</summary>
    internal const string Nobody = "its author";

    /// <summary>Removes the idea.</summary>
    /// <param name="author">Whose idea it is.</param>
    /// <param name="idea">The idea; a merged one loses its words and stays merged.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<Moderated> By(Actor author, IdeaId idea, CancellationToken ct) => db.InTransaction<Moderated>(async () =>
    {
        await db.LockIdea(idea, ct);
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is not { } row) return new Moderated.Unknown();
        if (row.Author != author.Id) return new Moderated.NotYours();
        var before = await db.Removals.Where(r => r.Kind == RemovedKind.Idea && r.Idea == idea && r.RestoredAt == null).ToListAsync(ct);
        if (before.Exists(r => r.Why == RemovalReason.Author)) return new Moderated.Stands();
        foreach (var removal in before) removal.Kept = null; // a moderator's copy goes too

        var now = clock.Now();
        await db.TakeEarlier(idea, null, ct);
        await db.IdeaImages.Where(i => i.Idea == idea).ExecuteDeleteAsync(ct);
        await db.Blank(idea, Placeholder, ct);
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.AuthorName, Nobody), ct);
        db.Add(new Removal
        {
            Kind = RemovedKind.Idea, Idea = idea, Why = RemovalReason.Author, Note = "", Kept = null, By = author.Id, ByName = Nobody, Department = null, At = now, Month = Removal.MonthOf(now),
        });
        await db.SettleReports(idea.Value, author.Id, true, now, ct);
        db.Record(new IdeaRemoved(idea, RemovedKind.Idea, null, row.Author, RemovalReason.Author, author.Id, now));
        await db.SaveChangesAsync(ct);
        return new Moderated.Stands();
    }, ct);
}
