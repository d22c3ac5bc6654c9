namespace Hearth.Statistics;

/// <summary>
/// The most likely log rates of a series of counts under one shape, and the numbers with normal noise that say the same of them: Poisson likelihood, normal prior, Newton's method by filtering and smoothing
/// (Durbin &amp; Koopman 1997; Durbin &amp; Koopman 2012, 10.6). The likelihood comes by Laplace's approximation at the mode.
/// </summary>
internal sealed class CountMode
{
    private const int Rounds = 20;
    private const double Near = 1e-4;

    private readonly IReadOnlyList<double> _outcome;
    private readonly double[] _offset, _rates;
    private readonly int _seasons;
    private readonly Columns _columns;
    private readonly int[] _chosen;

    /// <param name="outcome">Counts; NaN where missing.</param>
    /// <param name="offset">Log of what each point stands on, with the overall level in it.</param>
    /// <param name="chosen">The controls under which the mode is sought.</param>
    public CountMode(IReadOnlyList<double> outcome, double[] offset, int seasons, Columns columns, int[] chosen)
    {
        (_outcome, _offset, _seasons, _columns, _chosen) = (outcome, offset, seasons, columns, chosen);
        _rates = [.. offset.Take(columns.Before).Select((o, t) => double.IsNaN(outcome[t]) ? o : PortableMath.Log((outcome[t] + PortableMath.Exp(o)) / 2))];
        Noise = new double[columns.Before];
    }

    /// <summary>Variance of each point's noise at the last mode.</summary>
    public double[] Noise { get; private set; }

    /// <summary>Finds the mode under a shape, from that of the shape before; the columns' outcome is then what stands for the counts.</summary>
    public Evidence Under(Shape shape)
    {
        Noise = new double[_columns.Before];
        var coefficients = new double[_columns.Width - 1];
        for (var round = 0; ; round++)
        {
            Stand();
            var filtered = Filtered.Of(shape, _seasons, _columns, Noise, keep: true);
            var evidence = new Evidence(shape, filtered, _columns, scaled: true, Correction());
            if (round == Rounds) return evidence;
            evidence.Given(_chosen).Mean(coefficients);
            if (Smooth(filtered, coefficients) < Near) return evidence;
        }
    }

    // At the rates as they are: noise 1/λ, and the rate itself moved by the relative miss.
    private void Stand()
    {
        for (var t = 0; t < _columns.Before; t++)
        {
            var rate = PortableMath.Exp(_rates[t]);
            Noise[t] = 1 / rate;
            _columns.Row(t)[^1] = _columns.Observed[t] ? _rates[t] - _offset[t] + (_outcome[t] - rate) / rate : 0;
        }
    }

    private double Correction()
    {
        var sum = 0.0;
        for (var t = 0; t < _columns.Before; t++)
        {
            if (!_columns.Observed[t]) continue;
            var miss = _columns.Row(t)[^1] + _offset[t] - _rates[t];
            sum += _outcome[t] * _rates[t] - PortableMath.Exp(_rates[t]) + 0.5 * PortableMath.Log(Noise[t]) + 0.5 * miss * miss / Noise[t];
        }

        return sum;
    }

    // Smoothing errors backwards (Durbin & Koopman 2012, 4.5.3): the rate is what stood for the count less its noise, as far as the rest explains it.
    private double Smooth(Filtered filtered, double[] coefficients)
    {
        var size = filtered.Moves.Size;
        var moved = 0.0;
        Span<double> back = new double[size];
        for (var t = _columns.Before - 1; t >= 0; t--)
        {
            filtered.Moves.Backward(back);
            if (!_columns.Observed[t]) continue;
            var row = _columns.Row(t);
            var predicted = filtered.Predicted.AsSpan(t * _columns.Width, _columns.Width);
            var error = row[^1] - predicted[^1];
            for (var c = 0; c < coefficients.Length; c++) error -= coefficients[c] * (row[c] - predicted[c]);
            error /= filtered.Variance[t];
            for (var i = 0; i < size; i++) error -= filtered.Gains[t * size + i] * back[i];
            foreach (var seen in filtered.Moves.Seen) back[seen] += error;
            // No step longer than 2: Newton's overshoots from far away, and a rate changed sevenfold is far.
            var step = Math.Clamp(row[^1] - Noise[t] * error - (_rates[t] - _offset[t]), -2, 2);
            _rates[t] = Math.Clamp(_rates[t] + step, -20, 25);
            moved = Math.Max(moved, Math.Abs(step));
        }

        return moved;
    }
}
