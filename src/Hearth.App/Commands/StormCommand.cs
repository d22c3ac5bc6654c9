using System.CommandLine;
using System.Globalization;
using Hearth.Ideas.Simulation;
using Hearth.Platform;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth storm --data FOLDER</c>: replays four and a half years of an idea board through the rooms' slices, and works every rank out again.</summary>
internal static class StormCommand
{
    public static Command Create()
    {
        var whole = new StormPlan();
        var days = new Option<int>("--days") { Description = "Only so many days of it, from the first.", DefaultValueFactory = _ => whole.Days };
        days.Must(d => d is >= 60 && d <= new StormPlan().Days, $"--days must be 60 to {whole.Days}.");
        var seed = new Option<int>("--seed") { Description = "Another storm of the same size.", DefaultValueFactory = _ => 1 };
        var command = new Command("storm", $"Replay a storm of {whole.Ideas:N0} ideas and {whole.Promotions:N0} promotions, cheats among them, into an empty database, and check every list.") { days, seed, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var at = given.Location();
            var clock = new TurnedClock(ReplayStorm.Beginning);
            await using var house = new ServiceCollection().AddLogging().AddHearth(at).AddSingleton<TimeProvider>(clock).BuildServiceProvider();
            await using (var scope = house.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<Database>();
                await db.Migrate(at, ct);
                if (await scope.ServiceProvider.GetRequiredService<Hearth.Ideas.ListIdeas>().Count(new(), ct) > 0) return HouseCommand.Failed($"There are ideas in {at.DataDirectory} already. Give an empty folder with --data.");
            }

            var scopes = house.GetRequiredService<IServiceScopeFactory>();
            var plan = new StormPlan(given.GetValue(seed)).Of(given.GetValue(days));
            var replayed = await new ReplayStorm(scopes, clock, plan).Run(line => HouseCommand.Say.MarkupLineInterpolated($"[grey]{line}[/]"), ct);
            var found = await new CheckStorm(scopes).Run(ct);
            if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(new { Replayed = replayed, Checked = found });
            else Show(replayed, found);
            return found.Faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Show(StormReplayed replayed, StormChecked found)
    {
        Say($"{replayed.Ideas:N0} ideas, {replayed.Promotions:N0} promotions, {replayed.Demotions:N0} demotions, {replayed.Comments:N0} comments by {replayed.Accounts:N0} accounts; {replayed.Implemented:N0} implemented, {found.ImplementedPerMonth:0.0} a month. Replayed in {replayed.Seconds:0} s.");
        Say($"Planted false votes: {replayed.FalseVotes:N0}, held {replayed.FalseHeldShare * 100:0.0} %. Honest votes held: {replayed.HonestHeld:N0}, {replayed.HonestHeldShare * 100:0.00} %. Cases for a person: {replayed.Cases:N0}.");
        Say($"Worked out again from {found.Votes:N0} public votes ({found.Held:N0} of them held): {found.Lists.Count} lists to their end, {found.Explained} explanations.");
        foreach (var fault in found.Faults) Say($"Does not agree: {fault}");
        if (found.Faults.Count == 0) Say($"Everything agrees.");
    }

    private static void Say(FormattableString line) => System.Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
