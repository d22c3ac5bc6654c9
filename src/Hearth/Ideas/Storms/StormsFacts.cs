using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Ideas.Storms;

/// <summary>The brand has asked a question, open from one time to another.</summary>
public sealed record StormOpened(StormId Storm, string Question, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "storm:" + Storm.Value;
}

/// <summary>The brand has said what will be done after a storm.</summary>
public sealed record StormClosed(StormId Storm, string Question, int Ideas, IReadOnlyList<string> WillDo, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "storm:" + Storm.Value;
}
