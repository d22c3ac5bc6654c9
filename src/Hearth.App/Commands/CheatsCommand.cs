using System.CommandLine;
using System.Globalization;
using Hearth.Ideas.Simulation;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth cheats --seeds 3001-3030</c>: how well double dippers are found on simulated boards whose truth is known.</summary>
internal static class CheatsCommand
{
    public static Command Create()
    {
        var seeds = new Option<string>("--seeds")
        {
            Description = "Which boards, as FROM-TO or one number. Boards below 1000 were looked at while the weights were made.", DefaultValueFactory = _ => "3001-3030",
        };
        var command = new Command("cheats", "Measure how well votes of double dippers, rings and brigades are found, and how few honest ones are held, on simulated boards.") { seeds, HouseCommand.AsJson };
        command.SetAction((given, ct) =>
        {
            var (from, to) = Range(given.GetValue(seeds)!);
            var measured = MeasureDoubleDippers.On([.. Enumerable.Range(from, to - from + 1)], ct);
            if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(measured);
            else Show(measured);
            return Task.FromResult(0);
        });
        return command;
    }

    private static (int From, int To) Range(string given)
    {
        var parts = given.Split('-');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to))
            throw new FormatException($"--seeds: '{given}' is neither a number nor FROM-TO.");
        if (to < from || to - from >= 1_000) throw new FormatException($"--seeds: '{given}' must go up, over at most 1,000 boards.");
        return (from, to);
    }

    private static void Show(DipperAccuracy measured)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Planted", "Votes", "Caught", "Share");
        foreach (var kind in measured.Kinds) table.AddRow(Words(kind.Kind), $"{kind.Votes:N0}", $"{kind.Caught:N0}", Percent(kind.Share, "0.0"));
        HouseCommand.Answer.Write(table);
        Say($"{measured.Boards} boards, {measured.FalseVotes:N0} false votes among {measured.HonestVotes:N0} honest ones.");
        Say($"Caught {Percent(measured.FalseCaughtShare, "0.0")} of the false votes (on the worst board {Percent(measured.WorstBoardCaught, "0.0")}).");
        Say($"Held {Percent(measured.HonestHeldShare, "0.00")} of the honest ones ({measured.HonestHeld:N0}; on the worst board {Percent(measured.WorstBoardHeld, "0.00")}); without any cheat {Percent(measured.CleanBoardsHeldShare, "0.00")}.");
        Say($"Looking took {measured.Seconds:0.0} s.");
    }

    private static string Words(TrueKind kind) => kind switch
    {
        TrueKind.OneBrowser => "many accounts, one browser",
        TrueKind.Wiped => "one place, marks wiped",
        TrueKind.Hidden => "through hiding networks",
        TrueKind.Drip => "made in stock, one now and then",
        TrueKind.Ring => "voting for each other",
        _ => "brigade from a link",
    };

    private static void Say(FormattableString line) => System.Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Percent(double share, string format) => (share * 100).ToString(format, CultureInfo.InvariantCulture) + " %";
}
