using Hearth.Channels.Trackers;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Trackers;

/// <summary>Whatever trackers have not heard yet is said to them.</summary>
public sealed record SyncTrackers : IJob;

/// <summary>
/// Brings each issue in step: 1. opens it, 2. says below it what waits, in its order, 3. opens or closes it. Before each call is kept that it is tried, after each what came of it; where a call was
/// tried before and its end is not known, the tracker is asked for our mark first. So a crash anywhere leaves one issue and each note once.
/// </summary>
public sealed class SyncTrackersRun(Database db, TrackerClient tracker, TimeProvider clock) : IRun<SyncTrackers>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Tries before a person is asked to look; the last pauses are of 10 minutes.</summary>
    public const int MaxAttempts = 20;

    private const int Batch = 50;

    /// <summary>Our clocks may differ; a mark is looked for from so long before the first try.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    public async Task Run(SyncTrackers job, CancellationToken ct)
    {
        var now = clock.Now();
        var due = await db.Set<GapIssue>().AsNoTracking().Where(i => i.State == IssueState.Waiting && i.NextAt <= now).OrderBy(i => i.NextAt).Take(Batch)
            .Select(i => new { i.GapId, i.TrackerId }).ToListAsync(ct);
        foreach (var issue in due)
        {
            try
            {
                await Bring(issue.GapId, issue.TrackerId, ct);
            }
            catch (LaterException later)
            {
                await Put(issue.GapId, issue.TrackerId, later.At, later.Message, refused: false, ct);
            }
            catch (TrackerException e)
            {
                await Put(issue.GapId, issue.TrackerId, null, e.Message, refused: !e.IsPassing, ct);
            }
            catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
            {
                await Put(issue.GapId, issue.TrackerId, null, e.Message, refused: false, ct);
            }

            db.ChangeTracker.Clear();
        }
    }

    internal static GapIssueView View(GapIssue i, IReadOnlyDictionary<TrackerId, TrackerView> trackers) =>
        new(i.TrackerId, trackers.GetValueOrDefault(i.TrackerId)?.Name ?? "a tracker", i.State, i.Number, i.Url, i.IsOpen, i.Error);

    /// <summary>What names something of ours in a tracker.</summary>
    internal static string Mark(Guid id) => $"<!-- hearth {id} -->";

    private async Task Bring(GapId gap, TrackerId at, CancellationToken ct)
    {
        var issue = await db.Set<GapIssue>().SingleAsync(i => i.GapId == gap && i.TrackerId == at, ct);
        if (issue.Number is null) Know(issue, await Open(issue, ct));
        await db.SaveChangesAsync(ct);
        var number = issue.Number!.Value;

        foreach (var note in await db.Set<IssueNote>().Where(n => n.GapId == gap && n.TrackerId == at && n.SaidAt == null).OrderBy(n => n.Number).ToListAsync(ct))
        {
            var mark = Mark(note.Mark);
            var stands = note.TriedAt is { } tried && await tracker.HasComment(at, number, mark, tried - Skew, ct);
            note.TriedAt ??= clock.Now();
            await db.SaveChangesAsync(ct);
            if (!stands) await tracker.Say(at, number, $"{note.Text}\n\n{mark}", ct);
            note.SaidAt = clock.Now();
            await db.SaveChangesAsync(ct);
        }

        if (issue.WantedOpen is { } open && open != issue.IsOpen) Know(issue, await tracker.Set(at, number, open, ct));
        (issue.WantedOpen, issue.Attempts, issue.Error) = (null, 0, null);
        await db.SaveChangesAsync(ct);

        // What came to be said meanwhile keeps it waiting.
        await db.Set<GapIssue>().Where(i => i.GapId == gap && i.TrackerId == at && i.State == IssueState.Waiting && i.WantedOpen == null
            && !db.Set<IssueNote>().Any(n => n.GapId == gap && n.TrackerId == at && n.SaidAt == null)).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IssueState.InStep), ct);
    }

    private async Task<TrackerIssue> Open(GapIssue issue, CancellationToken ct)
    {
        var mark = Mark(issue.GapId.Value);
        if (issue.TriedAt is { } tried && await tracker.Find(issue.TrackerId, mark, tried - Skew, ct) is { } stands) return stands;
        issue.TriedAt ??= clock.Now();
        await db.SaveChangesAsync(ct);
        var gap = await db.Set<Gap>().AsNoTracking().SingleAsync(g => g.Id == issue.GapId, ct);
        return await tracker.Open(issue.TrackerId, gap.Title, $"{Text(gap, issue.Back)}\n\n{mark}", ct);
    }

    private static string Text(Gap gap, string? back)
    {
        var lines = new List<string> { "**Expected:** " + gap.Expected, "**Experienced:** " + gap.Experienced };
        if (gap.People > 0) lines.Add(FormattableString.Invariant($"{gap.People} {(gap.People == 1 ? "person has" : "people have")} spoken of it so far."));
        if (back is not null) lines.Add($"Gap {gap.Number}: {back}");
        return string.Join("\n\n", lines);
    }

    private static void Know(GapIssue issue, TrackerIssue seen)
    {
        (issue.Number, issue.Url) = (seen.Number, seen.Url);
        if (seen.UpdatedAt >= issue.ToldAt) (issue.IsOpen, issue.ToldAt) = (seen.IsOpen, seen.UpdatedAt);
    }

    private async Task Put(GapId gap, TrackerId at, DateTimeOffset? next, string error, bool refused, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var issue = await db.Set<GapIssue>().SingleAsync(i => i.GapId == gap && i.TrackerId == at, ct);
        if (next is null) issue.Attempts++;
        (issue.NextAt, issue.Error) = (next ?? clock.Now() + Backoff.After(issue.Attempts), error);
        if (refused || issue.Attempts >= MaxAttempts) issue.State = IssueState.Refused;
        await db.SaveChangesAsync(ct);
    }
}
