using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Rules;

/// <summary>What a rule finds on the shelf.</summary>
/// <remarks>Preview and run ask the same, so a preview shows what a run would do at this moment.</remarks>
public sealed class MatchStock(Database db, AskGuard guard, TimeProvider clock)
{
    /// <summary>At most so many items are looked at, the longest in the outlet first.</summary>
    public const int Most = 500;

    /// <summary>Items whose shelf, age, condition and country would do, the longest in the outlet first; what stops the rest of the way says why.</summary>
    /// <param name="rule">The rule; it need not be kept.</param>
    /// <param name="left">Offers that it may still make this week.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<IReadOnlyList<StockMatch>> Of(StockRuleDraft rule, int left, CancellationToken ct)
    {
        var now = clock.Now();
        var found = await db.Set<StockItem>().AsNoTracking().Where(s => s.OnHand - s.Reserved >= rule.MinFree).ToListAsync(ct);
        var items = found.Where(s => rule.Conditions is not { Count: > 0 } some || some.Contains(s.Condition)).Where(s => string.IsNullOrEmpty(rule.Country) || s.Country == rule.Country)
            .Select(s => ReadStock.View(s, now)).Where(s => s.AgeDays >= rule.MinAgeDays).OrderByDescending(s => s.AgeDays).ThenByDescending(s => s.Free).ThenBy(s => s.Sku, StringComparer.Ordinal).Take(Most).ToList();
        var ids = items.ConvertAll(i => i.Id);
        var alone = await db.Set<Offer>().Where(o => ids.Contains(o.Item)).Select(o => new { o.Item, o.Stage, o.Closes, o.EndedAt }).ToListAsync(ct);
        var inSets = await db.Set<OfferPart>().Where(p => ids.Contains(p.Item)).Join(db.Set<Offer>(), p => p.Offer, o => o.Id, (p, o) => new { p.Item, o.Stage, o.Closes, o.EndedAt }).ToListAsync(ct);
        var offers = alone.Concat(inSets).ToLookup(o => o.Item);
        var matches = new List<StockMatch>();
        foreach (var item in items)
        {
            var units = Math.Min(rule.MaxUnits, Math.Max(1, (int)((long)item.Free * rule.SharePercent / 100)));
            var price = OfferTerms.PercentOff(item.Price, rule.PercentOff);
            var because = offers[item.Id].Any(o => o.Stage == OfferStage.Draft) ? "a draft waits for approval"
                : offers[item.Id].Any(o => o.Stage == OfferStage.Published && o.Closes > now) ? "it is offered now"
                : offers[item.Id].Select(o => o.EndedAt ?? o.Closes).DefaultIfEmpty(DateTimeOffset.MinValue).Max() is var last && last > now.AddDays(-rule.RestDays) ? $"it was offered until {last:d MMMM}"
                : await guard.About("stock:" + item.Id.Value, [item.Sku], item.Title, ct) is { MayGoOut: false } fire ? fire.Sentence
                : left <= 0 ? "this week's offers are made" : null;
            if (because is null) left--;
            matches.Add(new(item, units, price, because));
        }

        return matches;
    }
}
