using Hearth.Governance;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>What became of a merge, or of undoing one.</summary>
public abstract record MergedIdeas
{
    private MergedIdeas() { }

    /// <summary>It is done; asking again answers the same.</summary>
    /// <param name="Idea">The idea that was merged, or stands for itself again.</param>
    /// <param name="Shown">The idea that is shown for it now; itself after an undo.</param>
    public sealed record Stands(IdeaId Idea, IdeaId Shown) : MergedIdeas;

    /// <summary>One of the two is not where the caller saw it: merged elsewhere, taken down, or not merged at all.</summary>
    public sealed record Elsewhere(IdeaId Idea, IdeaStanding Standing) : MergedIdeas;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : MergedIdeas;

    public sealed record UnknownIdea : MergedIdeas;
}

/// <summary>
/// Makes one idea part of another, by a named person and with a reason, and undoes it. Votes, comments, followers and authors come along; an undo gives the
/// idea back what it had.
/// </summary>
/// <remarks>
/// 1 hold the ranking alone, so that no vote lands beside the move; 2 turn the idea's standing, which stops comments; 3 move its comments;
/// 4 copy votes and followers; 5 say so.
/// </remarks>
public sealed class MergeIdeas(Database db, RankEpoch epoch, TellFollowers tell, TellAccount tellOne, TimeProvider clock)
{
    public const int MaxReason = 2_000;

    /// <summary>Merges.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">A shown idea, which becomes part of the other.</param>
    /// <param name="into">A shown idea that is not archived.</param>
    /// <param name="reason">10 to 2,000 characters for the public to read.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<MergedIdeas> Into(Actor by, IdeaId idea, IdeaId into, string reason, CancellationToken ct) => db.InTransaction<MergedIdeas>(async () =>
    {
        reason = reason.Trim().ReplaceLineEndings("\n");
        await epoch.HoldAlone(ct);
        if (await Find(idea, ct) is not { } from || await Find(into, ct) is not { } to) return new MergedIdeas.UnknownIdea();
        var errors = Errors(reason).ToList();
        if (idea == into) errors.Add(new("into", "must be another idea"));
        else if (to.Status == IdeaStatus.Archived) errors.Add(new("into", "is archived: bring it back first, or choose another"));
        if (errors.Count > 0) return new MergedIdeas.Invalid(errors);
        if (from.MergedInto == into) return new MergedIdeas.Stands(idea, await db.ShownFor(idea, ct));
        if (from.Standing != IdeaStanding.Shown) return new MergedIdeas.Elsewhere(idea, from.Standing);
        if (to.Standing != IdeaStanding.Shown) return new MergedIdeas.Elsewhere(into, to.Standing);

        var now = clock.Now();
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Standing, IdeaStanding.Merged).SetProperty(i => i.MergedInto, into).SetProperty(i => i.ArchiveAt, (DateTimeOffset?)null), ct);
        await db.MoveComments(idea, into, ct);
        await db.DropCarried(idea, ct);
        await db.CarryVotesTo(into, ct);
        db.Add(new IdeaMerge { Idea = idea, Into = into, Reason = reason, By = by.Id, ByName = by.Name, Department = by.Department, At = now });
        await tell.Of(idea, IdeaNewsKind.Merged, $"It is part of “{to.Title}” now: {reason} Votes and comments came along.", $"merge:{idea.Value:N}:{now.ToUnixMicroseconds()}", by, ct);
        if (to.Author != from.Author) await tellOne.To(to.Author, IdeaNewsKind.Merged, into, $"“{from.Title}” by {from.AuthorName} became part of your idea: {reason}", ct);
        db.Record(new IdeaMerged(idea, into, from.Author, reason, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new MergedIdeas.Stands(idea, into);
    }, ct);

    /// <summary>Lets a merged idea stand for itself again, with what was merged into it before. In whatever order merges are undone.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">A merged idea.</param>
    /// <param name="reason">10 to 2,000 characters for the public to read.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<MergedIdeas> Undo(Actor by, IdeaId idea, string reason, CancellationToken ct) => db.InTransaction<MergedIdeas>(async () =>
    {
        reason = reason.Trim().ReplaceLineEndings("\n");
        await epoch.HoldAlone(ct);
        if (await Find(idea, ct) is not { } row) return new MergedIdeas.UnknownIdea();
        if (Errors(reason).ToList() is { Count: > 0 } errors) return new MergedIdeas.Invalid(errors);
        if (row.MergedInto is not { } from) return new MergedIdeas.Elsewhere(idea, row.Standing);

        var now = clock.Now();
        var shown = await db.ShownFor(idea, ct);
        var standing = await db.IsDown(RemovedKind.Idea, idea, null, null, ct) ? IdeaStanding.Removed : IdeaStanding.Shown;
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Standing, standing).SetProperty(i => i.MergedInto, (IdeaId?)null), ct);
        await db.ReturnComments(shown, idea, ct);
        await db.CarryVotesTo(idea, ct);
        await db.CarryVotesTo(shown, ct);
        var merge = await db.Set<IdeaMerge>().Where(m => m.Idea == idea && m.UndoneAt == null).OrderByDescending(m => m.Number).FirstAsync(ct);
        (merge.UndoneAt, merge.UndoneBy, merge.UndoneByName, merge.UndoneReason) = (now, by.Id, by.Name, reason);
        await tell.Of(idea, IdeaNewsKind.Unmerged, $"It stands for itself again, with the votes and comments it had: {reason}", $"unmerge:{idea.Value:N}:{now.ToUnixMicroseconds()}", by, ct);
        db.Record(new IdeaUnmerged(idea, from, row.Author, reason, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new MergedIdeas.Stands(idea, idea);
    }, ct);

    private Task<Idea?> Find(IdeaId idea, CancellationToken ct) => db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct);

    private static IEnumerable<FieldError> Errors(string reason)
    {
        if (reason.Length is < 10 or > MaxReason || reason.Contains('\0')) yield return new("reason", $"must have 10 to {MaxReason:N0} characters: author and voters will read it");
    }
}
