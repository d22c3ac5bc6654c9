using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Archive;

/// <summary>An idea goes to the archive unless the brand takes it up.</summary>
/// <param name="Idea">Which one.</param>
/// <param name="ArchiveAt">When.</param>
/// <param name="At">When that was announced.</param>
public sealed record IdeaArchivedSoon(IdeaId Idea, DateTimeOffset ArchiveAt, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>
/// The archive rule: an idea that for months has neither been taken up nor moved is announced, and put away when the notice is over. It keeps its votes and comments, is
/// found by search, can be brought back and posted anew.
/// </summary>
/// <remarks>Every step is conditional on what stands in the row, so that running again after a crash, or on two nodes, does nothing twice.</remarks>
public sealed class ArchiveIdeas(Database db, TellFollowers tell, TimeProvider clock)
{
    /// <summary>Days between the announcement and the archive.</summary>
    public const int NoticeDays = 14;

    private const int Batch = 200;

    /// <summary>Under whose name the rule moves ideas.</summary>
    internal static readonly Actor Rule = new(new UserId(Guid.Empty), "The archive rule", "AR", null, Role.Agent);

    /// <summary>What somebody of the brand works on, has promised or has done never goes to the archive by itself.</summary>
    public static bool MayRest(IdeaStatus status) => status is IdeaStatus.Submitted or IdeaStatus.Acknowledged or IdeaStatus.NotPlanned;

    /// <summary>Announces what is due to be announced and archives what was announced long enough ago.</summary>
    /// <returns>How many ideas were announced and how many archived.</returns>
    public async Task<(int Announced, int Archived)> Run(CancellationToken ct)
    {
        var (announced, archived) = (0, 0);
        for (var some = Batch; some == Batch; announced += some) some = await Announce(ct);
        for (var some = Batch; some == Batch; archived += some) some = await Archive(ct);
        return (announced, archived);
    }

    private async Task<int> Announce(CancellationToken ct)
    {
        var months = await Months(ct);
        if (months == 0) return 0;
        return await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var (before, at) = (now.AddMonths(-months), now.AddDays(NoticeDays));
            var due = await Resting().Where(i => i.ArchiveAt == null && i.At < before && (i.MovedAt == null || i.MovedAt < before))
                .OrderBy(i => i.At).Take(Batch).Select(i => i.Id).ToListAsync(ct);
            foreach (var idea in due)
            {
                if (await Resting().Where(i => i.Id == idea && i.ArchiveAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.ArchiveAt, at), ct) == 0) continue;
                await tell.Of(idea, IdeaNewsKind.ArchiveSoon, Announcement(at, months), $"archive:{idea.Value:N}:{at.ToUnixMicroseconds()}", null, ct);
                db.Record(new IdeaArchivedSoon(idea, at, now));
            }

            await db.SaveChangesAsync(ct);
            return due.Count;
        }, ct);
    }

    private Task<int> Archive(CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var due = await Resting().Where(i => i.ArchiveAt != null && i.ArchiveAt <= now).OrderBy(i => i.ArchiveAt).Take(Batch).Select(i => new { i.Id, i.Status, i.At }).ToListAsync(ct);
        foreach (var idea in due)
        {
            var moved = await db.ShownIdeas.Where(i => i.Id == idea.Id && i.Status == idea.Status && i.ArchiveAt != null).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Status, IdeaStatus.Archived).SetProperty(i => i.MovedAt, now).SetProperty(i => i.ArchiveAt, (DateTimeOffset?)null), ct);
            if (moved == 0) continue; // somebody took it up meanwhile
            var reason = "Nobody took it up in a long time. It keeps its votes and comments, and it may be posted anew.";
            db.Add(new IdeaMove { Idea = idea.Id, From = idea.Status, To = IdeaStatus.Archived, Reason = reason, By = Rule.Id, ByName = Rule.Name, Department = null, At = now });
            await tell.OfMove(idea.Id, IdeaStatus.Archived, reason, Rule, null, ct);
            db.Record(new IdeaMoved(idea.Id, idea.Status, IdeaStatus.Archived, reason, Rule.Id, now));
        }

        await db.SaveChangesAsync(ct);
        return due.Count;
    }, ct);

    private IQueryable<Idea> Resting() =>
        db.ShownIdeas.Where(i => i.Status == IdeaStatus.Submitted || i.Status == IdeaStatus.Acknowledged || i.Status == IdeaStatus.NotPlanned);

    private static string Announcement(DateTimeOffset at, int months) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"Nobody took it up in {months} months. It goes to the archive on {at:d MMMM yyyy} unless somebody of the brand moves it before. It keeps its votes and comments there, and it may be posted anew.");

    // 0: nothing goes to the archive by itself.
    private async Task<int> Months(CancellationToken ct) =>
        await db.IdeaBoards.Select(b => (int?)b.ArchiveAfterMonths).SingleOrDefaultAsync(ct) ?? BoardRules.DefaultArchiveAfterMonths;
}

/// <summary>Looks every hour for ideas to announce or to put away.</summary>
public sealed record KeepArchive : IJob;

internal sealed class KeepArchiveRun(ArchiveIdeas archive) : IRun<KeepArchive>
{
    public Task Run(KeepArchive job, CancellationToken ct) => archive.Run(ct);
}
