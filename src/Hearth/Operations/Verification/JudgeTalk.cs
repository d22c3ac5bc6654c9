using Hearth.Statistics;

namespace Hearth.Operations.Verification;

/// <summary>What the numbers say about a change.</summary>
public enum Verdict
{
    /// <summary>The last day that is judged has not come.</summary>
    TooEarly,

    /// <summary>People speak of it less, and chance does not explain it.</summary>
    Fell,

    /// <summary>No fall is shown.</summary>
    DidNotFall,

    /// <summary>Too little was said before the change to know what to expect: a person decides.</summary>
    Unclear,
}

/// <summary>One day of a gap's curve.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Observed">Critical posts that were heard.</param>
/// <param name="Expected">What was to be expected without the change.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record CurveDay(DateOnly Day, int Observed, double Expected, double Low, double High);

/// <summary>A comparison of the talk after a change with what it would have been.</summary>
/// <param name="Verdict">What that means.</param>
/// <param name="Average">Critical posts a judged day, more or (negative) fewer than expected, with its 95 % interval; null when nothing could be estimated.</param>
/// <param name="Cumulative">The same over all judged days.</param>
/// <param name="Relative">The same as a share of what was expected; null when that is not known.</param>
/// <param name="Probability">Posterior probability of an effect in the direction of the estimate, 0.5 to 1.</param>
/// <param name="Sentence">For a person.</param>
/// <param name="Controls">What it was compared with: names, and how likely each belongs in the comparison.</param>
/// <param name="Curve">From the first day before that is used to the last.</param>
public sealed record Judgement(Verdict Verdict, Interval? Average, Interval? Cumulative, Interval? Relative, double? Probability, string Sentence,
    IReadOnlyList<JudgedControl> Controls, IReadOnlyList<CurveDay> Curve)
{
    /// <summary>The same per 1,000 units sold, which is then what the verdict goes by; null where too few are known to be sold.</summary>
    public PerThousand? PerThousand { get; init; }
}

/// <summary>What a curve was compared with.</summary>
/// <param name="Name">"all other talk", or the key of an attribute.</param>
/// <param name="Inclusion">Probability that it belongs in the comparison, 0 to 1.</param>
public sealed record JudgedControl(string Name, double Inclusion);

/// <summary>Compares the critical talk after a change with what a structural time series expects from that before it and from other talk. Pure: the same counts give the same judgement.</summary>
public static class JudgeTalk
{
    /// <summary>Days that must lie before the change: two weeks, so that a week's rhythm can be seen.</summary>
    public const int LeastBefore = 14;

    /// <summary>Critical posts that must lie before the change; with fewer a fall to nothing could not be told from chance.</summary>
    public const int FewestBefore = 10;

    private const int MostControls = 6;

    /// <summary>Most days before the change that are looked at.</summary>
    public const int MostBefore = 180;

