using System.Globalization;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Demo.Years;

/// <summary>An offer of the story.</summary>
internal sealed record YearsOffer(int Number, DemoProduct Product, Money ListPrice, Money Price, DateTimeOffset Opens, DateTimeOffset Closes)
{
    public string Title => string.Create(CultureInfo.InvariantCulture, $"{Product.Name}, lot {Number + 1}");

    /// <summary>As many as will be claimed, and a few more.</summary>
    public int Units { get; set; } = 3;
}

/// <summary>Somebody follows an offer's link.</summary>
/// <param name="Known">When the house is told of it; later than <paramref name="At"/> for a log that was brought in late.</param>
internal readonly record struct YearsClick(int Offer, VisitorId Visitor, ClickId Id, DateTimeOffset At, DateTimeOffset Known);

/// <summary>Somebody asks for a unit and gets a code.</summary>
internal sealed record YearsClaim(int Offer, VisitorId Visitor, ClaimId Id, DateTimeOffset At);

/// <summary>An order.</summary>
/// <param name="Number">The shop's own id.</param>
/// <param name="At">When it was placed.</param>
/// <param name="Lines">What was bought.</param>
/// <param name="Claim">Whose code it uses; null for none.</param>
/// <param name="Click">The click it names; null for none.</param>
/// <param name="Visitor">The browser it names; null for none.</param>
/// <param name="Cause">The offer it came by, which is the truth; null for none.</param>
/// <param name="Told">When the shop tells of it: once, or again, and not always in the order in which orders were placed.</param>
internal sealed record YearsOrder(
    string Number, DateTimeOffset At, IReadOnlyList<IncomingLine> Lines, YearsClaim? Claim, ClickId? Click, VisitorId? Visitor, int? Cause, IReadOnlyList<DateTimeOffset> Told);

/// <summary>Money paid back.</summary>
/// <param name="Told">When the shop tells of it; the first time may be before it told of the order.</param>
internal sealed record YearsRefund(YearsOrder Order, string Id, DateTimeOffset At, int Line, Money Amount, IReadOnlyList<DateTimeOffset> Told);

/// <summary>What one offer truly earned, refunds taken off, in minor units.</summary>
internal sealed record YearsEarned(int Clicks, int Claims, int Orders, long Direct, long Halo, long Refunded);

/// <summary>
/// Two years of an outlet account, with the truth of each order known because it is planted: who follows a link orders before they follow another, within the window of 30 days or after it. No order is
/// looked at to find out by what it came. What the shop and the log tell comes late, again and out of order.
/// </summary>
internal sealed class YearsStory
{
    private const int WindowDays = 30;

    private readonly YearsPlan _plan;
    private readonly Random _random;
    private readonly List<(VisitorId Visitor, DateTimeOffset Free)> _people = [];
    private readonly Dictionary<int, (int Clicks, int Claims)> _traffic = [];
    private readonly HashSet<(VisitorId, int)> _claimed = []; // one unit a person

    /// <param name="plan">How much of it.</param>
    /// <param name="begins">Its first instant.</param>
    public YearsStory(YearsPlan plan, DateTimeOffset begins)
    {
        (_plan, _random, Begins) = (plan, new Random(plan.Seed), begins);
        Ends = begins.AddDays(7 * plan.Weeks);
        Offers = [.. Enumerable.Range(0, plan.Weeks * YearsPlan.PostsPerWeek).Select(Offer)];
        var perFollower = YearsPlan.Clicks / Enumerable.Range(0, YearsPlan.All * YearsPlan.PostsPerWeek).Sum(n => Reached(n));
        foreach (var offer in Offers) Play(offer, (int)(Reached(offer.Number) * perFollower * (0.5 + _random.NextDouble())));
        for (var n = 0; n < Orders.Count / 8; n++) OnTheirOwn();
    }

    public DateTimeOffset Begins { get; }

    public DateTimeOffset Ends { get; }

    public IReadOnlyList<YearsOffer> Offers { get; }

    public List<YearsClick> Clicks { get; } = [];

    public List<YearsClaim> Claims { get; } = [];

