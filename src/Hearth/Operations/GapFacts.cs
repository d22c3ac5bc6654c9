using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.Operations;

public readonly record struct GapId(Guid Value) : IId<GapId>
{
    public static GapId New() => new(Ids.New());

    public static GapId From(Guid value) => new(value);
}

/// <summary>Where the removal of a cause stands.</summary>
public enum GapStage
{
    /// <summary>Several people seem to speak of one cause; a person has to say whether it is one.</summary>
    Proposed,

    /// <summary>A person says that it is one; somebody has to find the cause and decide.</summary>
    Open,

    /// <summary>Somebody looks for the cause.</summary>
    Investigating,

    /// <summary>It is decided what will change.</summary>
    ChangePlanned,

    /// <summary>The change is out; it is too early to see what it does.</summary>
    Shipped,

    /// <summary>The talk after the change is compared with what it would have been without it.</summary>
    Verifying,

    /// <summary>The talk has changed.</summary>
    Verified,

    /// <summary>It was thought to be removed and is not; somebody has to decide again.</summary>
    Reopened,

    /// <summary>It stays as it is, or is none, for a reason that may be said in public.</summary>
    Declined,
}

/// <summary>Several people seem to speak of one cause; it waits for a person.</summary>
/// <param name="Gap">The gap, in the stage proposed.</param>
/// <param name="Product">Of which product; null for the brand as a whole.</param>
/// <param name="Attribute">Key of what falls short.</param>
/// <param name="People">How many spoke of it by then.</param>
/// <param name="At">When.</param>
public sealed record GapProposed(GapId Gap, ProductId? Product, string Attribute, int People, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}

/// <summary>An experience fell short of an expectation, and a department owns the cause.</summary>
public sealed record GapRaised(GapId Gap, ProductId? Product, string Attribute, Department Owner, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}

/// <summary>One more conversation speaks of a gap. <paramref name="Person"/> is null when nobody knows who spoke.</summary>
public sealed record ConversationAttached(GapId Gap, ConversationId Conversation, PersonId? Person, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}

/// <summary>A gap went from one stage to another.</summary>
public sealed record GapMoved(GapId Gap, GapStage From, GapStage To, string? Why, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}
