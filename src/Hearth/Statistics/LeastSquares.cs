namespace Hearth.Statistics;

/// <summary>Ordinary least squares with the long-run covariance of Newey &amp; West (1987), which holds under autocorrelated noise of changing size.</summary>
internal sealed class LeastSquares
{
    private LeastSquares(double[] coefficients, double[] covariance, double[] residuals, double freedom) =>
        (Coefficients, Covariance, Residuals, Freedom) = (coefficients, covariance, residuals, freedom);

    public double[] Coefficients { get; }

    /// <summary>Of the coefficients, row-major.</summary>
    public double[] Covariance { get; }

    public double[] Residuals { get; }

    /// <summary>Points less coefficients.</summary>
    public double Freedom { get; }

    /// <param name="rows">A row for each point; their columns must not depend on one another.</param>
    /// <param name="lags">How many points back noise is related, 0 or more.</param>
    /// <exception cref="ArgumentException">There are no more points than columns, or columns depend on one another.</exception>
    public static LeastSquares Of(double[][] rows, IReadOnlyList<double> outcome, int lags)
    {
        var (n, k) = (rows.Length, rows[0].Length);
        if (n <= k) throw new ArgumentException($"{n} points cannot tell {k} coefficients.", nameof(rows));
        var (root, coefficients) = (new double[k * k], new double[k]);
        for (var t = 0; t < n; t++)
        {
            for (var i = 0; i < k; i++)
            {
                coefficients[i] += rows[t][i] * outcome[t];
                for (var j = 0; j < k; j++) root[i * k + j] += rows[t][i] * rows[t][j];
            }
        }

        if (double.IsNegativeInfinity(Cholesky.Root(root, k))) throw new ArgumentException("A column says what the others say already, so its part cannot be told.", nameof(rows));
        Cholesky.Forward(root, k, coefficients);
        Cholesky.Back(root, k, coefficients);
        var residuals = new double[n];
        for (var t = 0; t < n; t++)
        {
            residuals[t] = outcome[t];
            for (var i = 0; i < k; i++) residuals[t] -= coefficients[i] * rows[t][i];
        }

        // Covariance (X'X)⁻¹ S (X'X)⁻¹ with Bartlett's weights in S, and n/(n−k) as for small samples.
        var meat = new double[k * k];
        for (var lag = 0; lag <= lags && lag < n; lag++)
        {
            var weight = (1 - lag / (lags + 1.0)) * n / (n - k) * (lag == 0 ? 0.5 : 1);
            for (var t = lag; t < n; t++)
            {
                var both = weight * residuals[t] * residuals[t - lag];
                for (var i = 0; i < k; i++)
                {
                    for (var j = 0; j < k; j++) meat[i * k + j] += both * (rows[t][i] * rows[t - lag][j] + rows[t - lag][i] * rows[t][j]);
                }
            }
        }

        for (var twice = 0; twice < 2; twice++)
        {
            for (var i = 0; i < k; i++)
            {
                var row = meat.AsSpan(i * k, k);
                Cholesky.Forward(root, k, row);
                Cholesky.Back(root, k, row);
            }

            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < i; j++) (meat[i * k + j], meat[j * k + i]) = (meat[j * k + i], meat[i * k + j]);
            }
        }

        return new(coefficients, meat, residuals, n - k);
    }

    /// <summary>A weighted sum of the coefficients with its standard error.</summary>
    public (double Value, double Error) Sum(ReadOnlySpan<double> weights)
    {
        var (value, variance) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            value += weights[i] * Coefficients[i];
            for (var j = 0; j < weights.Length; j++) variance += weights[i] * weights[j] * Covariance[i * weights.Length + j];
        }

        return (value, Math.Sqrt(Math.Max(variance, 0)));
    }
}
