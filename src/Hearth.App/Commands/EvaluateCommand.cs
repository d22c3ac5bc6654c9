using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Listening.Understanding.Models;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth evaluate --labels FILE --task T [--split time|random|group:COL] --seed N</c>: how well mentions are read, against labels given by people.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var options = new LabelOptions();
        var split = new Option<string>("--split")
        {
            Description = "none (default): measure what ships, learning nothing. time: learn from the first posts, measure on the latest (--map time=..). random: hold a random part out. group:COL: hold each group out once.",
            DefaultValueFactory = _ => "none",
        };
        var share = new Option<double?>("--share") { Description = "How much is held out: default 0.25 by time, 0.2 at random." };
        var baseline = new Option<bool>("--baseline") { Description = "Also learn a plain, well-tuned linear model (words in ones and twos) from the same part, and measure it on the same part." };
        var command = new Command("evaluate", "Measure how well mentions are read, against labels given by people.") { split, share, baseline, HouseCommand.AsJson };
        options.AddTo(command);
        command.SetAction(async (given, ct) =>
        {
            var (kind, group) = Split(given.GetValue(split)!);
            if (given.GetValue(share) is { } held && held is not (> 0 and < 1)) throw new FormatException("--share: must be above 0 and below 1.");
            try
            {
                var posts = await options.Read(given, options.Columns(given) with { Group = group }, ct);
                var measured = EvaluateReading.Run(posts, new(options.TaskOf(given), kind, given.GetValue(share), given.GetValue(options.Seed), options.MetricOf(given), given.GetValue(baseline)), ct);
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(measured);
                else Show(measured);
                return 0;
            }
            catch (Exception e) when (e is UnreadableFileException or TooFewLabelsException)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    private static (SplitKind Kind, string? Group) Split(string given) => given switch
    {
        "none" => (SplitKind.None, null),
        "time" => (SplitKind.Time, null),
        "random" => (SplitKind.Random, null),
        _ when given.StartsWith("group:", StringComparison.Ordinal) && given.Length > 6 => (SplitKind.Group, given[6..]),
        _ => throw new FormatException($"--split: '{given}' is not none, time, random or group:COLUMN."),
    };

    private static void Show(Evaluation measured)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Class", "Labelled", "Precision", "Recall", "F1");
        foreach (var c in measured.Classes) table.AddRow(Markup.Escape(c.Class), $"{c.Labelled:N0}", $"{c.Precision:0.000}", $"{c.Recall:0.000}", $"{c.F1:0.000}");
        HouseCommand.Answer.Write(table);
        var of = measured.Trained > 0 ? $"learned from {measured.Trained:N0} posts in {measured.TrainSeconds:0.0} s, measured on {measured.Posts:N0}" : $"{measured.Posts:N0} posts";
        System.Console.WriteLine($"{of}: macro-F1 {measured.MacroF1:0.000}, macro-recall {measured.MacroRecall:0.000}, accuracy {measured.Accuracy:0.000}.");
        if (measured.Reliability is { } sure) System.Console.WriteLine($"Certainty is off by {sure.Error:0.000} on average.");
        if (measured.PostsPerSecond is { } rate) System.Console.WriteLine($"{rate:N0} posts a second on one thread.");
        Line("Plain linear model", measured.Baseline);
        Line("Out of the box", measured.OutOfTheBox);
        foreach (var g in measured.Groups ?? []) System.Console.WriteLine($"  without {g.Group}: macro-F1 {g.MacroF1:0.000} on {g.Posts:N0} of it{(g.BaselineMacroF1 is { } b ? $", plain {b:0.000}" : "")}");
        if (measured.Skipped > 0) System.Console.WriteLine($"{measured.Skipped:N0} rows without a usable label were left out.");
    }

    private static void Line(string name, ModelAccuracy? of)
    {
        if (of is not null) System.Console.WriteLine($"{name}, same posts: macro-F1 {of.MacroF1:0.000}, macro-recall {of.MacroRecall:0.000}, accuracy {of.Accuracy:0.000}.");
    }
}
