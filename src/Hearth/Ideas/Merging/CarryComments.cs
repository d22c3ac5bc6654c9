using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>Comments move with their idea and remember where they were written; a reply is written where the comment it answers was.</summary>
internal static class CarryComments
{
    internal static async Task MoveComments(this Database db, IdeaId from, IdeaId to, CancellationToken ct)
    {
        var moved = await db.Ideas.Where(i => i.Id == from).Select(i => i.Comments).SingleAsync(ct);
        await db.IdeaComments.Where(c => c.Idea == from).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Home, c => c.Home ?? c.Idea).SetProperty(c => c.Idea, to), ct);
        await db.Add(from, -moved, ct);
        await db.Add(to, moved, ct);
    }

    /// <summary>Gives an idea that stands for itself again the comments written below it and below those merged into it.</summary>
    internal static async Task ReturnComments(this Database db, IdeaId from, IdeaId to, CancellationToken ct)
    {
        var homes = await db.WithMerged(to, ct);
        var back = db.IdeaComments.Where(c => c.Idea == from && c.Home != null && homes.Contains(c.Home.Value));
        var moved = await back.CountAsync(c => c.RemovedAt == null, ct);
        await back.ExecuteUpdateAsync(set => set.SetProperty(c => c.Idea, to).SetProperty(c => c.Home, c => c.Home == to ? null : c.Home), ct);
        await db.Add(from, -moved, ct);
        await db.Add(to, moved, ct);

        // A pin on a comment that went home with its idea pins nothing any more.
        await db.Ideas.Where(i => i.Id == from && i.BestAnswer != null && !db.Set<IdeaComment>().Any(c => c.Id == i.BestAnswer && c.Idea == from))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.BestAnswer, (IdeaCommentId?)null), ct);
    }

    private static Task Add(this Database db, IdeaId idea, int comments, CancellationToken ct) =>
        db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments + comments), ct);
}
