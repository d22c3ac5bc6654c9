using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Operations.FireGuard;

/// <summary>The council set another threshold for the fire guard.</summary>
/// <param name="Was">The threshold before.</param>
/// <param name="Is">From now on.</param>
/// <param name="Why">The reason given.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When.</param>
public sealed record GuardRuleChanged(double Was, double Is, string Why, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "guard:rule";
}

/// <summary>Somebody let something go out in spite of a burning gap.</summary>
/// <param name="What">What goes out ("offer:0198...").</param>
/// <param name="Gap">The gap.</param>
/// <param name="Heat">Its heat then.</param>
/// <param name="Threshold">The threshold then.</param>
/// <param name="Why">The reason given.</param>
/// <param name="By">Who took it on themselves.</param>
/// <param name="At">When.</param>
public sealed record GuardOverridden(string What, GapId Gap, double Heat, double Threshold, string Why, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => What;
}
