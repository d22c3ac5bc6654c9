using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Operations.Effects;
using Hearth.Statistics;

namespace Hearth.App.Commands;

/// <summary><c>hearth effect</c>: what a change did to a series (<c>--series</c>) or to units of a panel (<c>--panel</c>), against what was to be expected without it; or how far the intervals are to be trusted (<c>--simulate</c>).</summary>
internal static class EffectCommand
{
    private static readonly Option<FileInfo> Series = new("--series") { Description = "CSV or JSONL, a moment a row, a column a series, in order of time." };
    private static readonly Option<string> Date = new("--date") { Description = "Column with the moment: numbers or dates.", DefaultValueFactory = _ => "date" };
    private static readonly Option<string> Outcome = new("--outcome") { Description = "Column with what may have changed; an empty field is a missing value.", DefaultValueFactory = _ => "outcome" };
    private static readonly Option<string[]> Controls = new("--controls") { Description = "Columns that the change cannot have touched, with commas between.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> From = new("--from") { Description = "Moment of the first point after the change." };
    private static readonly Option<int> Seasons = new("--seasons") { Description = "Points in a season: 7 for days in weeks.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Trend = new("--trend") { Description = "The outcome may have a slope of its own." };
    private static readonly Option<bool> Counts = new("--counts") { Description = "The outcome is counted: whole numbers from 0." };
    private static readonly Option<string> Exposure = new("--exposure") { Description = "Column with units sold: points and averages are then per 1,000 units." };
    private static readonly Option<int> Lag = new("--lag") { Description = "Points after the change that are not judged, because opinion lags changes." };
    private static readonly Option<int> Draws = new("--draws") { Description = "Draws from the posterior.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed gives the same answer, on any machine.", DefaultValueFactory = _ => 1UL };
    private static readonly Option<double> Level = new("--level") { Description = "Probability inside an interval.", DefaultValueFactory = _ => 0.95 };

    private static readonly Option<string> Method = new("--method") { Description = "bayesian: structural time series; interrupted: segmented regression with robust errors.", DefaultValueFactory = _ => "bayesian" };
    private static readonly Option<int> Placebos = new("--placebos") { Description = "Also look for effects where there are none: at up to so many dates before the change, and in each control." };
    private static readonly Option<FileInfo> Panel = new("--panel") { Description = "CSV or JSONL with a row for each unit and moment: synthetic control." };
    private static readonly Option<string> Unit = new("--unit") { Description = "With --panel: column with the unit.", DefaultValueFactory = _ => "unit" };
    private static readonly Option<string> Time = new("--time") { Description = "With --panel: column with the moment.", DefaultValueFactory = _ => "time" };
    private static readonly Option<string[]> Treated = new("--treated") { Description = "With --panel: the units that changed, with commas between.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Simulate = new("--simulate") { Description = "Make so many series with a known effect in each world, and count how often the interval holds it." };
    private static readonly Option<string[]> World = new("--world") { Description = $"With --simulate: only these worlds, with commas between: {string.Join(", ", EffectCoverage.Worlds)}.", AllowMultipleArgumentsPerToken = true };

    public static Command Create()
    {
        Method.AcceptOnlyFromAmong("bayesian", "interrupted");
        var command = new Command("effect", "Measure what a change did to a series, against what was to be expected without it.")
        {
            Series, Date, Outcome, Controls, From, Seasons, Trend, Counts, Exposure, Lag, Draws, Seed, Level, Method, Placebos, Panel, Unit, Time, Treated, Simulate, World, HouseCommand.AsJson,
        };
        command.SetAction(async (given, ct) =>
        {
            try
            {
                if (new[] { given.GetResult(Series) is not null, given.GetResult(Panel) is not null, given.GetResult(Simulate) is not null }.Count(x => x) != 1)
                    return HouseCommand.Failed("One of --series, --panel and --simulate says what to measure.");
                if (given.GetResult(Simulate) is not null) return Trust(given);
                return given.GetResult(Panel) is not null ? await OfPanel(given, ct) : await OfSeries(given, ct);
            }
            catch (UnreadableFileException e)
            {
                return HouseCommand.Failed(e.Message);
            }
            catch (ArgumentException e)
            {
                return HouseCommand.Failed(e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
            }
        });
        return command;
    }

    private static async Task<int> OfSeries(ParseResult given, CancellationToken ct)
    {
        var file = given.GetValue(Series)!;
        if (given.GetValue(From) is not { } from) return HouseCommand.Failed("--from names the moment of the first point after the change.");
        if (!file.Exists) return HouseCommand.Failed($"There is no file {file.FullName}.");
        var controls = Names(given, Controls);
        var (outcome, units) = (given.GetValue(Outcome)!, given.GetValue(Exposure));
        await using var stream = file.OpenRead();
        var table = await SeriesTable.Read(file.Name, stream, given.GetValue(Date)!, [outcome, .. controls, .. units is null ? Array.Empty<string>() : [units]], ct);
        var options = new EffectOptions(given.GetValue(Seasons), given.GetValue(Draws), given.GetValue(Seed), given.GetValue(Level),
            given.GetValue(Counts) ? SeriesKind.Count : SeriesKind.Real, units is null ? null : table.Columns[units], given.GetValue(Lag), given.GetValue(Trend));
        double[][] others = [.. controls.Select(c => table.Columns[c])];
        for (var c = 0; c < others.Length; c++)
        {
            if (Array.FindIndex(others[c], double.IsNaN) is >= 0 and var missing) return HouseCommand.Failed($"Control {controls[c]} has no value at {table.Moments[missing]}: controls need all of them.");
        }

        var at = table.From(from);
        if (given.GetValue(Method) == "interrupted")
        {
            var broken = InterruptedSeries.Of(table.Columns[outcome], others, at, options);
            if (given.GetValue(HouseCommand.AsJson)) EffectReport.Print(broken);
            else EffectReport.Show(broken);
            return 0;
        }

        var estimate = CausalImpact.Of(table.Columns[outcome], others, at, options);
        var placebos = given.GetValue(Placebos) > 0 ? EffectPlacebo.Of(estimate, table.Columns[outcome], others, at, options, given.GetValue(Placebos)) : null;
        if (given.GetValue(HouseCommand.AsJson)) EffectReport.Print(table, controls, estimate, placebos);
        else EffectReport.Show(table, controls, estimate, placebos);
        return 0;
    }

    private static async Task<int> OfPanel(ParseResult given, CancellationToken ct)
    {
        var (file, treated) = (given.GetValue(Panel)!, Names(given, Treated));
        if (given.GetValue(From) is not { } from) return HouseCommand.Failed("--from names the moment of the first point after the change.");
        if (treated.Length == 0) return HouseCommand.Failed("--treated names the units that changed.");
        if (!file.Exists) return HouseCommand.Failed($"There is no file {file.FullName}.");
        await using var stream = file.OpenRead();
        var table = await PanelTable.Read(file.Name, stream, given.GetValue(Unit)!, given.GetValue(Time)!, given.GetValue(Outcome)!, ct);
        if (treated.Except(table.Units.Select(u => u.Unit)).FirstOrDefault() is { } unknown) return HouseCommand.Failed($"--treated names {unknown}, which is not in {file.Name}. It has: {string.Join(", ", table.Units.Select(u => u.Unit))}.");
        var donors = table.Units.Where(u => !treated.Contains(u.Unit)).ToList();
        var estimate = SyntheticControl.Of([.. table.Units.Where(u => treated.Contains(u.Unit)).Select(u => u.Values)], [.. donors.Select(u => u.Values)], table.From(from), given.GetValue(Level));
        if (given.GetValue(HouseCommand.AsJson)) PanelReport.Print(table, [.. donors.Select(d => d.Unit)], estimate);
        else PanelReport.Show([.. donors.Select(d => d.Unit)], estimate, given.GetValue(Level));
        return 0;
    }

    private static int Trust(ParseResult given)
    {
        var (series, worlds) = (given.GetValue(Simulate), Names(given, World));
        if (series is < 10 or > 100_000) return HouseCommand.Failed("--simulate makes 10 to 100,000 series.");
        if (worlds.Except(EffectCoverage.Worlds).FirstOrDefault() is { } unknown) return HouseCommand.Failed($"--world knows no {unknown}. It knows: {string.Join(", ", EffectCoverage.Worlds)}.");
        var measured = (worlds.Length > 0 ? worlds : [.. EffectCoverage.Worlds]).Select(w => EffectCoverage.Of(w, series, given.GetValue(Seed), given.GetValue(Draws))).ToList();
        if (given.GetValue(HouseCommand.AsJson)) EffectReport.Print(new { Covered = measured.Average(m => m.Covered), Worlds = measured });
        else EffectReport.Show(measured);
        return 0;
    }

    private static string[] Names(ParseResult given, Option<string[]> option) =>
        [.. (given.GetValue(option) ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
