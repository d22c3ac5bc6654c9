using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Operations.Effects;
using Hearth.Statistics;

namespace Hearth.App.Commands;

/// <summary><c>hearth effect --series FILE.csv</c>: what a change did to a series, against what was to be expected without it.</summary>
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

    public static Command Create()
    {
        var command = new Command("effect", "Measure what a change did to a series, against what was to be expected without it.")
        {
            Series, Date, Outcome, Controls, From, Seasons, Trend, Counts, Exposure, Lag, Draws, Seed, Level, HouseCommand.AsJson,
        };
        command.SetAction(async (given, ct) =>
        {
            try
            {
                return await OfSeries(given, ct);
            }
            catch (Exception e) when (e is UnreadableFileException or ArgumentException)
            {
                return HouseCommand.Failed(e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message);
            }
        });
        return command;
    }

    private static async Task<int> OfSeries(ParseResult given, CancellationToken ct)
    {
        if (given.GetValue(Series) is not { } file) return HouseCommand.Failed("--series names the file to read.");
        if (given.GetValue(From) is not { } from) return HouseCommand.Failed("--from names the moment of the first point after the change.");
        if (!file.Exists) return HouseCommand.Failed($"There is no file {file.FullName}.");
        string[] controls = [.. (given.GetValue(Controls) ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        var (outcome, units) = (given.GetValue(Outcome)!, given.GetValue(Exposure));
        await using var stream = file.OpenRead();
        var table = await SeriesTable.Read(file.Name, stream, given.GetValue(Date)!, [outcome, .. controls, .. units is null ? Array.Empty<string>() : [units]], ct);
        var options = new EffectOptions(given.GetValue(Seasons), given.GetValue(Draws), given.GetValue(Seed), given.GetValue(Level),
            given.GetValue(Counts) ? SeriesKind.Count : SeriesKind.Real, units is null ? null : table.Columns[units], given.GetValue(Lag), given.GetValue(Trend));
        var estimate = CausalImpact.Of(table.Columns[outcome], [.. controls.Select(c => table.Columns[c])], table.From(from), options);
        if (given.GetValue(HouseCommand.AsJson)) EffectReport.Print(table, controls, estimate);
        else EffectReport.Show(controls, estimate);
        return 0;
    }
}