    /// <param name="first">The day of the first number.</param>
    /// <param name="critical">By day.</param>
    /// <param name="others">Other series of the same days that the change does not touch, by name.</param>
    /// <param name="shipped">Index of the day the change was out on.</param>
    /// <param name="lag">Days from then on that are not judged.</param>
    /// <param name="isLast">True when all days to be judged are there.</param>
    /// <param name="lately">Units sold in the four weeks up to each day; null where that is not known. Where they are too few they are not looked at.</param>
    public static Judgement Of(DateOnly first, IReadOnlyList<int> critical, IReadOnlyDictionary<string, IReadOnlyList<int>> others, int shipped, int lag, bool isLast, IReadOnlyList<long>? lately = null)
    {
        var from = lately is null ? null : Sales.From(lately, shipped);
        var begin = from is { } known ? Math.Max(known, LevelBefore.Begin([.. critical.Select((n, t) => t < known ? n : (int)Math.Round((double)n * lately![shipped - 1] / lately[t]))], shipped)) : LevelBefore.Begin(critical, shipped);
        var (before, after) = (shipped - begin, critical.Count - shipped - lag);
        var said = critical.Skip(begin).Take(before).Sum();
        if (before < LeastBefore || said < FewestBefore || after < 1)
        {
            var why = after < 1 ? "No day that is judged has passed yet."
                : before < LeastBefore ? $"People spoke of it for only {Math.Max(before, 0)} days before the change; {LeastBefore} are needed to know what was to be expected. A person has to decide."
                : $"Only {said} critical posts came before the change; {FewestBefore} are needed to know what was to be expected. A person has to decide.";
            return new(after < 1 ? Verdict.TooEarly : Verdict.Unclear, null, null, null, null, why, [], Bare(first, critical, begin));
        }

        var controls = Choose(others, begin, shipped);
        var outcome = critical.Skip(begin).Select(n => (double)n).ToArray();
        var estimate = CausalImpact.Of(outcome, [.. controls.Select(c => (IReadOnlyList<double>)[.. c.Counts.Skip(begin).Select(n => (double)n)])], before,
            new EffectOptions(Seasons: before >= 28 ? 7 : 1, Kind: SeriesKind.Count, Lag: lag, Seed: 5, Exposure: from is null ? null : [.. lately!.Skip(begin).Select(u => (double)u / Sales.Days)]));
        var fell = estimate.Average.High < 0;
        var verdict = !isLast ? Verdict.TooEarly : fell ? Verdict.Fell : Verdict.DidNotFall;
        var curve = estimate.Points.Select((p, n) => (p.Expected, By: from is null ? 1 : lately![begin + n] / 1000.0 / Sales.Days))
            .Select((p, n) => new CurveDay(first.AddDays(begin + n), critical[begin + n], Round(p.Expected.Estimate * p.By), Round(p.Expected.Low * p.By), Round(p.Expected.High * p.By)));
        var average = new Interval(estimate.Cumulative.Estimate / after, estimate.Cumulative.Low / after, estimate.Cumulative.High / after);
        var judged = outcome.Skip(before + lag).Sum();
        var sold = from is null ? null : PerThousand(judged / (lately!.Skip(shipped + lag).Sum() / 1000.0 / Sales.Days), estimate.Average, lately![shipped - 1], lately[^1]);
        return new(verdict, average, estimate.Cumulative, double.IsNaN(estimate.Relative.Estimate) ? null : estimate.Relative, estimate.Probability,
            JudgeWords.Of(judged / after, average, estimate.Relative, sold, isLast), [.. controls.Select((c, n) => new JudgedControl(c.Name, Math.Round(estimate.ControlInclusion[n], 3)))], [.. curve]) { PerThousand = sold };
    }

    private static PerThousand PerThousand(double observed, Interval effect, long before, long after) => new(observed, observed - effect.Estimate, effect, before, after);

    // Those that tell most before the change: a series that is nearly always zero tells nothing of the days to come.
    private static List<(string Name, IReadOnlyList<int> Counts)> Choose(IReadOnlyDictionary<string, IReadOnlyList<int>> others, int begin, int shipped) =>
        [.. others.Select(o => (o.Key, o.Value, Sum: o.Value.Skip(begin).Take(shipped - begin).Sum())).Where(o => o.Sum >= (shipped - begin) / 2)
            .OrderByDescending(o => o.Sum).ThenBy(o => o.Key, StringComparer.Ordinal).Take(MostControls).Select(o => (o.Key, o.Value))];

    private static IReadOnlyList<CurveDay> Bare(DateOnly first, IReadOnlyList<int> critical, int begin) =>
        [.. critical.Skip(begin).Select((n, i) => new CurveDay(first.AddDays(begin + i), n, double.NaN, double.NaN, double.NaN)).Select(d => d with { Expected = 0, Low = 0, High = 0 })];

    private static double Round(double value) => Math.Round(value, 3);
}
