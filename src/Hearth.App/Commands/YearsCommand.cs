using System.CommandLine;
using System.Globalization;
using Hearth.App.Demo;
using Hearth.App.Demo.Years;
using Hearth.Outlet;
using Hearth.Platform;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth years --data FOLDER</c>: plays two years of an outlet account whose truth is known, and compares the report with it.</summary>
internal static class YearsCommand
{
    public static Command Create()
    {
        var weeks = new Option<int>("--weeks") { Description = "Only so many weeks of it, from the first.", DefaultValueFactory = _ => YearsPlan.All };
        weeks.Must(w => w is >= 1 and <= YearsPlan.All, $"--weeks must be 1 to {YearsPlan.All}.");
        var seed = new Option<int>("--seed") { Description = "Other years of the same size.", DefaultValueFactory = _ => 1 };
        var command = new Command("years", $"Play two years of an outlet account ({YearsPlan.Followers:N0} followers, {YearsPlan.PostsPerWeek} posts a week) into an empty database, and compare what it earned with the truth.") { weeks, seed, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var at = given.Location();
            var plan = new YearsPlan(given.GetValue(seed), given.GetValue(weeks));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var story = new YearsStory(plan, new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-7 * plan.Weeks));
            var made = watch.Elapsed.TotalSeconds;
            await using var house = new DemoHouse(at, story.Begins);
            if (!await house.In(story.Begins, s => IsEmpty(s, at, ct))) return HouseCommand.Failed($"There are offers in {at.DataDirectory} already. Give an empty folder with --data.");
            var replay = new ReplayYears(house, story);
            var played = (await replay.Run(line => HouseCommand.Say.MarkupLineInterpolated($"[grey]{line}[/]"), ct)).TotalSeconds;
            var found = await new CheckYears(house, story, replay.Offers).Run(ct);
            if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(new { Clicks = story.Clicks.Count, Claims = story.Claims.Count, Made = made, Played = played, Checked = found });
            else Show(story, made, played, found);
            return found.Faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> IsEmpty(IServiceProvider services, DatabaseLocation at, CancellationToken ct)
    {
        await services.GetRequiredService<Database>().Migrate(at, ct);
        return (await services.GetRequiredService<ReadOffers>().List([], null, 1, ct))!.Items.Count == 0;
    }

    private static void Show(YearsStory story, double made, double played, YearsChecked found)
    {
        Say($"{found.Offers:N0} offers, {story.Clicks.Count:N0} clicks, {story.Claims.Count:N0} claims, {found.Orders:N0} orders, {story.Refunds.Count:N0} refunds. Made in {made:0.0} s, played and credited in {played:0.0} s, reported in {found.Seconds:0.00} s.");
        Say($"Direct {found.Direct}, halo {found.Halo}, not attributed {found.Unattributed}; {found.Refunded} paid back.");
        foreach (var fault in found.Faults.Take(20)) Say($"Does not agree: {fault}");
        if (found.Faults.Count == 0) Say($"Every offer's clicks, claims, orders, direct, halo and refunded money are the truth, to the cent.");
        else Say($"{found.Faults.Count:N0} do not agree.");
    }

    private static void Say(FormattableString line) => System.Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
