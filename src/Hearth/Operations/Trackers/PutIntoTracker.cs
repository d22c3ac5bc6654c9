using Hearth.Channels.Trackers;
using Hearth.Governance;
using Hearth.Operations.Discussion;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Trackers;

/// <summary>What became of putting a gap into a tracker.</summary>
public enum PuttingIntoTracker
{
    /// <summary>It is on its way, or stands there already.</summary>
    Asked,
    UnknownGap,
    UnknownTracker,
}

/// <summary>Puts a gap into an issue tracker, where those work who remove its cause. Asking again tries again what was refused.</summary>
public sealed class PutIntoTracker(Database db, Channels.Trackers.Trackers trackers, TimeProvider clock)
{
    /// <param name="gap">Which.</param>
    /// <param name="tracker">Where to.</param>
    /// <param name="back">Where the gap is read; null when unknown.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<PuttingIntoTracker> Run(GapId gap, TrackerId tracker, string? back, Actor by, CancellationToken ct)
    {
        if ((await trackers.All(ct)).All(t => t.Id != tracker)) return PuttingIntoTracker.UnknownTracker;
        try
        {
            return await db.InTransaction(async () =>
            {
                if (!await db.Set<Gap>().AnyAsync(g => g.Id == gap, ct)) return PuttingIntoTracker.UnknownGap;
                var now = clock.Now();
                var again = await db.Set<GapIssue>().Where(i => i.GapId == gap && i.TrackerId == tracker && i.State == IssueState.Refused)
                    .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IssueState.Waiting).SetProperty(i => i.Attempts, 0).SetProperty(i => i.NextAt, now), ct);
                if (again == 1 || await db.Set<GapIssue>().AnyAsync(i => i.GapId == gap && i.TrackerId == tracker, ct)) return PuttingIntoTracker.Asked;
                db.Add(new GapIssue { GapId = gap, TrackerId = tracker, Back = back, AskedBy = by.Id, AskedFor = now, NextAt = now });
                await db.SaveChangesAsync(ct);
                return PuttingIntoTracker.Asked;
            }, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // asked twice at once
            return PuttingIntoTracker.Asked;
        }
    }

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapPut("/{id:guid}/trackers/{tracker:guid}",
            async Task<Results<Accepted, ProblemHttpResult>> (Guid id, Guid tracker, PutIntoTracker put, PublicAddress address, HttpContext http, CancellationToken ct) =>
                await put.Run(GapId.From(id), TrackerId.From(tracker), $"{address.Of(http)}/fix/{id}", http.Actor(), ct) switch
                {
                    PuttingIntoTracker.Asked => TypedResults.Accepted($"/api/v1/gaps/{id}/discussion"),
                    PuttingIntoTracker.UnknownTracker => Problems.Unknown("tracker"),
                    _ => Problems.Unknown("gap"),
                })
        .WithName("putIntoTracker").WithSummary("Open an issue for a gap in a tracker, or try again what was refused").RequireAuthorization("write").ProducesProblem(404);
}

/// <summary>Tells a gap's trackers what happens to it here. What came from a tracker is not told to it again.</summary>
public sealed class HearGaps(Database db, TimeProvider clock) : IHandle<GapMoved>, IHandle<GapCommented>
{
    public async Task Handle(GapMoved fact, CancellationToken ct)
    {
        var by = await db.Set<GapMove>().Where(m => m.GapId == fact.Gap && m.To == fact.To && m.At == fact.At).Select(m => m.ByName).FirstOrDefaultAsync(ct) ?? "Hearth";
        var why = fact.Why is null ? "." : $": {fact.Why}";
        await Tell(fact.Gap, TrackerId.From(fact.By.Value), $"{by} moved the gap from {fact.From.Title()} to **{fact.To.Title()}**{why}", fact.At, fact.To is not (GapStage.Verified or GapStage.Declined), ct);
    }

    public async Task Handle(GapCommented fact, CancellationToken ct)
    {
        if (await db.Set<GapComment>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == fact.Comment, ct) is not { } comment) return;
        var from = fact.Tracker is { } t ? $"{comment.ByName}, in another tracker" : comment.ByName;
        await Tell(fact.Gap, fact.Tracker, $"**{from}:** {comment.Body}", fact.At, null, ct);
    }

    private async Task Tell(GapId gap, TrackerId? except, string text, DateTimeOffset at, bool? open, CancellationToken ct)
    {
        var now = clock.Now();
        foreach (var issue in await db.Set<GapIssue>().Where(i => i.GapId == gap && i.TrackerId != except && i.State != IssueState.Gone).ToListAsync(ct))
        {
            db.Add(new IssueNote { Mark = Ids.New(), GapId = gap, TrackerId = issue.TrackerId, Text = text, At = at });
            if (issue.State == IssueState.InStep) (issue.State, issue.NextAt) = (IssueState.Waiting, now);
            issue.WantedOpen = open ?? issue.WantedOpen;
        }

        await db.SaveChangesAsync(ct);
    }
}
