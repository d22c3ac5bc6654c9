using System.Diagnostics;
using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;

namespace Hearth.Bench;

/// <summary>Reading posts of people on one thread: splitting into words alone, by the lexicon, and by the lexicon and a sentiment model, in the same run. Counted in processor time of the thread's process, so that a busy machine does not show.</summary>
internal static class ReadBench
{
    public static async Task Run(string[] args)
    {
        var rounds = args is [var r] ? int.Parse(r, CultureInfo.InvariantCulture) : 5;
        await using var file = File.OpenRead(Path.Combine(RecordedEvents.Folder, "airline-tweets/posts.csv"));
        var texts = new List<string>();
        await foreach (var row in RowReader.Read(file, ["text"]))
        {
            if (row["text"] is { } text) texts.Add(text);
        }

        var labelled = texts.Take(4_000).Select(t => new LabelledPost(t, [Understand.Read(t).Sentiment.ToString().ToLowerInvariant()])).ToList();
        var reader = new Reader(1, TrainModel.Run(ModelTask.Sentiment, labelled, ModelMetric.MacroF1, 1, default), null, null);
        Func<string, int>[] ways = [t => Tokens.Of(t).Count, t => Understand.Read(t).Reasons.Count, t => (int)reader.Read(t, null).Sentiment];
        var rates = ways.Select(_ => new List<double>()).ToList();
        for (var round = -2; round < rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var rate = Rate(texts, ways[way]);
                if (round >= 0) rates[way].Add(rate);
            }
        }

        var m = rates.ConvertAll(Table.Median);
        Console.WriteLine($"| thousand posts a second of one core, median of {rounds} | words alone | lexicon | lexicon and model | model / lexicon |\n| --- | --- | --- | --- | --- |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {texts.Average(t => t.Length):N0} characters a post | {m[0]:N0} | {m[1]:N1} | {m[2]:N1} | {m[2] / m[1]:0.00} |"));
    }

    private static double Rate(List<string> texts, Func<string, int> read)
    {
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (before, sum) = (process.TotalProcessorTime, 0L);
        foreach (var text in texts) sum += read(text);
        GC.KeepAlive(sum);
        process.Refresh();
        return texts.Count / (process.TotalProcessorTime - before).TotalSeconds / 1000;
    }
}
