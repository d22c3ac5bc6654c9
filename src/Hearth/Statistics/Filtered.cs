namespace Hearth.Statistics;

/// <summary>
/// The Kalman filter of one shape over all columns at once: what the shape says is correlated comes out white, so that a plain regression of the outcome on the rest is the generalised one
/// (Durbin &amp; Koopman 2012, 4.3 and 6.2; the augmented filter of de Jong 1991 with the initial state as columns).
/// </summary>
internal sealed class Filtered
{
    private Filtered(int width, Moves moves)
    {
        Gram = new double[width * width];
        States = new double[width * moves.Size];
        Spread = new double[moves.Size * moves.Size];
        Moves = moves;
    }

    public Moves Moves { get; }

    /// <summary>Products of the whitened columns, width × width.</summary>
    public double[] Gram { get; }

    /// <summary>Logarithm of the determinant of the outcome's covariance.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>The state expected at the first point after the change, a row for each column.</summary>
    public double[] States { get; }

    /// <summary>Its covariance.</summary>
    public double[] Spread { get; }

    /// <summary>Where kept: the part of each column's row that the state predicted, rows × width, and the variance of each prediction.</summary>
    public double[] Predicted { get; private set; } = [];

    public double[] Variance { get; private set; } = [];

    /// <summary>Where kept: what each prediction's error adds to the state, rows × state.</summary>
    public double[] Gains { get; private set; } = [];

    /// <param name="noise">Variance of each point's own noise, beside the shape's; null for none.</param>
    /// <param name="keep">Whether the predictions are kept.</param>
    public static Filtered Of(Shape shape, int seasons, Columns columns, double[]? noise, bool keep)
    {
        var moves = new Moves(shape, seasons);
        var (width, size, scale) = (columns.Width, moves.Size, shape.Scale * shape.Scale);
        var filtered = new Filtered(width, moves);
        var (states, p, gram) = (filtered.States, filtered.Spread, filtered.Gram);
        for (var i = 0; i < size; i++) p[i * size + i] = scale * moves.Starts[i];
        if (keep)
        {
            filtered.Predicted = new double[columns.Before * width];
            filtered.Variance = new double[columns.Before];
            filtered.Gains = new double[columns.Before * size];
        }

        Span<double> m = new double[size], errors = new double[width];
        for (var t = 0; t < columns.Before; t++)
        {
            m.Clear();
            foreach (var seen in moves.Seen)
            {
                for (var i = 0; i < size; i++) m[i] += p[i * size + seen];
            }

            var variance = scale * shape.Noise + (noise?[t] ?? 0);
            foreach (var seen in moves.Seen) variance += m[seen];
            var row = columns.Row(t);
            for (var c = 0; c < width; c++)
            {
                var predicted = 0.0;
                foreach (var seen in moves.Seen) predicted += states[c * size + seen];
                errors[c] = row[c] - predicted;
                if (keep) filtered.Predicted[t * width + c] = predicted;
            }

            if (keep) filtered.Variance[t] = variance;
            if (columns.Observed[t])
            {
                filtered.LogDeterminant += PortableMath.Log(variance);
                for (var c = 0; c < width; c++)
                {
                    var error = errors[c] / variance;
                    for (var o = 0; o <= c; o++) gram[c * width + o] += error * errors[o];
                    for (var i = 0; i < size; i++) states[c * size + i] += error * m[i];
                }

                for (var i = 0; i < size; i++)
                {
                    if (keep) filtered.Gains[t * size + i] = m[i] / variance;
                    for (var j = 0; j < size; j++) p[i * size + j] -= m[i] * m[j] / variance;
                }
            }

            filtered.Step(scale, width);
        }

        for (var c = 0; c < width; c++)
        {
            for (var o = 0; o < c; o++) gram[o * width + c] = gram[c * width + o];
        }

        return filtered;
    }

    private void Step(double scale, int width)
    {
        var size = Moves.Size;
        for (var c = 0; c < width; c++) Moves.Forward(States.AsSpan(c * size, size));
        // Forward on each row gives P T'; on each column of that, T P T'. P is symmetric, so columns are rows of the transpose.
        for (var twice = 0; twice < 2; twice++)
        {
            for (var i = 0; i < size; i++) Moves.Forward(Spread.AsSpan(i * size, size));
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < i; j++) (Spread[i * size + j], Spread[j * size + i]) = (Spread[j * size + i], Spread[i * size + j]);
            }
        }

        for (var i = 0; i < size; i++) Spread[i * size + i] += scale * Moves.Steps[i];
    }
}
