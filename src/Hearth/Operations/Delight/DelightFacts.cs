using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.Operations.Delight;

/// <summary>A programme of small gestures began; whoever knows the seed can tell who is left out.</summary>
/// <param name="Program">The programme.</param>
/// <param name="Name">Its name.</param>
/// <param name="Budget">All that may be spent.</param>
/// <param name="HoldOutPercent">The share left out by chance.</param>
/// <param name="Seed">16 hexadecimal digits.</param>
/// <param name="By">Who began it.</param>
/// <param name="At">When.</param>
public sealed record DelightStarted(DelightId Program, string Name, Money Budget, int HoldOutPercent, string Seed, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "delight:" + Program.Value;
}

/// <summary>Somebody was chosen, and chance said whether they get the gesture.</summary>
/// <param name="Program">The programme.</param>
/// <param name="Person">Who.</param>
/// <param name="IsHeldOut">True when they are left out to measure against.</param>
/// <param name="By">Who chose them; null when the rule did.</param>
/// <param name="At">When.</param>
public sealed record DelightChosen(DelightId Program, PersonId Person, bool IsHeldOut, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "delight:" + Program.Value;
}

/// <summary>The gesture was made, or could not be.</summary>
public sealed record DelightClosed(DelightId Program, PersonId Person, bool IsDone, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "delight:" + Program.Value;
}
