using System.Globalization;
using System.Text;
using Hearth.Governance;
using Hearth.Learning;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>What Emberly's other channels cost and brought, a week at a time and the affiliates' in dollars, and the rates by which all of it is read in euros.</summary>
internal sealed class LoadChannels(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private const int Weeks = 16;

    // What a week is about: cost and an order's worth in minor units, and the percent of the revenue that is left.
    private static readonly (string Name, string Currency, int Cost, int Clicks, int Orders, int Worth, int Margin)[] Channels =
    [
        ("email", DemoBrand.Currency, 95_00, 1_300, 31, 43_50, 41), ("search", DemoBrand.Currency, 410_00, 2_150, 34, 52_00, 38), ("affiliate", "USD", 185_00, 720, 15, 58_00, 33), ("site", DemoBrand.Currency, 60_00, 4_800, 52, 61_00, 44),
    ];

    public Task Run(CancellationToken ct) => house.In(story.Now.AddHours(-6), async s =>
    {
        var random = new Random(20_261_101);
        var today = DateOnly.FromDateTime(story.Now.UtcDateTime);
        var monday = today.AddDays(-((int)today.DayOfWeek + 6) % 7);
        var figures = Enumerable.Range(1, Weeks).SelectMany(back => Channels.Select(c => Week(c, monday.AddDays(-7 * back), random)).Append(Social(monday.AddDays(-7 * back), random))).ToList();
        var kept = await s.GetRequiredService<KeepChannels>().Take(figures, "weekly figures", ct);
        if (kept.FirstOrDefault(k => k is not FigureKept.Kept) is { } refused) throw new DemoException($"A channel's figure was refused: {refused}.");

        var rates = await s.GetRequiredService<ImportRates>().Run(new MemoryStream(Encoding.UTF8.GetBytes(Rates(today, random))), "rates of the season", ct);
        if (rates.Rejected > 0) throw new DemoException("The exchange rates were refused.");
        if ((await s.GetRequiredService<ReportingCurrencies>().Set(DemoBrand.Currency, staff["PR"], ct)).Count > 0) throw new DemoException("The reporting currency was refused.");
        return true;
    });

    private static ChannelFigure Week((string Name, string Currency, int Cost, int Clicks, int Orders, int Worth, int Margin) c, DateOnly from, Random random)
    {
        var orders = About(c.Orders, random);
        var revenue = (long)orders * About(c.Worth, random);
        return new(c.Name, from, FigurePeriod.Week, c.Currency, new(About(c.Cost, random), c.Currency), About(c.Clicks, random), orders, new(revenue, c.Currency), new(revenue * c.Margin / 100, c.Currency), orders * random.Next(20, 45) / 100);
    }

    // Its clicks and orders are the house's own.
    private static ChannelFigure Social(DateOnly from, Random random) => new("social", from, FigurePeriod.Week, DemoBrand.Currency, new(About(140_00, random), DemoBrand.Currency), null, null, null, null, null);

    private static int About(int number, Random random) => number * random.Next(80, 121) / 100;

    private static string Rates(DateOnly today, Random random)
    {
        var file = new StringBuilder("day,base,quote,rate\n");
        var rate = 1.0820m;
        for (var day = today.AddDays(-7 * (Weeks + 2)); day < today; day = day.AddDays(1))
        {
            rate += random.Next(-35, 36) / 10_000m;
            file.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},EUR,USD,{rate}\n");
        }

        return file.ToString();
    }
}
