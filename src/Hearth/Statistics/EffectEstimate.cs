namespace Hearth.Statistics;

/// <summary>What a change did to an outcome: what was seen less what the model expects without the change. Estimates are posterior medians.</summary>
/// <param name="Average">Mean effect of a judged point; with exposure, per 1,000 units over all judged points together.</param>
/// <param name="Cumulative">Sum of the effect over the judged points, in the outcome's unit.</param>
/// <param name="Relative">Cumulative effect as a share of what was expected (0.1 is 10 % more). NaN where the expectation may be zero or have either sign, so that a share of it means nothing.</param>
/// <param name="Probability">Posterior probability of an effect in the direction of the estimate, 0.5 to 1.</param>
/// <param name="P">Two-sided posterior tail area: below 1 − level where the interval excludes zero.</param>
/// <param name="Points">One for each point of the series.</param>
/// <param name="ControlInclusion">For each control the posterior probability that it belongs in the model, 0 to 1.</param>
/// <param name="Sentence">The verdict for people, without jargon.</param>
public sealed record EffectEstimate(
    Interval Average, Interval Cumulative, Interval Relative, double Probability, double P, IReadOnlyList<EffectPoint> Points, IReadOnlyList<double> ControlInclusion, string Sentence);

/// <summary>One point. Before the change, what is expected is predicted one step ahead from the points before it; after the change, from nothing after the change but the controls.</summary>
/// <param name="Observed">As it was given, or per 1,000 units with exposure; NaN where it was missing.</param>
/// <param name="Expected">The number to be seen without the change, its noise included.</param>
/// <param name="Effect">Observed less expected.</param>
/// <param name="Cumulative">Effect summed from the first judged point to this one, in the outcome's unit; 0 before.</param>
public sealed record EffectPoint(double Observed, Interval Expected, Interval Effect, Interval Cumulative);
