using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>One line of an order of the story.</summary>
internal sealed record DemoLine(string Sku, int Quantity, Money Amount);

internal sealed record DemoRefund(DateTimeOffset At, int Line, Money Amount);

/// <summary>An order of the story.</summary>
/// <param name="Number">The shop's own id.</param>
/// <param name="At">When it was placed.</param>
/// <param name="Lines">What was bought.</param>
/// <param name="Refund">What was paid back later, if anything.</param>
/// <param name="ByCode">True when the code of the journey's claim is used.</param>
/// <param name="ByBrowser">True when the shop tells which browser it was.</param>
internal sealed record DemoOrder(string Number, DateTimeOffset At, IReadOnlyList<DemoLine> Lines, DemoRefund? Refund, bool ByCode, bool ByBrowser);

/// <summary>What one browser did with an offer.</summary>
/// <param name="Visitor">The browser; null for one that no link of ours ever saw.</param>
/// <param name="Clicks">Links followed: the offer's key and when.</param>
/// <param name="Claim">When it asked for a unit of the last of them; null when it did not.</param>
/// <param name="Confirms">False when the hold is left to run out.</param>
/// <param name="Contact">Where the person can be reached.</param>
/// <param name="Order">What it ordered, if anything.</param>
internal sealed record DemoJourney(
    Guid? Visitor, IReadOnlyList<(string Offer, DateTimeOffset At)> Clicks, DateTimeOffset? Claim, bool Confirms, string Contact, DemoOrder? Order)
{
    /// <summary>The offer that the person came by last.</summary>
    public string? Offer => Clicks.Count == 0 ? null : Clicks[^1].Offer;

    /// <summary>The browser whose personal link it followed last; null for the offer's own link.</summary>
    public Guid? Sharer { get; init; }
}

/// <summary>
/// Everybody who came by an offer or bought something, with the truth of it: who came by an offer and orders within 30 days gives it direct revenue for its own
/// article and halo revenue for all others; later orders, and those of people who never came by, belong to nobody.
/// </summary>
internal sealed class DemoJourneys
{
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private readonly DateTimeOffset _now;
    private readonly Random _random;
    private readonly Dictionary<string, int> _left;
    private int _orders;

    public DemoJourneys(DateTimeOffset now, int seed)
    {
        (_now, _random) = (now, new Random(seed));
        _left = DemoOffers.All.ToDictionary(o => o.Key, o => o.Units, StringComparer.Ordinal);
        All =
        [
            .. DemoOffers.All.Where(o => o.Sells).SelectMany(o => HandOn([.. Enumerable.Range(0, o.Visitors).Select(_ => ByOffer(o)).OrderBy(j => j.Clicks[0].At).Select(Counted)])),
            .. Enumerable.Range(0, 150).Select(_ => OnTheirOwn()),
        ];
    }

    public IReadOnlyList<DemoJourney> All { get; }

    /// <summary>What each offer earned.</summary>
    public IReadOnlyList<DemoEarned> Earned() =>
    [
        .. DemoOffers.All.Where(o => o.Sells).Select(offer => new DemoEarned(
            offer.Key,
            All.SelectMany(j => j.Clicks).Count(c => c.Offer == offer.Key),
            All.Count(j => j.Offer == offer.Key && j.Claim is not null && j.Confirms),
            Sum(All.Where(j => j.Offer == offer.Key && Counts(j)).SelectMany(j => Net(j.Order!).Where(l => l.Sku == offer.Sku))),
            Sum(All.Where(j => j.Offer == offer.Key && Counts(j)).SelectMany(j => Net(j.Order!).Where(l => l.Sku != offer.Sku))),
            Sum(All.Where(j => j.Offer == offer.Key && Counts(j) && j.Sharer is not null).SelectMany(j => Net(j.Order!))))),
    ];

    /// <summary>What was bought by people whom no offer led there, or too long ago.</summary>
    public Money Unattributed() => Sum(All.Where(j => j.Order is not null && !Counts(j)).SelectMany(j => Net(j.Order!)));

    private static bool Counts(DemoJourney journey) => journey.Order is { } order && journey.Clicks.Count > 0 && order.At - journey.Clicks[^1].At < Window;

    private static IEnumerable<DemoLine> Net(DemoOrder order) => order.Lines.Select((line, i) =>
        order.Refund is { } refund && refund.Line == i + 1 ? line with { Amount = line.Amount - refund.Amount } : line);

    private static Money Sum(IEnumerable<DemoLine> lines) => lines.Aggregate(Money.Zero(DemoBrand.Currency), (sum, line) => sum + line.Amount);

    // One of nine was sent by somebody who had come by before them.
    private IEnumerable<DemoJourney> HandOn(IReadOnlyList<DemoJourney> came) => came.Select((journey, n) =>
    {
        if (n < 5 || _random.Next(9) > 0) return journey;
        var sharer = came[_random.Next(n)];
        return sharer.Clicks[^1].At.AddMinutes(30) < journey.Clicks.First(c => c.Offer == journey.Offer).At ? journey with { Sharer = sharer.Visitor } : journey;
    });

