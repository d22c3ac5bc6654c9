namespace Hearth.Statistics;

/// <summary>Weights of 0 or more that sum to one and bring a mix of series nearest to a series: least squares on the simplex, by the active sets of Lawson &amp; Hanson (1974, 23), with the sum kept in every step.</summary>
internal static class SimplexWeights
{
    // A ridge of this share of the mean square makes the weights unique where donors are alike, and moves them nowhere else that could be seen.
    private const double Ridge = 1e-9;

    /// <param name="target">The series to be met.</param>
    /// <param name="donors">The series to mix, each as long; at least one.</param>
    public static double[] Of(IReadOnlyList<double> target, IReadOnlyList<IReadOnlyList<double>> donors)
    {
        var n = donors.Count;
        // min w'Gw/2 over the simplex, G the products of the gaps: as the weights sum to one, the mix's gap is the mix of the gaps.
        var gaps = donors.Select(d => d.Select((x, t) => x - target[t]).ToArray()).ToArray();
        var g = new double[n * n];
        var size = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var t = 0; t < target.Count; t++) sum += gaps[i][t] * gaps[j][t];
                g[i * n + j] = g[j * n + i] = sum;
            }

            size += g[i * n + i] / n;
        }

        if (size == 0) return [.. Enumerable.Repeat(1.0 / n, n)];
        for (var i = 0; i < n; i++) g[i * n + i] += Ridge * size;

        var best = Enumerable.Range(0, n).MinBy(i => g[i * n + i]);
        var (weights, free) = (new double[n], new List<int> { best });
        weights[best] = 1;
        for (var round = 0; round < 50 * n + 50; round++)
        {
            // On the free ones alone the minimum is G⁻¹1, made to sum to one.
            var wanted = Unbounded(g, n, free);
            if (wanted.All(w => w > 0))
            {
                for (var i = 0; i < free.Count; i++) weights[free[i]] = wanted[i];
                if (Enter(g, n, weights, free, size) is not { } next) break;
                free.Add(next);
                continue;
            }

            // As far towards it as all stay at 0 or above; who reaches 0 is free no more.
            var step = 1.0;
            for (var i = 0; i < free.Count; i++)
            {
                if (wanted[i] <= 0) step = Math.Min(step, weights[free[i]] / (weights[free[i]] - wanted[i]));
            }

            var leaving = new List<int>();
            for (var i = 0; i < free.Count; i++)
            {
                weights[free[i]] += step * (wanted[i] - weights[free[i]]);
                if (wanted[i] <= 0 && weights[free[i]] <= 1e-12) leaving.Add(free[i]);
            }

            foreach (var i in leaving)
            {
                weights[i] = 0;
                free.Remove(i);
            }
        }

        return weights;
    }

    // Whose slope is below that of the free ones would make the mix better.
    private static int? Enter(double[] g, int n, double[] weights, List<int> free, double size)
    {
        var (slopes, level) = (new double[n], 0.0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) slopes[i] += g[i * n + j] * weights[j];
            level += weights[i] * slopes[i];
        }

        var steepest = Enumerable.Range(0, n).Except(free).Select(i => (int?)i).MinBy(i => slopes[i!.Value]);
        return steepest is { } s && slopes[s] < level - 1e-10 * size ? s : null;
    }

    private static double[] Unbounded(double[] g, int n, List<int> free)
    {
        var m = free.Count;
        var (root, ones) = (new double[m * m], new double[m]);
        for (var i = 0; i < m; i++)
        {
            ones[i] = 1;
            for (var j = 0; j < m; j++) root[i * m + j] = g[free[i] * n + free[j]];
        }

        Cholesky.Root(root, m);
        Cholesky.Forward(root, m, ones);
        Cholesky.Back(root, m, ones);
        var sum = ones.Sum();
        return [.. ones.Select(o => o / sum)];
    }
}
