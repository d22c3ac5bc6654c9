using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Demo.Years;

/// <summary>What the report says beside what the story knows.</summary>
/// <param name="Offers">How many were compared.</param>
/// <param name="Orders">Orders told, each counted once.</param>
/// <param name="Direct">As the report has it.</param>
/// <param name="Halo">As the report has it.</param>
/// <param name="Unattributed">As the report has it.</param>
/// <param name="Refunded">As the report has it.</param>
/// <param name="Faults">Where the two differ, in words; empty when they are equal.</param>
/// <param name="Seconds">How long the report and the models took.</param>
internal sealed record YearsChecked(int Offers, int Orders, Money Direct, Money Halo, Money Unattributed, Money Refunded, IReadOnlyList<string> Faults, double Seconds);

/// <summary>Compares the earnings report and every model's columns with the story, to the cent and per offer.</summary>
internal sealed class CheckYears(DemoHouse house, YearsStory story, IReadOnlyDictionary<int, OfferId> offers)
{
    public async Task<YearsChecked> Run(CancellationToken ct)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var report = await house.In(story.Ends.AddDays(60), s => s.GetRequiredService<ReadEarnings>().Between(story.Begins, story.Ends.AddDays(7), ct));
        var faults = new List<string>();
        var truth = story.Earned();
        var lines = report.Offers.ToDictionary(o => o.Offer);
        foreach (var (number, earned) in truth.Index())
        {
            var line = lines.GetValueOrDefault(offers[number]);
            var money = line?.Earned.SingleOrDefault();
            var found = new YearsEarned(line?.Traffic.Clicks ?? 0, line?.Traffic.Claims ?? 0, money?.Orders ?? 0, money?.Direct.Minor ?? 0, money?.Halo.Minor ?? 0, money?.Refunded.Minor ?? 0);
            if (found != earned) faults.Add($"offer {number}: {found}, and truly {earned}");
        }

        var total = report.Totals.Single();
        Same("direct", total.Direct.Minor, truth.Sum(e => e.Direct));
        Same("halo", total.Halo.Minor, truth.Sum(e => e.Halo));
        Same("not attributed", total.Unattributed.Minor, story.Unattributed());
        Same("not credited yet", total.Pending.Minor, 0);
        Same("orders", total.Orders, story.Orders.Count);
        var models = await house.In(story.Ends.AddDays(60), s => s.GetRequiredService<ReadModels>().Between(story.Begins, story.Ends.AddDays(7), ct));
        var table = models.Currencies.Single();
        foreach (var column in Enum.GetValues<CreditColumn>())
        {
            Same($"all offers by {column}", table.Offers.Append(table.Untouched).Sum(l => l.Money.Of(column).Minor), total.All.Minor);
            Same($"all ways by {column}", table.Ways.Append(table.Untouched).Sum(l => l.Money.Of(column).Minor), total.All.Minor);
        }

        return new(truth.Count, story.Orders.Count, total.Direct, total.Halo, total.Unattributed, total.Refunded, faults, watch.Elapsed.TotalSeconds);

        void Same(string what, long found, long known)
        {
            if (found != known) faults.Add($"{what}: {found}, and truly {known}");
        }
    }
}
