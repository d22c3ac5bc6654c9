namespace Hearth.Statistics;

/// <summary>
/// How the unexplained part of a series moves, as variances whose unit is the model's scale: white noise, a part that wanders
/// (<see cref="Return"/> 1: a local level) or returns to its mean (below 1), a slope and a season that drift.
/// Where all start is no part of it: constant, slope and season are columns of the regression, with a prior of their own.
/// </summary>
/// <param name="Noise">Variance of the white noise, 0 to 1.</param>
/// <param name="Return">What is left of the wandering part after one point, 0 to 1.</param>
/// <param name="Step">Variance of the wandering part's step.</param>
/// <param name="Slope">Variance of the slope's step.</param>
/// <param name="Season">Variance of the season's step.</param>
/// <param name="Scale">Standard deviation that the variances are multiplied by where it is not estimated (counts); else 1.</param>
/// <param name="LogPrior">Logarithm of the prior weight, up to a constant.</param>
internal sealed record Shape(double Noise, double Return, double Step, double Slope, double Season, double Scale, double LogPrior)
{
    /// <summary>Variance of the wandering part at the first point: settled where it returns to its mean; where it does not, one step (the constant takes the rest).</summary>
    public double Start => Return < 1 ? Step / (1 - Return * Return) : Step;
}
