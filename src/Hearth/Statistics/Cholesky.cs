namespace Hearth.Statistics;

/// <summary>Lower triangular roots of small symmetric matrices, row-major.</summary>
internal static class Cholesky
{
    /// <summary>Puts the root in the lower triangle of a; a row without variance of its own is left zero, so semidefinite matrices have a root too.</summary>
    /// <returns>Logarithm of the determinant; −∞ when a row was left zero.</returns>
    public static double Root(Span<double> a, int n)
    {
        var log = 0.0;
        for (var j = 0; j < n; j++)
        {
            var own = a[j * n + j];
            var pivot = own;
            for (var k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k];
            var root = pivot > 1e-12 * own && pivot > 0 ? Math.Sqrt(pivot) : 0;
            log += root > 0 ? 2 * PortableMath.Log(root) : double.NegativeInfinity;
            a[j * n + j] = root;
            for (var i = j + 1; i < n; i++)
            {
                var sum = a[i * n + j];
                for (var k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
                a[i * n + j] = root > 0 ? sum / root : 0;
            }
        }

        return log;
    }

    /// <summary>x = L⁻¹ x.</summary>
    public static void Forward(ReadOnlySpan<double> root, int n, Span<double> x)
    {
        for (var i = 0; i < n; i++)
        {
            var sum = x[i];
            for (var k = 0; k < i; k++) sum -= root[i * n + k] * x[k];
            x[i] = root[i * n + i] > 0 ? sum / root[i * n + i] : 0;
        }
    }

    /// <summary>x = L⁻ᵀ x.</summary>
    public static void Back(ReadOnlySpan<double> root, int n, Span<double> x)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = x[i];
            for (var k = i + 1; k < n; k++) sum -= root[k * n + i] * x[k];
            x[i] = root[i * n + i] > 0 ? sum / root[i * n + i] : 0;
        }
    }
}
