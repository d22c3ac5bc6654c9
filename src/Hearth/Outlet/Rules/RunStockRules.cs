using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Rules;

/// <summary>Every rule looks at the stock.</summary>
public sealed record LookAtStock : IJob;

/// <summary>
/// 1. Hold the rule's row: of many that run it at once one does, and the others see what it made. 2. Make a draft of each match, as far as the week allows. 3. Publish those of a rule that may;
/// the fire guard is asked again there. What cannot be published stays a draft that a person sees.
/// </summary>
internal sealed class RunStockRules(Database db, MatchStock match, DraftOffer drafts, PublishOffer publish, TimeProvider clock) : IRun<LookAtStock>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    public async Task Run(LookAtStock job, CancellationToken ct)
    {
        foreach (var id in await db.Set<StockRule>().OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct))
        {
            var made = await db.InTransaction(() => Make(id, ct), ct);
            foreach (var offer in made) await publish.Now(offer, ct);
            db.ChangeTracker.Clear();
        }
    }

    /// <returns>The drafts that are to be published.</returns>
    private async Task<IReadOnlyList<OfferId>> Make(StockRuleId id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var now = clock.Now();
        if (await db.Set<StockRule>().Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.RanAt, now), ct) == 0) return [];
        var row = await db.Set<StockRule>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        var rule = KeepStockRules.Read(row);
        if (rule.Paused) return [];
        var week = now.AddDays(-7);
        var left = rule.MostPerWeek - await db.Set<Offer>().CountAsync(o => o.Rule == id && o.CreatedAt > week, ct);
        if (left <= 0) return [];
        var keeper = new Actor(row.Keeper, row.KeeperName, row.KeeperInitials, null, Role.Agent);
        var made = new List<OfferId>();
        foreach (var m in (await match.Of(rule, left, ct)).Where(m => m.Because is null))
        {
            var title = m.Item.Title.Length <= Offer.MaxTitle ? m.Item.Title : m.Item.Title[..Offer.MaxTitle];
            var draft = new OfferDraft(m.Item.Id, title, "", m.Price, m.Units, now, now.AddHours(rule.RunHours), rule.CodePrefix, rule.LimitPerPerson, rule.HoldMinutes);
            if (await drafts.Create(draft, keeper, id, ct) is Drafted.Saved saved) made.Add(saved.Offer);
        }

        return rule.Publishes ? made : [];
    }
}
