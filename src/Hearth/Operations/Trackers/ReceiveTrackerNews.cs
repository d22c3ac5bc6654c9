using System.Text.Json;
using Hearth.Channels.Trackers;
using Hearth.Governance;
using Hearth.Operations.Discussion;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Trackers;

/// <summary>
/// Hears what happens to a gap's issue in its tracker: comments come below the gap, closing and opening again are said there, and whoever is given the issue makes an open gap
/// investigated. Closing an issue ships nothing: what customers are told is decided here. The same message again changes nothing, whatever order messages come in.
/// </summary>
public sealed class ReceiveTrackerNews(Database db, TrackerClient trackers, MoveGap move, TimeProvider clock)
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>What was said, from the tracker's message.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Run(TrackerId tracker, IHeaderDictionary headers, byte[] body, CancellationToken ct)
    {
        try
        {
            var (known, refusal, news) = await trackers.Read(tracker, headers, body, ct);
            if (!known) return Problems.Unknown("tracker");
            if (refusal is not null) return Problems.Refused("not-trusted", refusal, StatusCodes.Status401Unauthorized);
            if (news is not null) await Take(tracker, news, ct);
            return TypedResults.NoContent();
        }
        catch (JsonException e)
        {
            return Problems.Invalid(string.IsNullOrEmpty(e.Path) ? "$" : e.Path.TrimStart('$', '.'), "is not what this tracker sends");
        }
    }

    private async Task Take(TrackerId tracker, TrackerNews news, CancellationToken ct)
    {
        if (await db.Set<GapIssue>().AsNoTracking().SingleOrDefaultAsync(i => i.TrackerId == tracker && i.Number == news.Number, ct) is not { } issue) return;
        try
        {
            await db.InTransaction(() => news.CommentId is { } comment ? Comment(issue, news, comment, ct) : Happened(issue, news, ct), ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // the same message twice at once
        }

        if (news.Kind != TrackerNewsKind.Assigned) return;
        var stage = await db.Set<Gap>().Where(g => g.Id == issue.GapId).Select(g => g.Stage).SingleAsync(ct);
        if (stage == GapStage.Open) await move.To(issue.GapId, GapStage.Open, GapStage.Investigating, null, Actor(tracker, news), ct);
    }

    private async Task Comment(GapIssue issue, TrackerNews news, string external, CancellationToken ct)
    {
        var text = news.Text ?? "";
        if (text.Contains("<!-- hearth ", StringComparison.Ordinal)) return; // our own words come back
        var known = await db.Set<GapComment>().SingleOrDefaultAsync(c => c.TrackerId == issue.TrackerId && c.ExternalId == external, ct);
        var body = news.Kind == TrackerNewsKind.CommentDeleted ? "Removed in the tracker." : text.Length <= DiscussGap.MaxComment ? text : text[..(DiscussGap.MaxComment - 1)] + "…";
        if (known is not null)
        {
            // A repeated "created" carries the text of before an edit.
            if (news.Kind == TrackerNewsKind.Commented || known.EditedAt >= news.At || body.Length == 0) return;
            (known.Body, known.EditedAt) = (body, news.At);
        }
        else if (news.Kind != TrackerNewsKind.CommentDeleted && body.Length > 0)
        {
            Say(issue, news, body, external);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task Happened(GapIssue issue, TrackerNews news, CancellationToken ct)
    {
        var changed = db.Set<GapIssue>().Where(i => i.GapId == issue.GapId && i.TrackerId == issue.TrackerId && i.State != IssueState.Gone);
        switch (news.Kind)
        {
            case TrackerNewsKind.Deleted:
                if (await changed.ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IssueState.Gone).SetProperty(i => i.IsOpen, false), ct) == 1) Say(issue, news, "Deleted the issue.", null);
                break;
            case TrackerNewsKind.Closed or TrackerNewsKind.Reopened:
                var open = news.Kind == TrackerNewsKind.Reopened;
                var (at, was) = (news.At, !open);
                if (await changed.Where(i => i.ToldAt <= at && i.IsOpen == was).ExecuteUpdateAsync(set => set.SetProperty(i => i.IsOpen, open).SetProperty(i => i.ToldAt, at), ct) == 1)
                {
                    Say(issue, news, open ? "Opened the issue again." : "Closed the issue.", null);
                }

                break;
        }

        await db.SaveChangesAsync(ct);
    }

    private void Say(GapIssue issue, TrackerNews news, string body, string? external)
    {
        var (id, now) = (GapCommentId.New(), clock.Now());
        db.Add(new GapComment { Id = id, GapId = issue.GapId, ByName = news.By, Body = body, At = now, TrackerId = issue.TrackerId, ExternalId = external, Url = Address(news.Url) });
        db.Record(new GapCommented(issue.GapId, id, UserId.From(issue.TrackerId.Value), issue.TrackerId, now));
    }

    // A link of a page must never run anything.
    private static string? Address(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? url : null;

    private static Actor Actor(TrackerId tracker, TrackerNews news) => new(UserId.From(tracker.Value), news.By, "TR", null, Role.Agent);

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/trackers/{id:guid}/hook", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, HttpRequest request, ReceiveTrackerNews receive, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            try
            {
                await request.Body.CopyToAsync(body, ct);
            }
            catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                return Problems.Refused("too-large", $"A message has at most {MaxBody:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
            }

            return await receive.Run(TrackerId.From(id), request.Headers, body.ToArray(), ct);
        })
        .WithTags("Operations").WithName("hearTracker").WithSummary("What a tracker's webhook tells of issues; signed with the tracker's secret")
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxBody));
}
