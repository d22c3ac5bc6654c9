using System.Text.Json;
using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Verification;

/// <summary>A change is to be measured, each day from the end of its lag until the verdict.</summary>
public sealed record VerifyChange(ChangeId Change) : IJob;

/// <summary>
/// 1. Once the lag has passed, its shipped gaps are being verified. 2. Each day the talk so far is compared with what was to be expected, and kept for the page. 3. When the last judged day is in,
/// once: the talk fell, and the gap is verified; or it did not, and the gap is opened again; or too little was said before, and a person decides. The judgement, the gap's move and the fact
/// are kept together; a crash before that judges again, the same counts giving the same verdict.
/// </summary>
public sealed class VerifyChangeRun(Database db, TopicSeries series, ServeGaps serve, Products products, IEnumerable<IUnitsSold> sold, TimeProvider clock) : IRun<VerifyChange>
{
    public async Task Run(VerifyChange job, CancellationToken ct)
    {
        if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == job.Change, ct) is not { State: ChangeState.Shipped } change) return;
        var now = clock.Now();
        if (now < Measured.From(change)) throw new LaterException(Measured.From(change), "opinion lags changes");
        var isLast = now >= Measured.Until(change);
        var gaps = await (from g in db.Set<ServedGap>() where g.ChangeId == change.Id join gap in db.Set<Gap>() on g.GapId equals gap.Id select gap).AsNoTracking().ToListAsync(ct);
        foreach (var gap in gaps)
        {
            // Step 1
            await serve.Lead(gap.Id, GapStage.Verifying, $"Change {change.Number} has been out for {change.LagDays} days: the talk is measured from now on.", TheHouse.Actor, ct, GapStage.Shipped);

            // Step 2
            if (await db.Set<JudgementRow>().AnyAsync(j => j.ChangeId == change.Id && j.GapId == gap.Id && j.Verdict != Verdict.TooEarly, ct)) continue;
            var judgement = await Judge(change, gap, now, isLast, ct);
            await Keep(change, gap.Id, judgement, now, ct);
        }

        if (!isLast) throw new LaterException(Next(now, Measured.Until(change)), "the days that are judged have not passed");
    }

    private async Task<Judgement> Judge(ChangeRow change, Gap gap, DateTimeOffset now, bool isLast, CancellationToken ct)
    {
        var shipped = Measured.Day(change);
        var first = shipped.AddDays(-JudgeTalk.MostBefore);
        var end = isLast ? shipped.AddDays(change.LagDays + change.WindowDays) : Measured.Complete(now);
        if (end <= shipped) end = shipped.AddDays(1);
        var days = await series.Of(gap.AttributeKey, gap.ProductId, first, end, ct);

        // What another change touched at that time is no measure of what was to be expected.
        var touched = await (from g in db.Set<ServedGap>()
                             join c in db.Set<ChangeRow>() on g.ChangeId equals c.Id where c.ShippedAt != null && c.Id != change.Id
                             join other in db.Set<Gap>() on g.GapId equals other.Id
                             select other.AttributeKey).Distinct().ToListAsync(ct);
        var others = days.Others.Where(o => o.Key == gap.AttributeKey ? gap.ProductId is not null : !touched.Contains(o.Key)).ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);
        others[RestOfTalk] = [.. days.All.Zip(days.Mentions, (all, mine) => Math.Max(0, all - mine))];
        return JudgeTalk.Of(first, days.Critical, others, JudgeTalk.MostBefore, change.LagDays, isLast, await Lately(change, gap, first, end, ct));
    }

    // Of the articles that the change is about, else of the gap's own; null when nobody knows.
    private async Task<IReadOnlyList<long>?> Lately(ChangeRow change, Gap gap, DateOnly first, DateOnly end, CancellationToken ct)
    {
        var skus = change.Skus.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (skus.Length == 0 && gap.ProductId is { } id && (await products.Of(id, ct))?.Sku is { } sku) skus = [sku];
        if (skus.Length == 0) return null;
        int[]? all = null;
        foreach (var room in sold)
        {
            var days = await room.Of(skus, first.AddDays(1 - Sales.Days), end, ct);
            all = all is null ? [.. days] : [.. all.Zip(days, (a, b) => a + b)];
        }

        return all is null ? null : Sales.Lately(all);
    }

    internal const string RestOfTalk = "all other talk";

    private Task Keep(ChangeRow change, GapId gap, Judgement judgement, DateTimeOffset now, CancellationToken ct) => db.InTransaction(async () =>
    {
        // A change that was rolled back meanwhile is not judged; the row's lock keeps it from being so before we are done.
        if (await db.Set<ChangeRow>().Where(c => c.Id == change.Id && c.State == ChangeState.Shipped).ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, c => c.Title), ct) == 0) return;
        var row = await db.Set<JudgementRow>().SingleOrDefaultAsync(j => j.ChangeId == change.Id && j.GapId == gap, ct);
        if (row is { Verdict: not Verdict.TooEarly }) return;
        if (row is null) db.Add(row = new JudgementRow { ChangeId = change.Id, GapId = gap, Body = "" });
        (row.Verdict, row.At, row.Body) = (judgement.Verdict, now, JsonSerializer.Serialize(judgement, Json.Options));
        await db.SaveChangesAsync(ct);

        // Step 3
        var said = $"Change {change.Number}: {judgement.Sentence}";
        if (judgement.Verdict == Verdict.Fell)
        {
            await serve.Lead(gap, GapStage.Verified, said, TheHouse.Actor, ct, GapStage.Shipped, GapStage.Verifying);
            db.Record(new GapVerified(gap, change.Id, judgement.Sentence, now));
        }
        else if (judgement.Verdict == Verdict.DidNotFall)
        {
            await serve.Lead(gap, GapStage.Reopened, said, TheHouse.Actor, ct, GapStage.Shipped, GapStage.Verifying);
            db.Record(new GapReopened(gap, change.Id, judgement.Sentence, now));
        }

        await db.SaveChangesAsync(ct);
    }, ct);

    private static DateTimeOffset Next(DateTimeOffset now, DateTimeOffset last)
    {
        var tomorrow = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(6);
        return tomorrow < last ? tomorrow : last;
    }
}
