using Hearth.Channels.Files;
using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>What was learned, and how well it reads the part that was held out.</summary>
/// <param name="Trained">How many posts it was learned from, the held-out ones included in the end.</param>
/// <param name="Skipped">Rows without a usable label.</param>
/// <param name="Measured">On a fifth of the posts, by a model that had learned from the others.</param>
/// <param name="OutOfTheBox">What ships, on the same fifth.</param>
public sealed record TrainedModel(long Trained, long Skipped, ModelAccuracy Measured, ModelAccuracy OutOfTheBox);

/// <summary>Learns a model and keeps it in a file; reads posts with one.</summary>
public static class TrainedFile
{
    /// <summary>Learns from four fifths and measures on the other; then learns from all, and writes that.</summary>
    /// <exception cref="TooFewLabelsException">The posts do not do.</exception>
    public static TrainedModel Train(LabelledPosts posts, ModelTask task, ModelMetric metric, ulong seed, Stream to, CancellationToken ct)
    {
        var split = SplitPosts.Random(posts.Posts, 0.2, seed);
        var model = TrainModel.Run(task, split.Train, metric, seed, ct);
        var done = new TrainedModel(posts.Posts.Count, posts.Skipped, EvaluateModel.Model(model, split.Test), EvaluateModel.Lexicon(task, split.Test));
        ModelFile.Save(TrainModel.Run(task, posts.Posts, metric, seed, ct), to);
        return done;
    }

    /// <summary>Reads posts one by one.</summary>
    /// <param name="model">A model's bytes; null for what ships.</param>
    /// <param name="task">What to tell; a model tells its own.</param>
    /// <returns>Answers a text (and the language somebody claims) with one JSON object's names and values.</returns>
    /// <exception cref="UnreadableFileException">It is no model, or one for another task.</exception>
    public static Func<string, string?, Classified> Reader(Stream? model, ModelTask task)
    {
        if (model is null)
        {
            return (text, language) =>
            {
                var reading = Understand.Read(text, language);
                return new(EvaluateModel.Labels(task, reading), null, reading);
            };
        }

        var loaded = ModelFile.Load(model);
        if (loaded.Task != task) throw new UnreadableFileException($"The model tells {loaded.Task.ToString().ToLowerInvariant()}, not {task.ToString().ToLowerInvariant()}.");
        return (text, language) =>
        {
            var (tokens, sure) = (Tokens.Of(text), new float[loaded.Classes.Count]);
            var reading = Understand.Read(text, tokens, language);
            var best = loaded.Read(text, tokens, reading, sure);
            var labels = loaded.IsSeveral ? loaded.Classes.Where((_, k) => loaded.Stands(k, sure[k])).ToList() : [loaded.Classes[best]];
            return new(labels, loaded.Classes.Index().ToDictionary(c => c.Item, c => Math.Round(sure[c.Index], 4), StringComparer.Ordinal), reading);
        };
    }
}

/// <summary>What was read of one text.</summary>
/// <param name="Labels">One for sentiment; of intents and aspects any number.</param>
/// <param name="Sure">Of each label the model knows, how sure it is, 0 to 1; null for what ships.</param>
/// <param name="Reading">The lexicon's reading, with the words that decided.</param>
public sealed record Classified(IReadOnlyList<string> Labels, IReadOnlyDictionary<string, double>? Sure, Reading Reading);
