namespace Hearth.Statistics;

/// <summary>An estimate with the ends of its interval, both included: Low ≤ Estimate ≤ High, all in the unit of what is estimated.</summary>
/// <param name="Estimate">The median of what is plausible, or the point estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Estimate, double Low, double High)
{
    /// <summary>Whether the value lies inside, ends included.</summary>
    public bool Holds(double value) => Low <= value && value <= High;

    /// <summary>Whether zero lies outside: the direction of what is estimated is then known.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}
