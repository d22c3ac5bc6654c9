namespace Hearth.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    /// <summary>Probability of a value at least as far from 0, on either side.</summary>
    /// <param name="freedom">Degrees of freedom, above 0; infinite for the normal distribution.</param>
    public static double TwoSided(double t, double freedom)
    {
        if (double.IsNaN(t)) return 1;
        if (double.IsInfinity(t)) return 0;
        // From a million degrees on the two differ by less than 1e-6 of the probability.
        var f = Math.Min(freedom, 1e6);
        return Beta(f / (f + t * t), f / 2, 0.5);
    }

    /// <summary>The value that the absolute one exceeds with probability 1 − level.</summary>
    public static double Beyond(double level, double freedom)
    {
        var (low, high) = (0.0, 1.0);
        while (TwoSided(high, freedom) > 1 - level) high *= 2;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (TwoSided(middle, freedom) > 1 - level) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    // The regularised incomplete beta function by Lentz's continued fraction (Press et al. 2007, Numerical Recipes, 6.4).
    private static double Beta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = PortableMath.Exp(PortableMath.LogGamma(a + b) - PortableMath.LogGamma(a) - PortableMath.LogGamma(b) + a * PortableMath.Log(x) + b * PortableMath.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var c = 1.0;
        var d = 1 / Held(1 - (a + b) * x / (a + 1));
        var h = d;
        for (var m = 1; m <= 10_000; m++)
        {
            foreach (var term in (ReadOnlySpan<double>)[m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))])
            {
                d = 1 / Held(1 + term * d);
                c = Held(1 + term / c);
                h *= c * d;
            }

            if (Math.Abs(c * d - 1) < 1e-15) break;
        }

        return h;

        static double Held(double value) => Math.Abs(value) < tiny ? tiny : value;
    }
}
