using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Kpis;

public class AirlineWeekTests
{
    /// <summary>The whole week with HEARTH_TEST_WHOLE_WEEK=1; from Friday into Saturday otherwise.</summary>
    private static readonly int Posts = Environment.GetEnvironmentVariable("HEARTH_TEST_WHOLE_WEEK") == "1" ? 20_000 : 400;

    [Theory, EveryDatabase]
    public async Task The_figures_of_a_real_week_are_those_that_a_second_account_comes_to_and_each_is_as_long_as_the_list_behind_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var week = await AirlineWeek.In(house, seed: 4);
        await week.Play(Posts);
        var period = new KpiFilter(DateTimeOffset.Parse("2015-02-16T00:00Z", System.Globalization.CultureInfo.InvariantCulture), week.End.AddSeconds(1));

        await SameAsTheSecondAccount(house, week, period);
        await AsLongAsTheLists(house, week, period);
    }

    private static async Task SameAsTheSecondAccount(TestHouse house, AirlineWeek week, KpiFilter period)
    {
        var talks = week.Talks.Values.ToList();
        var figures = (await Report(house, period)).All;
        Assert.Equal(talks.Count, figures.Volume);
        Same(talks.Where(t => t.IsAnswered).Select(t => (t.Waits[0].Answered - t.Opened).TotalSeconds), figures.FirstResponse);
        Same(talks.SelectMany(t => t.Waits.Skip(1)).Select(w => (w.Answered - w.Asked).TotalSeconds), figures.NextResponse);
        Same(talks.Where(t => t.Closed is not null).Select(t => (t.Closed!.Value - t.Opened).TotalSeconds), figures.Resolution);
        Same(talks.Where(t => t.Closed is null).Select(_ => 0d), figures.Backlog with { Median = 0, Ninetieth = 0 });
        var (closed, ever) = (talks.Where(t => t.Closed is not null).ToList(), talks.Count(t => t.Closed is not null || t.Reopened > 0));
        Assert.Equal(new Share(closed.Count(t => t is { Waits.Count: 1, Reopened: 0 }), closed.Count(t => t.IsAnswered)), figures.FirstContact);
        Assert.Equal(new Share(talks.Count(t => t.Reopened > 0), ever), figures.Reopened);
        Assert.Equal(new Share(closed.Count(t => !t.IsAnswered), talks.Count), figures.Abandoned);
        Assert.NotEqual(0, figures.Reopened.Count);

        var verdicts = talks.Select(t => t.Verdicts(AirlineWeek.Minutes, week.End, AirlineWeek.First, AirlineWeek.Next, AirlineWeek.Resolution)).Select(v => new[] { v.First, v.Next, v.Resolution }).ToList();
        Assert.Equal(new Share(verdicts.Count(v => v.Contains(true) && !v.Contains(false)), verdicts.Count(v => v.Any(one => one is not null))), figures.SlaMet);
        Assert.NotEqual(0, figures.SlaMet.Count);

        var business = (await Report(house, period with { Business = true })).All;
        Same(talks.Where(t => t.IsAnswered).Select(t => AirlineWeek.Minutes(t.Opened, t.Waits[0].Answered) * 60), business.FirstResponse);
        Same(talks.SelectMany(t => t.Waits.Skip(1)).Select(w => AirlineWeek.Minutes(w.Asked, w.Answered) * 60), business.NextResponse);
        Same(talks.Where(t => t.Closed is not null).Select(t => AirlineWeek.Minutes(t.Opened, t.Closed!.Value) * 60), business.Resolution);

        using var csv = new StringWriter();
        await house.With<ExportRecords>(e => e.To(csv, period, default));
        var rows = csv.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => r.Split(',')).ToList();
        Assert.Equal(talks.Count, rows.Count);
        Assert.Equal(talks.Sum(t => t.Waits.Count), rows.Sum(r => int.Parse(r[9], System.Globalization.CultureInfo.InvariantCulture)));

        foreach (var agent in AirlineWeek.Agents)
        {
            var theirs = (await Report(house, period with { Person = agent.Id })).All;
            Same(talks.Where(t => t.IsAnswered && t.Waits[0].By == agent.Id.Value).Select(t => (t.Waits[0].Answered - t.Opened).TotalSeconds), theirs.FirstResponse);
            Same(talks.SelectMany(t => t.Waits.Skip(1)).Where(w => w.By == agent.Id.Value).Select(w => (w.Answered - w.Asked).TotalSeconds), theirs.NextResponse);
        }
    }

    private static async Task AsLongAsTheLists(TestHouse house, AirlineWeek week, KpiFilter period)
    {
        var random = new Random(200);
        for (var draw = 0; draw < 200; draw++)
        {
            var from = period.From.AddMinutes(random.Next((int)(week.End - period.From).TotalMinutes));
            var filter = new KpiFilter(from, from.AddMinutes(random.Next(30, 4000)), random.Next(4) == 0 ? "file" : null, random.Next(3) == 0 ? (Department)random.Next(8) : null,
                random.Next(3) == 0 ? AirlineWeek.Agents[random.Next(4)].Id : null, random.Next(3) == 0 ? new[] { "late", "luggage", "none such" }[random.Next(3)] : null,
                random.Next(3) == 0 ? (ConversationPriority)random.Next(3) : null, random.Next(2) == 0);
            var by = (KpiBy)random.Next(7);
            var report = await Report(house, filter, by);
            var f = report.All;
            await Behind(KpiMeasure.Volume, f.Volume);
            await Behind(KpiMeasure.FirstContact, f.FirstContact.Count);
            await Behind(KpiMeasure.Reopened, f.Reopened.Count);
            await Behind(KpiMeasure.SlaMet, f.SlaMet.Count);
            await Behind(KpiMeasure.SlaMissed, f.SlaMet.Of - f.SlaMet.Count);
            await Behind(KpiMeasure.Rated, f.Satisfied.Of);
            await Behind(KpiMeasure.Satisfied, f.Satisfied.Count);
            await Behind(KpiMeasure.Abandoned, f.Abandoned.Count);
            Same(await Behind(KpiMeasure.FirstResponse, f.FirstResponse.Count), f.FirstResponse);
            Same(await Behind(KpiMeasure.NextResponse, f.NextResponse.Count), f.NextResponse);
            Same(await Behind(KpiMeasure.Resolution, f.Resolution.Count), f.Resolution);
            Same(await Behind(KpiMeasure.Backlog, f.Backlog.Count), f.Backlog);
            if (by is not KpiBy.Label) Assert.Equal(f.Volume, report.Lines.Sum(l => l.Figures.Volume)); // a conversation may bear several labels, or none
            if (report.Lines.Count == 0 || report.Lines[random.Next(report.Lines.Count)] is not { Filter: { } part } line) continue;
            var alone = (await Report(house, part)).All;
            if (filter.Person is null || by != KpiBy.Person) Assert.Equal(line.Figures with { Occupancy = alone.Occupancy }, alone);

            async Task<List<double>> Behind(KpiMeasure measure, int count)
            {
                var rows = new List<KpiRow>();
                for (string? after = null; ;)
                {
                    var page = (await house.With<ListKpiRows, Page<KpiRow>?>(l => l.Of(filter, measure, after, random.Next(2) == 0 ? 7 : 500, default)))!;
                    rows.AddRange(page.Items);
                    if ((after = page.Next) is null) break;
                }

                Assert.True(count == rows.Count, $"{measure} says {count}, its list has {rows.Count}: {filter}");
                return rows.ConvertAll(r => r.Seconds ?? 0);
            }
        }
    }

    private static Task<KpiReport> Report(TestHouse house, KpiFilter filter, KpiBy by = KpiBy.Day) => house.With<ReadKpis, KpiReport>(k => k.Of(filter, by, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), default));

    // The median and the 90th percentile by their definitions, one more time.
    private static void Same(IEnumerable<double> seconds, Spread spread)
    {
        var sorted = seconds.Order().ToList();
        Assert.Equal(sorted.Count, spread.Count);
        if (sorted.Count == 0) return;
        Assert.Equal((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, spread.Median!.Value, 1e-4);
        Assert.Equal(sorted.First(s => sorted.Count(other => other <= s) >= 0.9 * sorted.Count), spread.Ninetieth!.Value, 1e-4);
    }
}
