namespace Hearth.Statistics;

/// <summary>Draws of the series as it would have been without the change.</summary>
internal sealed class Counterfactual
{
    private readonly int _seasons;
    private readonly Columns _columns;
    private readonly double[]? _offset;
    private readonly CountMode? _mode;
    private readonly IReadOnlyList<Evidence> _shapes;
    private readonly Dictionary<int, (Filtered Filtered, double[]? Noise, double[] Root)> _filtered = [];

    private Counterfactual(int seasons, Columns columns, double[]? offset, CountMode? mode, IReadOnlyList<Evidence> shapes)
    {
        (_seasons, _columns, _offset, _mode, _shapes) = (seasons, columns, offset, mode, shapes);
    }

    /// <param name="Values">Points × draws, in the scale of the columns (counts as counts).</param>
    /// <param name="Inclusion">Share of the draws that each control was in.</param>
    public sealed record Draws(double[][] Values, double[] Inclusion);

    /// <summary>Draws of a series of real numbers whose scaled values stand in the columns.</summary>
    public static Draws Real(Columns columns, EffectOptions options, RandomStream random)
    {
        var shapes = ShapeGrid.Of(options.Trend, options.Seasons > 1, scaled: false)
            .Select(shape => new Evidence(shape, Filtered.Of(shape, options.Seasons, columns, null, keep: false), columns, scaled: false, 0)).ToList();
        return new Counterfactual(options.Seasons, columns, null, null, shapes).Sample([.. new ControlChoice(shapes, columns.Controls).Draw(random, options.Draws)], random);
    }

    /// <summary>Draws of a series of counts.</summary>
    /// <param name="offset">For each point the log of its exposure and the overall rate.</param>
    public static Draws Counts(IReadOnlyList<double> outcome, Columns columns, double[] offset, EffectOptions options, RandomStream random)
    {
        var grid = ShapeGrid.Of(options.Trend, options.Seasons > 1, scaled: true);
        int[] chosen = [.. Enumerable.Range(0, columns.Controls)];
        while (true)
        {
            var mode = new CountMode(outcome, offset, options.Seasons, columns, chosen);
            var shapes = grid.Select(mode.Under).ToList();
            var picks = new ControlChoice(shapes, columns.Controls).Draw(random, options.Draws).ToList();
            var usual = ControlChoice.Members(picks.GroupBy(p => p.Choice).MaxBy(g => g.Count())!.Key);
            // With many controls the mode under all of them follows the noise: seek it once more under those that are chosen most.
            if (chosen.Length <= 3 || usual.Length == chosen.Length) return new Counterfactual(options.Seasons, columns, offset, mode, shapes).Sample(picks, random);
            chosen = usual;
        }
    }

    private Draws Sample(List<(ulong Choice, int Shape)> picks, RandomStream random)
    {
        var values = new double[_columns.Rows][];
        for (var t = 0; t < values.Length; t++) values[t] = new double[picks.Count];
        var inclusion = new double[_columns.Controls];
        var posteriors = new Dictionary<(ulong, int), Coefficients>();
        var coefficients = new double[_columns.Width - 1];
        for (var d = 0; d < picks.Count; d++)
        {
            var (choice, shape) = picks[d];
            var members = ControlChoice.Members(choice);
            foreach (var c in members) inclusion[c]++;
            var state = State(shape);
            if (!posteriors.TryGetValue(picks[d], out var posterior)) posteriors[picks[d]] = posterior = Renewed(shape, state.Filtered).Given(members);
            var deviation = posterior.Draw(random, coefficients);
            Before(values, d, shape, state, coefficients, deviation, random);
            After(values, d, _shapes[shape].Shape, state, coefficients, deviation, random);
        }

        return new(values, [.. inclusion.Select(n => n / picks.Count)]);
    }

    // Counts: the shape's own mode, found again from where the search stands, belongs to its filter.
    private Evidence Renewed(int shape, Filtered filtered) => _mode is null ? _shapes[shape] : new Evidence(_shapes[shape].Shape, filtered, _columns, scaled: true, 0);

    private (Filtered Filtered, double[]? Noise, double[] Root) State(int shape)
    {
        if (_filtered.TryGetValue(shape, out var state)) return state;
        _mode?.Under(_shapes[shape].Shape);
        var filtered = Filtered.Of(_shapes[shape].Shape, _seasons, _columns, _mode?.Noise, keep: true);
        var root = (double[])filtered.Spread.Clone();
        Cholesky.Root(root, filtered.Moves.Size);
        return _filtered[shape] = (filtered, _mode?.Noise, root);
    }

    private void Before(double[][] values, int draw, int shape, (Filtered Filtered, double[]? Noise, double[] Root) state, double[] coefficients, double deviation, RandomStream random)
    {
        var width = _columns.Width;
        for (var t = 0; t < _columns.Before; t++)
        {
            var predicted = state.Filtered.Predicted.AsSpan(t * width, width);
            var row = _columns.Row(t);
            var sum = predicted[^1];
            for (var c = 0; c < coefficients.Length; c++) sum += coefficients[c] * (row[c] - predicted[c]);
            var variance = Math.Max(0, state.Filtered.Variance[t] - (state.Noise?[t] ?? 0));
            values[t][draw] = Seen(t, sum + deviation * Math.Sqrt(variance) * random.Normal(), random);
        }
    }

    private void After(double[][] values, int draw, Shape shape, (Filtered Filtered, double[]? Noise, double[] Root) state, double[] coefficients, double deviation, RandomStream random)
    {
        var (filtered, moves) = (state.Filtered, state.Filtered.Moves);
        var size = moves.Size;
        Span<double> now = new double[size], noise = new double[size];
        for (var i = 0; i < size; i++) noise[i] = random.Normal();
        for (var i = 0; i < size; i++)
        {
            now[i] = filtered.States[(_columns.Width - 1) * size + i];
            for (var c = 0; c < coefficients.Length; c++) now[i] -= coefficients[c] * filtered.States[c * size + i];
            for (var k = 0; k <= i; k++) now[i] += deviation * state.Root[i * size + k] * noise[k];
        }

        var own = deviation * shape.Scale * Math.Sqrt(shape.Noise);
        for (var t = _columns.Before; t < values.Length; t++)
        {
            var row = _columns.Row(t);
            var sum = own * random.Normal();
            for (var c = 0; c < coefficients.Length; c++) sum += coefficients[c] * row[c];
            foreach (var seen in moves.Seen) sum += now[seen];
            values[t][draw] = Seen(t, sum, random);
            moves.Forward(now);
            for (var i = 0; i < size; i++)
            {
                if (moves.Steps[i] > 0) now[i] += deviation * shape.Scale * Math.Sqrt(moves.Steps[i]) * random.Normal();
            }
        }
    }

    private double Seen(int t, double value, RandomStream random) =>
        _offset is null ? value : random.Poisson(PortableMath.Exp(Math.Min(value + _offset[t], 27)));
}