    public List<YearsOrder> Orders { get; } = [];

    public List<YearsRefund> Refunds { get; } = [];

    /// <summary>By the offer's number.</summary>
    public IReadOnlyList<YearsEarned> Earned()
    {
        var (orders, refunds) = (Orders.Where(o => o.Cause is not null).ToLookup(o => o.Cause!.Value), Refunds.ToLookup(r => r.Order));
        return [.. Offers.Select(offer =>
        {
            var (direct, halo, refunded) = (0L, 0L, 0L);
            foreach (var order in orders[offer.Number])
            {
                for (var line = 1; line <= order.Lines.Count; line++)
                {
                    var back = refunds[order].Where(r => r.Line == line).Sum(r => r.Amount.Minor);
                    var net = order.Lines[line - 1].Amount.Minor - back;
                    if (order.Lines[line - 1].Sku == offer.Product.Sku) direct += net;
                    else halo += net;
                    refunded += back;
                }
            }

            var (clicks, claims) = _traffic[offer.Number];
            return new YearsEarned(clicks, claims, orders[offer.Number].Count(), direct, halo, refunded);
        })];
    }

    /// <summary>What was bought by people whom no offer led there, or too long ago; in minor units.</summary>
    public long Unattributed() => Orders.Where(o => o.Cause is null).Sum(o => o.Lines.Sum(l => l.Amount.Minor)) - Refunds.Where(r => r.Order.Cause is null).Sum(r => r.Amount.Minor);

    private static double Reached(int offer) => YearsPlan.FollowersAt(offer / (double)(YearsPlan.All * YearsPlan.PostsPerWeek));

    private YearsOffer Offer(int number)
    {
        var product = DemoBrand.Products[_random.Next(DemoBrand.Products.Length)];
        var opens = Begins.AddDays(7 * (number / YearsPlan.PostsPerWeek)).AddHours(9 + number % YearsPlan.PostsPerWeek * 12);
        var price = product.Price * (100 - 25 - _random.Next(12)) / 100;
        return new(number, product, new(product.Price, YearsPlan.Currency), new(price, YearsPlan.Currency), opens, opens.AddDays(5));
    }

    private void Play(YearsOffer offer, int clicks)
    {
        _traffic[offer.Number] = (clicks, 0);
        for (var n = 0; n < clicks; n++)
        {
            var at = Exact(offer.Opens + (offer.Closes - offer.Opens) * 0.95 * Math.Pow(_random.NextDouble(), 2));
            var (visitor, place) = Somebody(at);
            var click = new YearsClick(offer.Number, visitor, new(Ids.New(at)), at, _random.Next(25) == 0 ? at.AddHours(_random.Next(1, 72)) : at);
            Clicks.Add(click);
            var free = at;
            var draw = _random.NextDouble();
            if (draw < 0.073) free = Buys(offer, click);
            else if (draw < 0.086) free = BuysLater(offer, click, _random.NextDouble() < 0.85);
            if (place < 0) _people.Add((visitor, free));
            else _people[place] = (visitor, free);
        }
    }

    // Three of ten have been here before; nobody follows another link before they have ordered what they came for.
    private (VisitorId Visitor, int Place) Somebody(DateTimeOffset at)
    {
        if (_random.Next(10) < 3)
        {
            for (var tries = 0; tries < 5 && _people.Count > 0; tries++)
            {
                var place = _random.Next(_people.Count);
                if (_people[place].Free < at) return (_people[place].Visitor, place);
            }
        }

        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return (new(new Guid(bytes)), -1);
    }

    private DateTimeOffset Buys(YearsOffer offer, YearsClick click)
    {
        var lines = new List<IncomingLine> { new(offer.Product.Sku, 1, offer.Price) };
        if (_random.NextDouble() < 0.155) lines.Add(Other(offer));
        YearsClaim? claim = null;
        var at = click.At;
        if (_random.Next(10) < 4 && at.AddMinutes(10) < offer.Closes && _claimed.Add((click.Visitor, offer.Number)))
        {
            claim = new(offer.Number, click.Visitor, ClaimId.New(), Exact(at.AddMinutes(1 + _random.Next(6))));
            Claims.Add(claim);
            offer.Units++;
            var (clicks, claims) = _traffic[offer.Number];
            _traffic[offer.Number] = (clicks, claims + 1);
            at = claim.At;
        }

        return Order(at.AddMinutes(10 + _random.Next(3000)), lines, claim, click, offer.Number);
    }

