namespace Hearth.Statistics;

/// <summary>Exponential and logarithm that give the same bits on every machine: those of the platform differ in the last place between libraries and processors. Error below 1 unit in the last place, after fdlibm (Sun Microsystems, 1993).</summary>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the power x; 0 below −745 and infinite above 709.78.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -745.2) return 0;
        var k = (int)Math.Floor(x * 1.44269504088896338700 + 0.5);
        var (high, low) = (x - k * Ln2High, k * Ln2Low);
        var r = high - low;
        var t = r * r;
        var c = r - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
        return Math.ScaleB(1 - (low - r * c / (2 - c) - high), k);
    }

    /// <summary>Natural logarithm; −∞ at 0 and NaN below.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        var k = Math.ILogB(x);
        var m = Math.ScaleB(x, -k);
        if (m > 1.4142135623730951) (m, k) = (m / 2, k + 1);
        var f = m - 1;
        var s = f / (2 + f);
        var z = s * s;
        var w = z * z;
        var r = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
            + w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var half = 0.5 * f * f;
        return k * Ln2High - (half - (s * (half + r) + k * Ln2Low) - f);
    }

    /// <summary>log Γ(x) for x > 0: Stirling's series from 10 on, below it by Γ(x + 1) = x Γ(x) (error below 1e-12).</summary>
    public static double LogGamma(double x)
    {
        var product = 1.0;
        for (; x < 10; x++) product *= x;
        return (x - 0.5) * Log(x) - x + 0.91893853320467274178 + (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680.0 * x * x)) / (x * x)) / (x * x)) / x - Log(product);
    }
}
