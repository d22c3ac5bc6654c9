using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Listening.Understanding.Models;

namespace Hearth.App.Commands;

/// <summary>The options of the commands that read labelled posts.</summary>
internal sealed class LabelOptions
{
    public Option<FileInfo> Labels { get; } = new("--labels")
    {
        Description = "Texts with the labels people gave them: CSV, JSONL, or tab-separated without a header, where columns go by number (--map text=3,label=2); gzipped or not but for the last.", Required = true,
    };

    public Option<FileInfo?> Texts { get; } = new("--texts") { Description = "The texts, one a line, when --labels has only the labels, one a line." };

    public Option<string> Task { get; } = new Option<string>("--task") { Description = "sentiment (default), intent, aspects (what a post is about, or any other labels; several separated by | or ;) or mismatches (what fell short, by the key of a topic, or none).", DefaultValueFactory = _ => "sentiment" }
        .AcceptOnlyFromAmong("sentiment", "intent", "aspects", "mismatches");

    public Option<string?> Map { get; } = new("--map") { Description = "Which column holds what: text=..,label=..,time=..,id=..,weight=..,lang=.. (default text=text,label=label)." };

    public Option<string?> Text { get; } = new("--text") { Description = "Column with the text; as text=.. in --map." };

    public Option<string?> Label { get; } = new("--label") { Description = "Column with the label; as label=.. in --map." };

    public Option<ulong> Seed { get; } = new("--seed") { Description = "Decides what is drawn at random; the same seed gives the same model and figures.", DefaultValueFactory = _ => 1 };

    public Option<string> Metric { get; } = new Option<string>("--metric") { Description = "What the model is tuned for: macro-f1 (default), macro-recall or accuracy.", DefaultValueFactory = _ => "macro-f1" }
        .AcceptOnlyFromAmong("macro-f1", "macro-recall", "accuracy");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Labels, Texts, Task, Map, Text, Label, Seed, Metric]) command.Options.Add(option);
    }

    public ModelTask TaskOf(ParseResult given) => Enum.Parse<ModelTask>(given.GetValue(Task)!, ignoreCase: true);

    public ModelMetric MetricOf(ParseResult given) => Enum.Parse<ModelMetric>(given.GetValue(Metric)!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    public LabelColumns Columns(ParseResult given)
    {
        var columns = LabelColumns.Parse(given.GetValue(Map));
        if (given.GetValue(Text) is { } text) columns = columns with { Text = text };
        return given.GetValue(Label) is { } label ? columns with { Label = label } : columns;
    }

    /// <summary>Reads the labelled posts.</summary>
    /// <exception cref="UnreadableFileException">A file is missing or cannot be read so.</exception>
    public async Task<LabelledPosts> Read(ParseResult given, LabelColumns columns, CancellationToken ct)
    {
        var (labels, texts) = (given.GetValue(Labels)!, given.GetValue(Texts));
        foreach (var file in (FileInfo?[])[labels, texts])
        {
            if (file is { Exists: false }) throw new UnreadableFileException($"There is no file {file.FullName}.");
        }

        await using var stream = labels.OpenRead();
        await using var lines = texts?.OpenRead();
        return await ReadLabels.From(stream, lines, columns, TaskOf(given), ct);
    }
}
