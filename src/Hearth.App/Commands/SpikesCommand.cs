using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hearth.Channels.Files;
using Hearth.Listening.Spikes;
using Hearth.Platform;
using Hearth.Statistics;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth spikes --series FILE.csv</c>: what stands out in counts over time, by the detector that watches the live queries.</summary>
internal static class SpikesCommand
{
    private static readonly JsonSerializerOptions Snake = new(Json.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var files = new Option<FileInfo[]>("--series") { Description = "CSV or JSONL with a moment and a count in each row, in order of time. May be given several times.", Required = true };
        var time = new Option<string>("--time") { Description = "Column with the moment.", DefaultValueFactory = _ => "timestamp" };
        var value = new Option<string>("--value") { Description = "Column with the count, 0 or more.", DefaultValueFactory = _ => "value" };
        var threshold = new Option<double>("--threshold") { Description = "Tell scores from here on; 3.7 is one point in 5,000.", DefaultValueFactory = _ => new SpikeOptions().Threshold };
        threshold.Must(t => t is > 0 and <= 300, "--threshold must be above 0 and at most 300.");
        var labels = new Option<FileInfo>("--labels") { Description = "JSON with the windows in which people saw something unusual, as the Numenta Anomaly Benchmark has them: gives its score." };
        var leave = new Option<bool>("--leave-one-out") { Description = "With --labels: also the score of each file with settings that were chosen on the others." };
        var command = new Command("spikes", "Find what stands out in counts over time, each point judged by those before it alone.") { files, time, value, threshold, labels, leave, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            foreach (var file in given.GetValue(files)!.Append(given.GetValue(labels)).OfType<FileInfo>())
            {
                if (!file.Exists) return HouseCommand.Failed($"There is no file {file.FullName}.");
            }

            if (given.GetValue(leave) && (given.GetValue(labels) is null || given.GetValue(files)!.Length < 2)) return HouseCommand.Failed("--leave-one-out needs --labels and at least two --series.");
            try
            {
                var series = new List<SeriesFile>();
                foreach (var file in given.GetValue(files)!)
                {
                    await using var stream = file.OpenRead();
                    series.Add(await SeriesFile.Read(file.Name, stream, given.GetValue(time)!, given.GetValue(value)!, ct));
                }

                var options = new SpikeOptions { Threshold = given.GetValue(threshold) };
                var found = series.ConvertAll(s => MeasureSpikes.In(s, options));
                var text = given.GetValue(labels) is { } labelled ? await File.ReadAllTextAsync(labelled.FullName, ct) : null;
                var scores = text is null ? null : MeasureSpikes.Score(series, series.ConvertAll(s => s.Labelled(text)), options, given.GetValue(leave));
                if (given.GetValue(HouseCommand.AsJson)) System.Console.WriteLine(JsonSerializer.Serialize(new { options.Threshold, Series = found, Nab = scores }, Snake));
                else Show(found, scores, options);
                return 0;
            }
            catch (UnreadableFileException e)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    private static void Show(List<SeriesSpikes> found, SpikeScores? scores, SpikeOptions options)
    {
        foreach (var series in found)
        {
            var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{series.File}: {series.Spikes.Count:N0} of {series.Points:N0} stand out")).AddColumns("When (UTC)", "Count", "Expected", "Score");
            foreach (var s in series.Spikes) table.AddRow(s.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Number(s.Value, "0.##"), Number(s.Expected, "0.#"), Number(s.Score, "0.0"));
            HouseCommand.Answer.Write(table);
        }

        if (scores is null) return;
        Say($"NAB score, standard profile: {Number(scores.Score, "0.0")} with the one threshold that is best on these files ({Number(scores.Threshold, "0.00")}); {Number(scores.AtThreshold, "0.0")} at {Number(options.Threshold, "0.0#")}.");
        if (scores.ThresholdFromOthers is { } others) Say($"The threshold of each file chosen on the others: {Number(others, "0.0")}.");
        if (scores.LeaveOneOut is not { } left) return;
        Say($"Settings and threshold of each file chosen on the others, from {NabLeaveOneOut.Grid.Count} settings: {Number(left, "0.0")}.");
        foreach (var line in scores.Lines!) Say($"  {line.Series}: {Number(line.OnIt, "0.0")} ({Number(line.OnOthers, "0.0")} on the others)");
    }

    private static void Say(string line) => System.Console.WriteLine(line);

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
