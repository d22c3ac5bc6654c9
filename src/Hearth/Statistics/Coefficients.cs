namespace Hearth.Statistics;

/// <summary>The posterior of the regression under one shape and choice of controls.</summary>
internal sealed class Coefficients(int[] chosen, int fix, int controls, double[] gram, double[] fixedRoot, double[] root, double[] mean, (double Freedom, double Left)? variance)
{
    /// <summary>Puts the most likely coefficients into <paramref name="to"/> (fixed, then controls).</summary>
    public void Mean(Span<double> to)
    {
        to.Clear();
        for (var i = 0; i < chosen.Length; i++) to[fix + chosen[i]] = mean[i];
        Fixed(to);
    }

    /// <summary>Puts one draw into <paramref name="to"/>.</summary>
    /// <returns>The standard deviation drawn with it; 1 where the shape gives it.</returns>
    public double Draw(RandomStream random, Span<double> to)
    {
        var deviation = variance is { } v ? Math.Sqrt(v.Left / 2 / random.Gamma(v.Freedom / 2)) : 1;
        to.Clear();
        Span<double> noise = stackalloc double[64];
        noise = Normals(random, chosen.Length, noise);
        Cholesky.Back(root, chosen.Length, noise);
        for (var i = 0; i < chosen.Length; i++) to[fix + chosen[i]] = mean[i] + deviation * noise[i];
        Fixed(to);
        noise = Normals(random, fix, noise.Length >= fix ? noise : new double[fix]);
        Cholesky.Back(fixedRoot, fix, noise);
        for (var i = 0; i < fix; i++) to[i] += deviation * noise[i];
        return deviation;
    }

    private void Fixed(Span<double> to)
    {
        var width = fix + controls + 1;
        for (var i = 0; i < fix; i++)
        {
            to[i] = gram[i * width + width - 1];
            foreach (var c in chosen) to[i] -= gram[i * width + fix + c] * to[fix + c];
        }

        Cholesky.Forward(fixedRoot, fix, to[..fix]);
        Cholesky.Back(fixedRoot, fix, to[..fix]);
    }

    private static Span<double> Normals(RandomStream random, int count, Span<double> into)
    {
        if (into.Length < count) into = new double[count];
        for (var i = 0; i < count; i++) into[i] = random.Normal();
        return into[..count];
    }
}
