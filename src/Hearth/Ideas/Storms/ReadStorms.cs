using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Storms;

/// <summary>Where a storm is in its life.</summary>
public enum StormStage
{
    /// <summary>Announced; it takes ideas later.</summary>
    Coming,

    /// <summary>It takes ideas now.</summary>
    Open,

    /// <summary>Over; the brand has not yet said what will be done.</summary>
    Over,

    /// <summary>The brand has said what will be done.</summary>
    SummedUp,
}

/// <summary>One storm in a list.</summary>
/// <param name="Id">The storm.</param>
/// <param name="Question">One line.</param>
/// <param name="Category">Slug of the shelf its ideas stand on.</param>
/// <param name="OpensAt">From when on it takes ideas.</param>
/// <param name="ClosesAt">Until when.</param>
/// <param name="By">Who asked.</param>
/// <param name="Department">Of whom.</param>
/// <param name="Stage">Where it is now.</param>
/// <param name="Ideas">How many ideas of it the board shows.</param>
public sealed record StormLine(StormId Id, string Question, string Category, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string By, Department? Department, StormStage Stage, int Ideas);

/// <summary>A storm as its page shows it.</summary>
/// <param name="Line">What lists show of it.</param>
/// <param name="Body">Markdown without HTML.</param>
/// <param name="Summary">What was heard; null until it is summed up.</param>
/// <param name="SummaryBy">Who summed it up.</param>
/// <param name="SummedUpAt">When.</param>
/// <param name="WillDo">What will be done.</param>
public sealed record StormView(StormLine Line, string Body, string? Summary, string? SummaryBy, DateTimeOffset? SummedUpAt, IReadOnlyList<StormWillDo> WillDo);

/// <summary>One thing that will be done after a storm.</summary>
/// <param name="What">One line.</param>
/// <param name="Idea">The idea it comes from, if one.</param>
/// <param name="Title">That idea's title.</param>
/// <param name="Status">What becomes of that idea now.</param>
public sealed record StormWillDo(string What, IdeaId? Idea, string? Title, IdeaStatus? Status);

/// <summary>Reads the questions that the brand asked.</summary>
public sealed class ReadStorms(Database db, TimeProvider clock)
{
    /// <summary>All storms, the one that closes last first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<StormLine>?> List(string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var storms = db.Storms.AsNoTracking();
        if (place is not null)
        {
            var closes = Time.FromUnixMicroseconds(place.Key);
            storms = storms.Where(s => s.ClosesAt < closes || (s.ClosesAt == closes && s.Number < place.Number));
        }

        var take = Keyset.Size(size);
        var rows = await storms.OrderByDescending(s => s.ClosesAt).ThenByDescending(s => s.Number).Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, take, s => new Place(s.ClosesAt.ToUnixMicroseconds(), s.Number));
        var ids = page.Items.Select(s => (StormId?)s.Id).ToList();
        var counts = await db.ShownIdeas.Where(i => ids.Contains(i.Storm)).GroupBy(i => i.Storm).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return page.Select(s => Line(s, counts.Find(c => c.Key == s.Id)?.Count ?? 0));
    }

    /// <summary>One storm.</summary>
    /// <returns>Null when there is no such storm.</returns>
    public async Task<StormView?> Of(StormId storm, CancellationToken ct)
    {
        if (await db.Storms.AsNoTracking().SingleOrDefaultAsync(s => s.Id == storm, ct) is not { } row) return null;
        var promises = await db.StormPromises.AsNoTracking().Where(p => p.Storm == storm).OrderBy(p => p.Place).ToListAsync(ct);
        var ids = promises.Select(p => p.Idea).OfType<IdeaId>().ToList();
        var ideas = await db.ShownIdeas.Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.Title, i.Status }).ToDictionaryAsync(i => i.Id, ct);
        return new(Line(row, await db.ShownIdeas.CountAsync(i => i.Storm == storm, ct)), row.Body, row.Summary, row.SummaryBy, row.SummedUpAt, [.. promises.Select(p =>
            p.Idea is { } idea && ideas.GetValueOrDefault(idea) is { } found ? new StormWillDo(p.What, idea, found.Title, found.Status) : new StormWillDo(p.What, null, null, null))]);
    }

    internal static void Map(IEndpointRouteBuilder storms)
    {
        storms.MapGet("/", async Task<Results<Ok<Page<StormLine>>, ProblemHttpResult>> (string? after, int? size, ReadStorms read, CancellationToken ct) =>
            await read.List(after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .AllowAnonymous().WithSummary("The brand's questions, the one that closes last first").ProducesProblem(400);
        storms.MapGet("/{storm:guid}", async Task<Results<Ok<StormView>, ProblemHttpResult>> (Guid storm, ReadStorms read, CancellationToken ct) =>
            await read.Of(new(storm), ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("storm"))
            .AllowAnonymous().WithSummary("One question with its summary").ProducesProblem(404);
    }

    private sealed record Place(long Key, long Number);

    private StormLine Line(Storm s, int ideas)
    {
        var now = clock.Now();
        var stage = s.SummedUpAt is not null ? StormStage.SummedUp : now < s.OpensAt ? StormStage.Coming : now < s.ClosesAt ? StormStage.Open : StormStage.Over;
        return new(s.Id, s.Question, s.Category, s.OpensAt, s.ClosesAt, s.ByName, s.Department, stage, ideas);
    }
}
