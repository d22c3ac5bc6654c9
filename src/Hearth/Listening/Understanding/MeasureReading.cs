using Hearth.Channels.Files;

namespace Hearth.Listening.Understanding;

/// <summary>How well a class is told apart.</summary>
/// <param name="Class">"negative", "neutral" or "positive".</param>
/// <param name="Labelled">How many posts people gave this class.</param>
/// <param name="Precision">Of those read as it, the share that is it; 0 to 1.</param>
/// <param name="Recall">Of those that are it, the share read as it; 0 to 1.</param>
/// <param name="F1">Harmonic mean of the two.</param>
public sealed record ClassAccuracy(string Class, long Labelled, double Precision, double Recall, double F1);

/// <summary>How well the reader agrees with people.</summary>
/// <param name="Posts">Rows with a text and a known label.</param>
/// <param name="Skipped">Rows without.</param>
/// <param name="Accuracy">Share read as labelled.</param>
/// <param name="MacroF1">Mean of the classes' F1, each class counting alike.</param>
/// <param name="MacroRecall">Mean of the classes' recall.</param>
/// <param name="PostsPerSecond">Read on one thread.</param>
/// <param name="Classes">Each class.</param>
public sealed record ReadingAccuracy(long Posts, long Skipped, double Accuracy, double MacroF1, double MacroRecall, double PostsPerSecond, IReadOnlyList<ClassAccuracy> Classes);

/// <summary>Measures the reader's sentiment against labels given by people. Measures only: nothing is learned from the file.</summary>
public static class MeasureReading
{
    /// <summary>Reads every text and compares.</summary>
    /// <param name="file">CSV or JSONL.</param>
    /// <param name="text">Its column with the text.</param>
    /// <param name="label">Its column with "negative", "neutral" or "positive" (in any case).</param>
    /// <param name="clock">For the rate.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">A column is missing, or no row has a known label.</exception>
    public static async Task<ReadingAccuracy> Sentiment(Stream file, string text, string label, TimeProvider clock, CancellationToken ct)
    {
        var counts = new long[3, 3];
        var (skipped, spent) = (0L, TimeSpan.Zero);
        await foreach (var row in RowReader.Read(file, [text, label], ct))
        {
            if (row[text] is not { } post || !Enum.TryParse<Sentiment>(row[label], ignoreCase: true, out var said) || !Enum.IsDefined(said))
            {
                skipped++;
                continue;
            }

            var started = clock.GetTimestamp();
            var read = Understand.Read(post).Sentiment;
            spent += clock.GetElapsedTime(started);
            counts[(int)said + 1, (int)read + 1]++;
        }

        var posts = counts.Cast<long>().Sum();
        if (posts == 0) throw new UnreadableFileException($"No row has negative, neutral or positive in column '{label}'.");
        var classes = Enum.GetValues<Sentiment>().Order().Select(s => Of(counts, s)).ToList();
        return new(posts, skipped, Round((double)(counts[0, 0] + counts[1, 1] + counts[2, 2]) / posts), Round(classes.Average(c => c.F1)), Round(classes.Average(c => c.Recall)),
            Math.Round(posts / Math.Max(spent.TotalSeconds, 1e-6)), classes);
    }

    private static ClassAccuracy Of(long[,] counts, Sentiment sentiment)
    {
        var k = (int)sentiment + 1;
        var right = (double)counts[k, k];
        var (labelled, read) = (counts[k, 0] + counts[k, 1] + counts[k, 2], counts[0, k] + counts[1, k] + counts[2, k]);
        return new(sentiment.ToString().ToLowerInvariant(), labelled, Round(right / Math.Max(1, read)), Round(right / Math.Max(1, labelled)), Round(2 * right / Math.Max(1, read + labelled)));
    }

    private static double Round(double share) => Math.Round(share, 4);
}