    // Something else within the window; or too late, and then it came by nothing.
    private DateTimeOffset BuysLater(YearsOffer offer, YearsClick click, bool inTime)
    {
        var at = inTime ? click.At.AddHours(1 + 24 * (WindowDays - 1) * _random.NextDouble()) : click.At.AddDays(WindowDays + _random.Next(20));
        List<IncomingLine> lines = [.. Enumerable.Range(0, _random.Next(7) == 0 ? 2 : 1).Select(_ => Other(offer)).DistinctBy(l => l.Sku)];
        return Order(at, lines, null, click, inTime ? offer.Number : null);
    }

    private void OnTheirOwn() => Order(Begins + (Ends - Begins) * _random.NextDouble(), [Other(null)], null, null, null);

    private IncomingLine Other(YearsOffer? offer)
    {
        var product = DemoBrand.Products[_random.Next(DemoBrand.Products.Length)];
        if (product == offer?.Product) product = DemoBrand.Products[(Array.IndexOf(DemoBrand.Products, product) + 1) % DemoBrand.Products.Length];
        var quantity = _random.Next(8) == 0 ? 2 : 1;
        return new(product.Sku, quantity, new(product.Price * quantity - (_random.Next(3) == 0 ? _random.Next(50, 700) : 0), YearsPlan.Currency)); // vouchers take some cents off
    }

    private DateTimeOffset Order(DateTimeOffset at, IReadOnlyList<IncomingLine> lines, YearsClaim? claim, YearsClick? click, int? cause)
    {
        at = Exact(at);
        if (at >= Ends) return at; // the story ends before
        var told = new List<DateTimeOffset> { _random.Next(5) == 0 ? at.AddHours(_random.Next(1, 120)) : at };
        if (_random.Next(10) == 0) told.Add(told[0].AddDays(_random.Next(1, 30)));
        var byClick = claim is null && _random.Next(2) == 0;
        var byBrowser = claim is null ? !byClick : _random.Next(2) == 0;
        var order = new YearsOrder(string.Create(CultureInfo.InvariantCulture, $"Y{_plan.Seed}-{Orders.Count + 1}"), at, lines, claim, byClick ? click?.Id : null, byBrowser ? click?.Visitor : null, cause, told);
        Orders.Add(order);
        if (_random.Next(12) == 0) Refund(order);
        return at;
    }

    // A whole line, or an odd part of it, or the part in two goes.
    private void Refund(YearsOrder order)
    {
        var line = _random.Next(order.Lines.Count) + 1;
        var paid = order.Lines[line - 1].Amount.Minor;
        var amounts = _random.Next(4) switch { 0 or 1 => [paid], 2 => [Math.Max(1, paid * 37 / 100)], _ => new[] { paid / 3 + 1, paid / 5 + 1 } };
        foreach (var (n, amount) in amounts.Index())
        {
            var at = Exact(order.At.AddDays(2 + _random.Next(9) + n));
            if (at >= Ends) continue;
            List<DateTimeOffset> told = [at];
            if (at <= order.Told[0]) told.Add(order.Told[0].AddHours(1)); // nobody knew the order yet: it was refused, and is told again
            if (_random.Next(10) == 0) told.Add(told[^1].AddDays(_random.Next(1, 20)));
            Refunds.Add(new(order, string.Create(CultureInfo.InvariantCulture, $"R{n + 1}"), at, line, new(amount, YearsPlan.Currency), told));
        }
    }

    // As the house keeps times: in whole microseconds.
    private static DateTimeOffset Exact(DateTimeOffset at) => Time.FromUnixMicroseconds(at.ToUnixMicroseconds());
}
