using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>What taking down and putting back share.</summary>
internal static class RemovalTables
{
    extension(Database db)
    {
        internal DbSet<Removal> Removals => db.Set<Removal>();
        internal DbSet<IdeaReport> IdeaReports => db.Set<IdeaReport>();
    }

    /// <summary>Of two who moderate the same idea at once, the second waits until the first is done.</summary>
    internal static Task LockIdea(this Database db, IdeaId idea, CancellationToken ct) =>
        db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Standing, i => i.Standing), ct);

    internal static Task<bool> IsDown(this Database db, RemovedKind kind, IdeaId idea, IdeaCommentId? comment, Guid? image, CancellationToken ct) =>
        db.Removals.AnyAsync(r => r.Kind == kind && r.Idea == idea && r.Comment == comment && r.Image == image && r.RestoredAt == null, ct);

    /// <summary>Takes an idea's words off its row and the idea off the lists; a merged one stays merged.</summary>
    internal static async Task Blank(this Database db, IdeaId idea, string title, CancellationToken ct)
    {
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Title, title).SetProperty(i => i.Body, "").SetProperty(i => i.What, (string?)null).SetProperty(i => i.ForWhom, (string?)null)
            .SetProperty(i => i.Why, (string?)null).SetProperty(i => i.ArchiveAt, (DateTimeOffset?)null), ct);
        await db.Ideas.Where(i => i.Id == idea && i.Standing == IdeaStanding.Shown).ExecuteUpdateAsync(set => set.SetProperty(i => i.Standing, IdeaStanding.Removed), ct);
    }

    /// <summary>Takes what an idea or a comment said before off the table that everybody reads.</summary>
    internal static async Task<IReadOnlyList<KeptVersion>> TakeEarlier(this Database db, IdeaId idea, IdeaCommentId? comment, CancellationToken ct)
    {
        var texts = db.IdeaTexts.Where(t => t.Comment == comment);
        if (comment is null) texts = texts.Where(t => t.Idea == idea);
        var earlier = await texts.OrderBy(t => t.Version).Select(t => new KeptVersion(t.Version, t.Title, t.Body, t.At)).ToListAsync(ct);
        if (earlier.Count > 0) await texts.ExecuteDeleteAsync(ct);
        return earlier;
    }

    internal static void ReturnEarlier(this Database db, IdeaId idea, IdeaCommentId? comment, KeptWords kept) =>
        db.AddRange(kept.Earlier.Select(v => new IdeaText { Idea = idea, Comment = comment, Version = v.Version, Title = v.Title, Body = v.Body, At = v.At }));

    /// <summary>Counts a comment in or out, below the idea where it stands and in its thread.</summary>
    internal static async Task CountComment(this Database db, IdeaComment comment, int by, CancellationToken ct)
    {
        await db.Ideas.Where(i => i.Id == comment.Idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments + by), ct);
        if (comment.Root is { } root) await db.IdeaComments.Where(c => c.Id == root).ExecuteUpdateAsync(set => set.SetProperty(c => c.Replies, c => c.Replies + by), ct);
    }

    internal static Task SettleReports(this Database db, Guid target, UserId by, bool upheld, DateTimeOffset now, CancellationToken ct) =>
        db.IdeaReports.Where(r => r.Target == target && r.SettledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.SettledAt, now).SetProperty(r => r.SettledBy, by).SetProperty(r => r.Upheld, upheld), ct);
}

public static class RemovalReasons
{
    /// <summary>The reason in a reader's words: "it names private data".</summary>
    public static string Words(this RemovalReason why) => why switch
    {
        RemovalReason.Author => "asked for by its author",
        RemovalReason.Spam => "spam",
        RemovalReason.Insult => "an insult",
        RemovalReason.PrivateData => "somebody's private data",
        RemovalReason.OffTopic => "off topic",
        RemovalReason.Unlawful => "against the law",
        _ => "another reason",
    };
}
