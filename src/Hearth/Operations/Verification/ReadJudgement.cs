using System.Text.Json;
using Hearth.Operations.Changes;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Verification;

/// <summary>What a change did to the talk about a gap.</summary>
/// <param name="Change">The change.</param>
/// <param name="ChangeTitle">What it is called.</param>
/// <param name="Gap">The gap.</param>
/// <param name="ShippedOn">The first day after it.</param>
/// <param name="LagDays">Days from then on that are not judged.</param>
/// <param name="JudgedOn">When the verdict falls, or fell.</param>
/// <param name="At">When this was computed.</param>
/// <param name="Judgement">The comparison.</param>
public sealed record GapJudgement(ChangeId Change, string ChangeTitle, GapId Gap, DateOnly ShippedOn, int LagDays, DateTimeOffset JudgedOn, DateTimeOffset At, Judgement Judgement);

/// <summary>Reads what changes did to the talk.</summary>
public sealed class ReadJudgement(Database db)
{
    /// <summary>Of a gap, the latest change first.</summary>
    public Task<IReadOnlyList<GapJudgement>> Of(GapId gap, CancellationToken ct) => Read(db.Set<JudgementRow>().Where(j => j.GapId == gap), ct);

    /// <summary>Of a change, one for each gap that was measured.</summary>
    public Task<IReadOnlyList<GapJudgement>> Of(ChangeId change, CancellationToken ct) => Read(db.Set<JudgementRow>().Where(j => j.ChangeId == change), ct);

    private async Task<IReadOnlyList<GapJudgement>> Read(IQueryable<JudgementRow> rows, CancellationToken ct)
    {
        var found = await (from j in rows.AsNoTracking() join c in db.Set<ChangeRow>() on j.ChangeId equals c.Id where c.ShippedAt != null orderby c.Number descending select new { Row = j, Change = c }).ToListAsync(ct);
        return found.ConvertAll(f => new GapJudgement(f.Change.Id, f.Change.Title, f.Row.GapId, Measured.Day(f.Change), f.Change.LagDays, Measured.Until(f.Change), f.Row.At,
            JsonSerializer.Deserialize<Judgement>(f.Row.Body, Json.Options)!));
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/gaps/{id:guid}/judgements", async Task<Ok<IReadOnlyList<GapJudgement>>> (Guid id, ReadJudgement read, CancellationToken ct) => TypedResults.Ok(await read.Of(GapId.From(id), ct)))
            .WithTags("Operations").WithName("listGapJudgements").WithSummary("What changes did to the talk about a gap, with curve and verdict").RequireAuthorization("read");
        api.MapGet("/changes/{id:guid}/judgements", async Task<Ok<IReadOnlyList<GapJudgement>>> (Guid id, ReadJudgement read, CancellationToken ct) => TypedResults.Ok(await read.Of(ChangeId.From(id), ct)))
            .WithTags("Operations").WithName("listChangeJudgements").WithSummary("What a change did to the talk about each gap it serves").RequireAuthorization("read");
    }
}
