namespace Hearth.Statistics;

/// <summary>
/// What the points before the change say of the regression under one shape, for any choice of controls: conjugate, so exact. Spike and slab with the slab of Brodersen et al. (2015, 2.2), a unit of information in the metric of the
/// shape: precision (S/2 + diag S/2)/n with S the controls' whitened products, fixed columns swept out.
/// </summary>
internal sealed class Evidence
{
    // The prior of the variance: as much as a hundredth of a point says (bsts' default), so that a perfect fit has a likelihood.
    private const double PriorPoints = 0.01;
    private const double SlabDiagonal = 0.5;

    private readonly int _fixed, _controls, _points;
    private readonly bool _scaled;
    private readonly double _base;
    private readonly double[] _fixedRoot, _swept, _gram;

    /// <param name="scaled">Whether the scale is given by the shape (counts).</param>
    /// <param name="correction">Added to the log likelihood (Laplace's, for counts).</param>
    public Evidence(Shape shape, Filtered filtered, Columns columns, bool scaled, double correction)
    {
        (Shape, _scaled, _fixed, _controls, _gram) = (shape, scaled, columns.Fixed, columns.Controls, filtered.Gram);
        for (var t = 0; t < columns.Before; t++) _points += columns.Observed[t] ? 1 : 0;
        var width = columns.Width;
        _fixedRoot = new double[_fixed * _fixed];
        for (var i = 0; i < _fixed; i++)
        {
            for (var j = 0; j < _fixed; j++) _fixedRoot[i * _fixed + j] = _gram[i * width + j] + (i == j ? columns.Precision[i] : 0);
        }

        _base = correction + shape.LogPrior - 0.5 * filtered.LogDeterminant - 0.5 * Cholesky.Root(_fixedRoot, _fixed);

        var rest = _controls + 1;
        _swept = new double[rest * rest];
        var half = new double[rest * _fixed];
        for (var c = 0; c < rest; c++)
        {
            for (var i = 0; i < _fixed; i++) half[c * _fixed + i] = _gram[(_fixed + c) * width + i];
            Cholesky.Forward(_fixedRoot, _fixed, half.AsSpan(c * _fixed, _fixed));
            for (var o = 0; o <= c; o++)
            {
                var sum = _gram[(_fixed + c) * width + _fixed + o];
                for (var i = 0; i < _fixed; i++) sum -= half[c * _fixed + i] * half[o * _fixed + i];
                _swept[c * rest + o] = _swept[o * rest + c] = sum;
            }
        }
    }

    public Shape Shape { get; }

    /// <summary>Degrees of freedom of the variance.</summary>
    private double Freedom => PriorPoints + _points - _fixed;

    /// <summary>Log marginal likelihood and prior of this shape with these controls, up to a constant common to all shapes and choices.</summary>
    public double Of(ReadOnlySpan<int> chosen)
    {
        var root = new double[chosen.Length * chosen.Length];
        var (log, left) = Slab(chosen, root, new double[chosen.Length]);
        return _base + log - (_scaled ? 0.5 * left : 0.5 * Freedom * PortableMath.Log(left));
    }

    // Root of the posterior precision, the posterior mean, half the log ratio of the determinants, and what is left of the outcome.
    private (double Log, double Left) Slab(ReadOnlySpan<int> chosen, double[] root, double[] mean)
    {
        var (n, rest) = (chosen.Length, _controls + 1);
        var left = Math.Max(_swept[^1], 0) + (_scaled ? 0 : PriorPoints);
        if (n == 0) return (0, left);
        var slab = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            if (!(_swept[chosen[i] * rest + chosen[i]] > 1e-9)) return (double.NegativeInfinity, left); // it does not vary before the change: nothing is learnt of it
            for (var j = 0; j < n; j++)
            {
                var product = _swept[chosen[i] * rest + chosen[j]];
                slab[i * n + j] = product * (i == j ? 1 : 1 - SlabDiagonal) / _points;
                root[i * n + j] = product + slab[i * n + j];
            }

            mean[i] = _swept[chosen[i] * rest + _controls];
        }

        var log = 0.5 * (Cholesky.Root(slab, n) - Cholesky.Root(root, n));
        Cholesky.Forward(root, n, mean);
        foreach (var x in mean) left -= x * x;
        Cholesky.Back(root, n, mean);
        return (log, Math.Max(left, _scaled ? 0 : PriorPoints));
    }

    /// <summary>The posterior of all coefficients with these controls.</summary>
    public Coefficients Given(ReadOnlySpan<int> chosen)
    {
        var (root, mean) = (new double[chosen.Length * chosen.Length], new double[chosen.Length]);
        var (_, left) = Slab(chosen, root, mean);
        return new(chosen.ToArray(), _fixed, _controls, _gram, _fixedRoot, root, mean, _scaled ? null : (Freedom, left));
    }
}
