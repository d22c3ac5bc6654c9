namespace Hearth.Ideas.Simulation;

/// <summary>The draws that a simulated board is made of.</summary>
internal static class Dice
{
    public static double Between(this Random random, double from, double to) => from + (to - from) * random.NextDouble();

    public static bool Chance(this Random random, double p) => random.NextDouble() < p;

    /// <summary>0, 1, 2, ... with the given mean, each less likely than the one before.</summary>
    public static int Geometric(this Random random, double mean) => (int)Math.Floor(Math.Log(1 - random.NextDouble()) / Math.Log(mean / (1 + mean)));

    public static double Exponential(this Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>A number whose logarithm is normal (Box and Muller 1958).</summary>
    public static double LogNormal(this Random random, double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    /// <summary>0 to count − 1, the first ones most often: about 1/(place + flat).</summary>
    public static int Ranked(this Random random, int count, double flat = 3) => Math.Min(count - 1, (int)(flat * (Math.Pow((count + flat) / flat, random.NextDouble()) - 1)));

    public static T Of<T>(this Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    public static Guid Id(this Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    public static long Trace(this Random random) => random.NextInt64(1, long.MaxValue);
}