    // Units are handed out in the order in which people ask; who asks too late takes no code and so no price.
    private DemoJourney Counted(DemoJourney journey)
    {
        if (journey.Claim is null || !journey.Confirms) return journey;
        var offer = DemoOffers.All.First(o => o.Key == journey.Offer);
        var spare = offer.Fate == DemoFate.SellsOut ? 0 : 3;
        return _left[offer.Key]-- > spare ? journey : journey with { Claim = null, Order = journey.Order is { ByCode: true } ? null : journey.Order };
    }

    private DemoJourney ByOffer(DemoOffer offer)
    {
        var (opens, closes) = (offer.OpensAt(_now), offer.ClosesAt(_now));
        var until = closes < _now ? closes : _now;
        var at = opens + (until - opens) * 0.97 * Math.Pow(_random.NextDouble(), 1.6);
        var clicks = new List<(string, DateTimeOffset)> { (offer.Key, at) };

        // Some had come by another offer before; the last one gets the credit.
        if (_random.Next(14) == 0 && DemoOffers.All.FirstOrDefault(o => o.Sells && o.Key != offer.Key && at - o.OpensAt(_now) > TimeSpan.FromDays(3) && at - o.OpensAt(_now) < TimeSpan.FromDays(25)) is { } other)
        {
            clicks.Insert(0, (other.Key, other.OpensAt(_now).AddHours(5 + _random.Next(20))));
        }

        if (_random.Next(6) == 0 && at.AddHours(3) < until) clicks.Add((offer.Key, at = at.AddHours(1 + 2 * _random.NextDouble())));
        var claims = _random.NextDouble() < offer.Claiming && at.AddMinutes(10) < until;
        var confirms = offer.Fate == DemoFate.SellsOut || _random.Next(9) != 0;
        DateTimeOffset? claim = claims ? at.AddMinutes(1 + _random.Next(6)) : null;
        var order = claims && confirms && _random.Next(4) != 0 ? WithCode(offer, claim!.Value) : claims ? null : Later(offer, at);
        return new(Visitor(), clicks, claim, confirms, Contact(), order?.At < _now ? order : null);
    }

    private DemoOrder WithCode(DemoOffer offer, DateTimeOffset claim)
    {
        var lines = new List<DemoLine> { new(offer.Sku, 1, offer.Price) };
        if (_random.Next(3) == 0) lines.Add(Other(offer));
        return Order(claim.AddMinutes(10 + _random.Next(3000)), lines, byCode: true, byBrowser: _random.Next(2) == 0);
    }

    // Without a code: mostly something else within the window, sometimes the same article at its full price, sometimes too late to count.
    private DemoOrder? Later(DemoOffer offer, DateTimeOffset at) => _random.Next(100) switch
    {
        < 10 => Order(at.AddHours(1 + 24 * 26 * _random.NextDouble()), Others(offer), byCode: false, byBrowser: true),
        < 13 => Order(at.AddHours(1 + 24 * 10 * _random.NextDouble()), [new(offer.Sku, 1, DemoBrand.Product(offer.Sku).ListPrice), .. _random.Next(2) == 0 ? Others(offer) : []], byCode: false, byBrowser: true),
        < 17 => Order(at.AddDays(31 + _random.Next(20)), Others(offer), byCode: false, byBrowser: true),
        _ => null,
    };

    private DemoJourney OnTheirOwn() =>
        new(null, [], null, false, Contact(), Order(_now.AddDays(-DemoPosts.Days * _random.NextDouble()), Others(null), byCode: false, byBrowser: false));

    private DemoOrder Order(DateTimeOffset at, IReadOnlyList<DemoLine> lines, bool byCode, bool byBrowser)
    {
        DemoRefund? refund = null;
        if (_random.Next(12) == 0)
        {
            // A whole line, or an odd part of it: reports must not be out by a cent.
            var line = _random.Next(lines.Count);
            var amount = _random.Next(2) == 0 ? lines[line].Amount : new Money(Math.Max(1, lines[line].Amount.Minor * 37 / 100), DemoBrand.Currency);
            refund = new(at.AddDays(2 + _random.Next(9)), line + 1, amount);
        }

        var number = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"EM-{20_000 + ++_orders}");
        return new(number, at, lines, refund?.At < _now ? refund : null, byCode, byBrowser);
    }

    private List<DemoLine> Others(DemoOffer? offer) => [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Other(offer)).DistinctBy(l => l.Sku)];

    // A shop has odd prices too: vouchers take some cents off.
    private DemoLine Other(DemoOffer? offer)
    {
        var products = DemoBrand.Products.Where(p => p.Sku != offer?.Sku).ToArray();
        var product = products[_random.Next(products.Length)];
        var quantity = _random.Next(8) == 0 ? 2 : 1;
        return new(product.Sku, quantity, product.ListPrice * quantity - new Money(_random.Next(3) == 0 ? _random.Next(50, 700) : 0, DemoBrand.Currency));
    }

    private Guid Visitor()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private string Contact() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"guest{_random.Next(100_000, 999_999)}@people.example");
}
