using Hearth.Governance;
using Hearth.Operations.Verification;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Changes;

/// <summary>A change in a line.</summary>
/// <param name="Id">The change.</param>
/// <param name="Number">What people call it by, from 1.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Kind">productDesign, servicePolicy, process or message.</param>
/// <param name="Owner">The department that does it.</param>
/// <param name="State">planned, shipped or rolledBack.</param>
/// <param name="PlannedFor">When it is to be out.</param>
/// <param name="ShippedAt">From when on people meet it.</param>
/// <param name="Cost">What it costs; null when nobody has said.</param>
/// <param name="Gaps">How many gaps it serves.</param>
/// <param name="Late">Planned for a day that has passed, and not out.</param>
public sealed record ChangeLine(ChangeId Id, long Number, string Title, ChangeKind Kind, Department Owner, ChangeState State, DateTimeOffset? PlannedFor, DateTimeOffset? ShippedAt,
    Money? Cost, int Gaps, bool Late);

/// <summary>A change with everything known about it.</summary>
/// <param name="Line">Its line in the list.</param>
/// <param name="What">What is done.</param>
/// <param name="Why">Why it should help.</param>
/// <param name="Region">Where it holds; null for everywhere.</param>
/// <param name="Units">How many units or cases it reaches; null when not counted.</param>
/// <param name="Skus">Which products; empty for all.</param>
/// <param name="LagDays">Days after shipping that are not judged.</param>
/// <param name="WindowDays">Days after these that are.</param>
/// <param name="PlannedByName">Who planned it.</param>
/// <param name="PlannedAt">When.</param>
/// <param name="MeasuredFrom">The first day that is judged; null until it is out.</param>
/// <param name="JudgedOn">When the verdict falls; null until it is out.</param>
/// <param name="RolledBackAt">When it was taken back.</param>
/// <param name="RollBackReason">Why.</param>
/// <param name="Gaps">What it serves, dearest first.</param>
/// <param name="Ideas">Ids of the ideas it carries out.</param>
public sealed record ChangeView(ChangeLine Line, string What, string Why, string? Region, int? Units, IReadOnlyList<string> Skus, int LagDays, int WindowDays, string PlannedByName,
    DateTimeOffset PlannedAt, DateTimeOffset? MeasuredFrom, DateTimeOffset? JudgedOn, DateTimeOffset? RolledBackAt, string? RollBackReason, IReadOnlyList<GapLine> Gaps, IReadOnlyList<Guid> Ideas);

/// <summary>Reads changes.</summary>
public sealed class ReadChange(Database db, TimeProvider clock)
{
    private sealed record Place(long Number);

    /// <returns>Null when there is no such change.</returns>
    public async Task<ChangeView?> Of(ChangeId id, CancellationToken ct)
    {
        if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } row) return null;
        var now = clock.Now();
        var served = db.Set<ServedGap>().Where(g => g.ChangeId == id).Select(g => g.GapId);
        var gaps = (await db.Set<Gap>().AsNoTracking().Where(g => served.Contains(g.Id)).OrderByDescending(g => g.Cost).ThenBy(g => g.Number).ToListAsync(ct)).ConvertAll(g => ListGaps.Line(g, now));
        var ideas = await db.Set<ServedIdea>().AsNoTracking().Where(i => i.ChangeId == id).Select(i => i.Idea).ToListAsync(ct);
        var isOut = row.ShippedAt is not null;
        return new(Line(row, gaps.Count, now), row.What, row.Why, row.Region, row.Units, row.Skus.Split('\n', StringSplitOptions.RemoveEmptyEntries), row.LagDays, row.WindowDays, row.ByName, row.At,
            isOut ? Measured.From(row) : null, isOut ? Measured.Until(row) : null, row.RolledBackAt, row.RollBackReason, gaps, ideas);
    }

    /// <summary>The latest first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<ChangeLine>?> List(ChangeState? state, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var rows = db.Set<ChangeRow>().AsNoTracking().Where(c => state == null || c.State == state);
        if (place is { Number: var number }) rows = rows.Where(c => c.Number < number);
        return await Lines(await rows.OrderByDescending(c => c.Number).Take(size + 1).ToListAsync(ct), size, ct);
    }

    /// <summary>Those that serve a gap, the latest first.</summary>
    public async Task<IReadOnlyList<ChangeLine>> Serving(GapId gap, CancellationToken ct)
    {
        var ids = db.Set<ServedGap>().Where(g => g.GapId == gap).Select(g => g.ChangeId);
        return (await Lines(await db.Set<ChangeRow>().AsNoTracking().Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.Number).ToListAsync(ct), int.MaxValue, ct)).Items;
    }

    /// <summary>Those that carry out an idea, the latest first.</summary>
    public async Task<IReadOnlyList<ChangeLine>> CarryingOut(Guid idea, CancellationToken ct)
    {
        var ids = db.Set<ServedIdea>().Where(i => i.Idea == idea).Select(i => i.ChangeId);
        return (await Lines(await db.Set<ChangeRow>().AsNoTracking().Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.Number).ToListAsync(ct), int.MaxValue, ct)).Items;
    }

    private async Task<Page<ChangeLine>> Lines(List<ChangeRow> rows, int size, CancellationToken ct)
    {
        var ids = rows.ConvertAll(r => r.Id);
        var counts = await db.Set<ServedGap>().Where(g => ids.Contains(g.ChangeId)).GroupBy(g => g.ChangeId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var now = clock.Now();
        return Keyset.Cut(rows, size, c => new Place(c.Number)).Select(c => Line(c, counts.GetValueOrDefault(c.Id), now));
    }

    private static ChangeLine Line(ChangeRow c, int gaps, DateTimeOffset now) =>
        new(c.Id, c.Number, c.Title, c.Kind, c.Owner, c.State, c.PlannedFor, c.ShippedAt, c.Cost, gaps, c.State == ChangeState.Planned && c.PlannedFor < now);

    internal static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapGet("/", async Task<Results<Ok<Page<ChangeLine>>, ProblemHttpResult>> (ReadChange read, CancellationToken ct, Word<ChangeState>? state = null, string? after = null, int? size = null) =>
                await read.List(state?.Value, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listChanges").WithSummary("Changes, the latest first, a page at a time").RequireAuthorization("read");
        changes.MapGet("/{id:guid}", async Task<Results<Ok<ChangeView>, ProblemHttpResult>> (Guid id, ReadChange read, CancellationToken ct) =>
                await read.Of(ChangeId.From(id), ct) is { } change ? TypedResults.Ok(change) : Problems.Unknown("change"))
            .WithName("getChange").WithSummary("A change and what it serves").RequireAuthorization("read");
    }
}
