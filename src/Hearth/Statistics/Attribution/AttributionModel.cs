namespace Hearth.Statistics.Attribution;

/// <summary>Ways to share out one order among the touches before it.</summary>
public enum AttributionModel
{
    /// <summary>All to the last touch.</summary>
    LastClick,

    /// <summary>All to the first touch.</summary>
    FirstClick,

    /// <summary>All to the last touch that came from somewhere; to the last touch when none did.</summary>
    LastNonDirect,

    /// <summary>The same to each touch.</summary>
    Linear,

    /// <summary>40 % to the first, 40 % to the last, 20 % among those between; halves when there are two.</summary>
    Position,

    /// <summary>Half as much to a touch for each half-life that it is older.</summary>
    TimeDecay,
}

/// <summary>A touch as the models see it.</summary>
/// <param name="Age">How long before the order; below zero when the clocks of shop and server disagree.</param>
/// <param name="IsDirect">True when nothing says where the person came from.</param>
public readonly record struct ModelTouch(TimeSpan Age, bool IsDirect);
