namespace Hearth.Statistics;

/// <summary>What a treatment did, against a group left out at random.</summary>
/// <param name="Treated">Mean or share among the treated.</param>
/// <param name="Held">Mean or share in the hold-out.</param>
/// <param name="Difference">Treated less held.</param>
/// <param name="P">Two-sided probability of a difference as large where the treatment does nothing.</param>
public sealed record UpliftEstimate(double Treated, double Held, Interval Difference, double P);

/// <summary>The difference between two groups that chance divided.</summary>
public static class Uplift
{
    /// <summary>Of how many did it: the difference of two shares with Newcombe's interval from Wilson scores (Newcombe 1998, method 10), good for small groups and for shares of 0 and 1; P from the pooled score test.</summary>
    /// <param name="treated">Hits among how many treated; at least one.</param>
    /// <param name="held">Hits among how many held out; at least one.</param>
    /// <param name="level">Confidence, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">A group is empty or has more hits than members.</exception>
    public static UpliftEstimate OfShares((int Hits, int Of) treated, (int Hits, int Of) held, double level = 0.95)
    {
        if (treated.Of < 1 || held.Of < 1) throw new ArgumentException("Both groups need at least one member.", treated.Of < 1 ? nameof(treated) : nameof(held));
        if (treated.Hits < 0 || treated.Hits > treated.Of || held.Hits < 0 || held.Hits > held.Of) throw new ArgumentException("Hits must lie between 0 and the size of the group.", nameof(treated));
        var z = StudentT.Beyond(level, double.PositiveInfinity);
        var ((p, lowP, highP), (q, lowQ, highQ)) = (Wilson(treated, z), Wilson(held, z));
        var difference = p - q;
        var pooled = (double)(treated.Hits + held.Hits) / (treated.Of + held.Of);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / treated.Of + 1.0 / held.Of));
        return new(p, q, new(difference, difference - Root(p - lowP, highQ - q), difference + Root(highP - p, q - lowQ)), error > 0 ? StudentT.TwoSided(difference / error, double.PositiveInfinity) : 1);

        static double Root(double a, double b) => Math.Sqrt(a * a + b * b);
    }

    /// <summary>Of how much: the difference of two means, whose spreads may differ (Welch 1947).</summary>
    /// <param name="treated">At least two finite values.</param>
    /// <param name="held">At least two finite values.</param>
    /// <param name="level">Confidence, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">A group has fewer than two members.</exception>
    public static UpliftEstimate OfMeans(IReadOnlyList<double> treated, IReadOnlyList<double> held, double level = 0.95)
    {
        if (treated.Count < 2 || held.Count < 2) throw new ArgumentException("Both groups need at least two members.", treated.Count < 2 ? nameof(treated) : nameof(held));
        var ((a, va), (b, vb)) = (Mean(treated), Mean(held));
        var (difference, error) = (a - b, Math.Sqrt(va + vb));
        if (error == 0) return new(a, b, new(difference, difference, difference), difference == 0 ? 1 : 0);
        var freedom = (va + vb) * (va + vb) / (va * va / (treated.Count - 1) + vb * vb / (held.Count - 1));
        var reach = error * StudentT.Beyond(level, freedom);
        return new(a, b, new(difference, difference - reach, difference + reach), StudentT.TwoSided(difference / error, freedom));
    }

    private static (double Share, double Low, double High) Wilson((int Hits, int Of) group, double z)
    {
        var (n, share) = ((double)group.Of, (double)group.Hits / group.Of);
        var middle = (share + z * z / (2 * n)) / (1 + z * z / n);
        var reach = z * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        return (share, Math.Min(share, middle - reach), Math.Max(share, middle + reach));
    }

    // The mean and the variance of the mean.
    private static (double Mean, double Variance) Mean(IReadOnlyList<double> values)
    {
        var mean = values.Sum() / values.Count;
        return (mean, values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
    }
}
