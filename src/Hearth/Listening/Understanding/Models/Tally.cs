namespace Hearth.Listening.Understanding.Models;

/// <summary>What a model is tuned for.</summary>
public enum ModelMetric
{
    /// <summary>Mean of the classes' F1.</summary>
    MacroF1,

    /// <summary>Mean of the classes' recall: what SemEval compares by.</summary>
    MacroRecall,

    Accuracy,
}

/// <summary>How well a class is told apart.</summary>
/// <param name="Class">Its label.</param>
/// <param name="Labelled">How many posts people gave this class.</param>
/// <param name="Precision">Of those read as it, the share that is it; 0 to 1.</param>
/// <param name="Recall">Of those that are it, the share read as it; 0 to 1.</param>
/// <param name="F1">Harmonic mean of the two.</param>
public sealed record ClassAccuracy(string Class, long Labelled, double Precision, double Recall, double F1);

/// <summary>Counts what was said against what was read, by class; of posts with one label, who was taken for whom.</summary>
internal sealed class Tally(IReadOnlyList<string> classes)
{
    private readonly long[,] _confused = new long[classes.Count, classes.Count];
    private readonly long[] _labelled = new long[classes.Count];
    private readonly long[] _read = new long[classes.Count];
    private readonly long[] _right = new long[classes.Count];

    public long Posts { get; private set; }

    public long Wholly { get; private set; }

    /// <summary>Row: labelled so; column: read so. Only of posts with one label that were read as one.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Confusion => [.. Enumerable.Range(0, classes.Count).Select(i => (IReadOnlyList<long>)[.. Enumerable.Range(0, classes.Count).Select(j => _confused[i, j])])];

    public void Add(int said, int read)
    {
        Posts++;
        _labelled[said]++;
        _read[read]++;
        _confused[said, read]++;
        if (said != read) return;
        _right[said]++;
        Wholly++;
    }

    public void Add(IReadOnlyCollection<int> said, IReadOnlyCollection<int> read)
    {
        if (said.Count == 1 && read.Count == 1)
        {
            Add(said.First(), read.First());
            return;
        }

        Posts++;
        foreach (var s in said) _labelled[s]++;
        foreach (var r in read) _read[r]++;
        foreach (var both in said.Intersect(read)) _right[both]++;
        if (said.Count == read.Count && said.All(read.Contains)) Wholly++;
    }

    /// <summary>Each class that somebody gave or that was read.</summary>
    public IReadOnlyList<ClassAccuracy> Classes => [.. Enumerable.Range(0, classes.Count).Where(k => _labelled[k] + _read[k] > 0).Select(k => new ClassAccuracy(
        classes[k], _labelled[k], Round((double)_right[k] / Math.Max(1, _read[k])), Round((double)_right[k] / Math.Max(1, _labelled[k])), Round(2.0 * _right[k] / Math.Max(1, _labelled[k] + _read[k]))))];

    // A class that nobody gave has no recall, and its F1 says nothing but that it was read in vain: it does not enter the means.
    public double Of(ModelMetric metric)
    {
        if (metric == ModelMetric.Accuracy) return (double)Wholly / Math.Max(1, Posts);
        var (sum, count) = (0.0, 0);
        for (var k = 0; k < classes.Count; k++)
        {
            if (_labelled[k] == 0) continue;
            count++;
            sum += metric == ModelMetric.MacroRecall ? (double)_right[k] / _labelled[k] : 2.0 * _right[k] / (_labelled[k] + _read[k]);
        }

        return sum / Math.Max(1, count);
    }

    public static double Round(double share) => Math.Round(share, 4);
}
