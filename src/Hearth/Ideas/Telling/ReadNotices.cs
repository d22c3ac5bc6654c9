using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>What somebody was told.</summary>
/// <param name="Id">The notice.</param>
/// <param name="Kind">moved, merged, archiveSoon, answered ...</param>
/// <param name="Because">author, voter, commenter, follower, or addressed when it is meant for them alone.</param>
/// <param name="Idea">What it is about; null when it is about none.</param>
/// <param name="Title">The idea's title.</param>
/// <param name="Text">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Seen">False while it is new.</param>
public sealed record IdeaNoticeView(IdeaNoticeId Id, IdeaNewsKind Kind, Because Because, IdeaId? Idea, string? Title, string Text, DateTimeOffset At, bool Seen);

/// <summary>The notices of one account, as the site shows them.</summary>
public sealed class ReadNotices(Database db, TimeProvider clock)
{
    private sealed record Place(long Number);

    /// <summary>The latest first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<IdeaNoticeView>?> Of(UserId account, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var rows = db.IdeaNotices.AsNoTracking().Where(n => n.User == account);
        if (place is { Number: var number }) rows = rows.Where(n => n.Number < number);
        var page = Keyset.Cut(await rows.OrderByDescending(n => n.Number).Take(size + 1).ToListAsync(ct), size, n => new Place(n.Number));
        var titles = await db.Titles(page.Items.Select(n => n.Idea), ct);
        return page.Select(n => new IdeaNoticeView(n.Id, n.Kind, n.Because, n.Idea, n.Idea is { } i ? titles.GetValueOrDefault(i) : null, n.Text, n.At, n.SeenAt is not null));
    }

    /// <summary>How many are new; counting stops at 100.</summary>
    public Task<int> New(UserId account, CancellationToken ct) => db.IdeaNotices.Where(n => n.User == account && n.SeenAt == null).Take(100).CountAsync(ct);

    /// <summary>Marks all as seen.</summary>
    public Task See(UserId account, CancellationToken ct)
    {
        var now = clock.Now();
        return db.IdeaNotices.Where(n => n.User == account && n.SeenAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.SeenAt, now), ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/notices", async Task<Results<Ok<Page<IdeaNoticeView>>, ProblemHttpResult>> (ReadNotices read, HttpContext http, CancellationToken ct, string? after = null, int? size = null) =>
                await read.Of(http.Actor().Id, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listIdeaNotices").WithSummary("What you were told of ideas, the latest first").RequireAuthorization("community").ProducesProblem(400);
        ideas.MapPost("/notices/seen", async Task<NoContent> (ReadNotices read, HttpContext http, CancellationToken ct) =>
            {
                await read.See(http.Actor().Id, ct);
                return TypedResults.NoContent();
            })
            .WithName("seeIdeaNotices").WithSummary("Mark all of them as seen").RequireAuthorization("community");
    }
}

internal static class IdeaTitles
{
    internal static async Task<IReadOnlyDictionary<IdeaId, string>> Titles(this Database db, IEnumerable<IdeaId?> ideas, CancellationToken ct)
    {
        var ids = ideas.OfType<IdeaId>().Distinct().ToArray();
        return ids.Length == 0 ? new Dictionary<IdeaId, string>() : await db.Ideas.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Title, ct);
    }
}
