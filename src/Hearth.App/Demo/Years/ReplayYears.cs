using System.Diagnostics;
using System.Globalization;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Demo.Years;

/// <summary>Plays the story through the slices that the site, the shop and the warehouse use, a week at a time on a clock that is turned along, and hands the facts of each week on.</summary>
internal sealed class ReplayYears(DemoHouse house, YearsStory story)
{
    private const int ClicksAtOnce = 2_000;

    private readonly Actor _merchandiser = new(UserId.New(), "Sofia Marchetti", "SM", Department.Sales, Role.Agent);
    private readonly Dictionary<string, StockItemId> _stock = new(StringComparer.Ordinal);
    private readonly Dictionary<ClaimId, string> _codes = [];
    private readonly Dictionary<int, OfferId> _offers = [];

    /// <summary>By the story's number: what the house calls the offer.</summary>
    public IReadOnlyDictionary<int, OfferId> Offers => _offers;

    /// <returns>How long it took, all facts handed on.</returns>
    public async Task<TimeSpan> Run(Action<string> tell, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await house.In(story.Begins, s => Count(s, ct));
        var clicks = story.Clicks.OrderBy(c => c.Known).ToList();
        var acts = story.Offers.Select(o => new DemoAct(o.Opens.AddHours(-1), s => Publish(s, o, ct)))
            .Concat(story.Claims.Select(c => new DemoAct(c.At, s => Claim(s, c, ct))))
            .Concat(story.Orders.SelectMany(o => o.Told.Select(at => new DemoAct(at, s => Tell(s, o, ct)))))
            .Concat(story.Refunds.SelectMany(r => r.Told.Select(at => new DemoAct(at, s => Tell(s, r, ct))))).OrderBy(a => a.At).ToList();
        var (act, click) = (0, 0);
        for (var end = story.Begins.AddDays(7); act < acts.Count || click < clicks.Count; end = end.AddDays(7))
        {
            var week = end.AddDays(-7);
            await house.In(week, s => Deliver(s, week, end, ct));
            var first = act;
            while (act < acts.Count && acts[act].At < end) act++;
            await house.Play(acts[first..act], ct);
            for (var from = click; click < clicks.Count && clicks[click].Known < end;)
            {
                while (click < clicks.Count && click - from < ClicksAtOnce && clicks[click].Known < end) click++;
                await house.In(end, s => Log(s, clicks[from..click], ct));
                if (click % 7 == 0) await house.In(end, s => Log(s, clicks[from..click], ct)); // a log that was brought in twice
                from = click;
            }

            await house.In(end, async s => await s.GetRequiredService<JobWorker>().Drain(ct));
            await house.Settle(ct);
            var weeks = (int)((end - story.Begins).TotalDays / 7);
            if (weeks % 13 == 0) tell(string.Create(CultureInfo.InvariantCulture, $"{weeks} weeks, {act:N0} of {acts.Count:N0} acts, {click:N0} clicks, {watch.Elapsed.TotalSeconds:0} s"));
        }

        return watch.Elapsed;
    }

    private async Task<bool> Count(IServiceProvider s, CancellationToken ct)
    {
        var counts = DemoBrand.Products.Select(p => new StockCount(p.Sku, p.Name, DemoOffers.ConditionOf(p.Sku), 0, new(p.Price, YearsPlan.Currency), new(p.Price * 7 / 10, YearsPlan.Currency), story.Begins)
        {
            Cost = new Money(p.Price * 45 / 100, YearsPlan.Currency),
        }).ToList();
        foreach (var (count, outcome) in counts.Zip(await s.GetRequiredService<CountStock>().Take(counts, "first count", ct)))
        {
            _stock[count.Sku] = outcome is Counted.Kept kept ? kept.Item : throw new DemoException($"The stock of {count.Sku} was refused: {outcome}.");
        }

        return true;
    }

    // What the week's offers will need comes in by the warehouse's feed.
    private async Task<bool> Deliver(IServiceProvider s, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var week = (long)(from - story.Begins).TotalDays / 7;
        var wanted = story.Offers.Where(o => o.Opens >= from && o.Opens < to).GroupBy(o => o.Product.Sku, StringComparer.Ordinal).Select(g => new ToldStock(g.Key, week, null, g.Sum(o => o.Units))).ToList();
        if (wanted.Count > 0 && (await s.GetRequiredService<FeedStock>().Take(wanted, ct)).Any(f => f.Outcome != FedOutcome.Kept)) throw new DemoException("A delivery was refused.");
        return true;
    }

    private async Task Publish(IServiceProvider s, YearsOffer offer, CancellationToken ct)
    {
        var draft = new OfferDraft(_stock[offer.Product.Sku], offer.Title, "", offer.Price, offer.Units, offer.Opens, offer.Closes, "YEAR", HoldMinutes: 30);
        var drafted = await s.GetRequiredService<DraftOffer>().Create(draft, _merchandiser, ct);
        if (drafted is not Drafted.Saved saved) throw new DemoException($"The offer {offer.Number} was refused: {drafted}.");
        var published = await s.GetRequiredService<PublishOffer>().Now(saved.Offer, ct);
        if (published is not Published.Done) throw new DemoException($"The offer {offer.Number} could not be published: {published}.");
        _offers[offer.Number] = saved.Offer;
    }

    private async Task<int> Log(IServiceProvider s, IEnumerable<YearsClick> clicks, CancellationToken ct) =>
        await s.GetRequiredService<AddPastClicks>().Take([.. clicks.Select(c => new PastClick(_offers[c.Offer], c.Visitor, c.At, "kindling.example", c.Id))], ct);

    private async Task Claim(IServiceProvider s, YearsClaim claim, CancellationToken ct)
    {
        var held = await s.GetRequiredService<HoldUnit>().For(claim.Id, _offers[claim.Offer], claim.Visitor, $"{claim.Visitor.Value:N}@people.example", ct);
        if (held is not Held.Kept) throw new DemoException($"A unit of offer {claim.Offer} was refused: {held}.");
        _codes[claim.Id] = await s.GetRequiredService<ConfirmClaim>().By(claim.Id, claim.Visitor, ct) is Confirmed.Code code ? code.Text : throw new DemoException("A hold could not be confirmed.");
    }

    private async Task Tell(IServiceProvider s, YearsOrder order, CancellationToken ct)
    {
        var code = order.Claim is { } claim ? _codes[claim.Id] : null;
        var placed = await s.GetRequiredService<PlaceOrder>().Take(new(order.Number, order.At, order.Lines, code, order.Click, order.Visitor), ct);
        if (placed is not Placed.Kept { Again: var again }) throw new DemoException($"The order {order.Number} was refused: {placed}.");
        if (code is not null && !again) await s.GetRequiredService<RedeemClaim>().Use(code, order.Number, "shop", ct);
    }

    private static async Task Tell(IServiceProvider s, YearsRefund refund, CancellationToken ct)
    {
        var told = await s.GetRequiredService<RefundOrder>().Take(new(refund.Order.Number, refund.Id, refund.At, [new(refund.Line, refund.Amount)]), ct);
        if (told is not (Refunded.Kept or Refunded.UnknownOrder)) throw new DemoException($"The refund of {refund.Order.Number} was refused: {told}.");
    }
}
