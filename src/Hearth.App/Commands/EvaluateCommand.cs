using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Listening.Understanding;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth evaluate --labels FILE --text COL --label COL</c>: how well mentions are read, against labels given by people.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var labels = new Option<FileInfo>("--labels") { Description = "CSV or JSONL with texts and the labels people gave them.", Required = true };
        var task = new Option<string>("--task") { Description = "What to measure.", DefaultValueFactory = _ => "sentiment" };
        task.AcceptOnlyFromAmong("sentiment");
        var text = new Option<string>("--text") { Description = "Column with the text.", DefaultValueFactory = _ => "text" };
        var label = new Option<string>("--label") { Description = "Column with negative, neutral or positive.", DefaultValueFactory = _ => "label" };
        var command = new Command("evaluate", "Measure how well mentions are read, against labels given by people.") { labels, task, text, label, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var file = given.GetValue(labels)!;
            if (!file.Exists) return HouseCommand.Failed($"There is no file {file.FullName}.");
            try
            {
                await using var stream = file.OpenRead();
                var measured = await MeasureReading.Sentiment(stream, given.GetValue(text)!, given.GetValue(label)!, TimeProvider.System, ct);
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(measured);
                else Show(measured);
                return 0;
            }
            catch (UnreadableFileException e)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    private static void Show(ReadingAccuracy measured)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Class", "Labelled", "Precision", "Recall", "F1");
        foreach (var c in measured.Classes) table.AddRow(c.Class, $"{c.Labelled:N0}", $"{c.Precision:0.000}", $"{c.Recall:0.000}", $"{c.F1:0.000}");
        HouseCommand.Answer.Write(table);
        System.Console.WriteLine($"{measured.Posts:N0} posts: macro-F1 {measured.MacroF1:0.000}, macro-recall {measured.MacroRecall:0.000}, accuracy {measured.Accuracy:0.000}; {measured.PostsPerSecond:N0} posts a second on one thread.");
    }
}
