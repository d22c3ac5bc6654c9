using Hearth.Channels.Trackers;
using Hearth.Governance;
using Hearth.Operations.Trackers;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Discussion;

/// <summary>A comment on a gap.</summary>
/// <param name="Id">The comment.</param>
/// <param name="ByName">Who said it.</param>
/// <param name="Body">Plain text.</param>
/// <param name="At">When.</param>
/// <param name="EditedAt">When it was last changed in its tracker.</param>
/// <param name="Tracker">The name of the tracker it was said in; null for here.</param>
/// <param name="Url">Where people read it there.</param>
public sealed record GapCommentView(GapCommentId Id, string ByName, string Body, DateTimeOffset At, DateTimeOffset? EditedAt, string? Tracker, string? Url);

/// <summary>A document that shows the cause.</summary>
/// <param name="Id">The document.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Address">Where it is.</param>
/// <param name="ByName">Who keeps it here.</param>
/// <param name="At">Since when.</param>
public sealed record GapEvidenceView(GapEvidenceId Id, string Title, string Address, string ByName, DateTimeOffset At);

/// <summary>What those who work on a gap say, keep and watch.</summary>
/// <param name="Comments">Oldest first; the latest 500.</param>
/// <param name="Evidence">Oldest first.</param>
/// <param name="Watchers">Names of those who watch it.</param>
/// <param name="Watched">Whether the reader does.</param>
/// <param name="Issues">Its issues in trackers.</param>
public sealed record GapDiscussion(IReadOnlyList<GapCommentView> Comments, IReadOnlyList<GapEvidenceView> Evidence, IReadOnlyList<string> Watchers, bool Watched, IReadOnlyList<GapIssueView> Issues);

/// <summary>Reads the discussion of a gap.</summary>
public sealed class ReadDiscussion(Database db, Channels.Trackers.Trackers trackers)
{
    private const int MostComments = 500;

    public async Task<GapDiscussion> Of(GapId gap, UserId? reader, CancellationToken ct)
    {
        var known = await trackers.Known(ct);
        var comments = await db.Set<GapComment>().AsNoTracking().Where(c => c.GapId == gap).OrderByDescending(c => c.Number).Take(MostComments).ToListAsync(ct);
        var evidence = await db.Set<GapEvidence>().AsNoTracking().Where(e => e.GapId == gap).OrderBy(e => e.Number).ToListAsync(ct);
        var watchers = await db.Set<GapWatcher>().AsNoTracking().Where(w => w.GapId == gap).OrderBy(w => w.Name).ThenBy(w => w.User).ToListAsync(ct);
        var issues = await db.Set<GapIssue>().AsNoTracking().Where(i => i.GapId == gap).OrderBy(i => i.AskedFor).ThenBy(i => i.TrackerId).ToListAsync(ct);
        comments.Reverse();
        return new(
            comments.ConvertAll(c => new GapCommentView(c.Id, c.ByName, c.Body, c.At, c.EditedAt, c.TrackerId is { } t ? known.GetValueOrDefault(t)?.Name ?? "a tracker" : null, c.Url)),
            evidence.ConvertAll(e => new GapEvidenceView(e.Id, e.Title, e.Address, e.ByName, e.At)),
            watchers.ConvertAll(w => w.Name), watchers.Exists(w => w.User == reader), issues.ConvertAll(i => SyncTrackersRun.View(i, known)));
    }

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapGet("/{id:guid}/discussion", async Task<Ok<GapDiscussion>> (Guid id, ReadDiscussion read, HttpContext http, CancellationToken ct) =>
            TypedResults.Ok(await read.Of(GapId.From(id), http.Actor().Id, ct)))
        .WithName("readDiscussion").WithSummary("Comments, evidence, watchers and tracker issues of a gap").RequireAuthorization("read");
}
