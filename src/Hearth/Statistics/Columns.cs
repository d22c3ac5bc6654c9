namespace Hearth.Statistics;

/// <summary>The regression side of a series, row by row: fixed columns (constant, slope, season), controls, and last the outcome. All scaled by what lies before the change.</summary>
internal sealed class Columns
{
    public required int Fixed { get; init; }

    public required int Controls { get; init; }

    public required int Before { get; init; }

    public required int Rows { get; init; }

    /// <summary>Rows × <see cref="Width"/>; outcomes after the change are never read.</summary>
    public required double[] Values { get; init; }

    /// <summary>Which outcomes were observed.</summary>
    public required bool[] Observed { get; init; }

    /// <summary>Prior precision of each fixed column; 0 for a flat prior.</summary>
    public required double[] Precision { get; init; }

    public int Width => Fixed + Controls + 1;

    public Span<double> Row(int t) => Values.AsSpan(t * Width, Width);

    /// <summary>Lays out fixed columns and controls; the outcome's column stays 0.</summary>
    /// <param name="outcome">NaN where missing.</param>
    public static Columns Of(IReadOnlyList<double> outcome, IReadOnlyList<IReadOnlyList<double>> controls, int before, int seasons, bool trend, Func<int, double>? precision = null)
    {
        var plain = 1 + (trend ? 1 : 0);
        var fix = plain + seasons - 1;
        var columns = new Columns
        {
            Fixed = fix, Controls = controls.Count, Before = before, Rows = outcome.Count,
            Values = new double[outcome.Count * (fix + controls.Count + 1)],
            Observed = [.. outcome.Select(y => !double.IsNaN(y))],
            Precision = [.. Enumerable.Range(0, fix).Select(i => precision?.Invoke(i) ?? 0)],
        };
        for (var t = 0; t < outcome.Count; t++)
        {
            var row = columns.Row(t);
            row[0] = 1;
            if (trend) row[1] = (2.0 * t - before + 1) / before;
            var season = t % seasons;
            for (var s = 0; s < seasons - 1; s++) row[plain + s] = season == s ? 1 : season == seasons - 1 ? -1 : 0;
        }

        for (var c = 0; c < controls.Count; c++)
        {
            var (mean, deviation) = Spread(controls[c].Take(before));
            for (var t = 0; t < outcome.Count; t++) columns.Row(t)[fix + c] = (controls[c][t] - mean) / deviation;
        }

        return columns;
    }

    /// <summary>Mean and standard deviation; a deviation of 1 for what does not vary.</summary>
    public static (double Mean, double Deviation) Spread(IEnumerable<double> values)
    {
        var (n, mean, squares) = (0, 0.0, 0.0);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            var off = value - mean;
            mean += off / ++n;
            squares += off * (value - mean);
        }

        var deviation = n > 1 ? Math.Sqrt(squares / (n - 1)) : 0;
        return (mean, deviation > 1e-12 * (1 + Math.Abs(mean)) ? deviation : 1);
    }
}
