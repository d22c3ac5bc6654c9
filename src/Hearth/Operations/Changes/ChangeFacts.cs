using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Operations.Changes;

public readonly record struct ChangeId(Guid Value) : IId<ChangeId>
{
    public static ChangeId New() => new(Ids.New());

    public static ChangeId From(Guid value) => new(value);
}

/// <summary>What is changed.</summary>
public enum ChangeKind
{
    /// <summary>The product itself: a part, a material, its software.</summary>
    ProductDesign,

    /// <summary>What people may expect of a service: a time, a price, a rule.</summary>
    ServicePolicy,

    /// <summary>How the brand works inside.</summary>
    Process,

    /// <summary>What is promised, so that it can be kept.</summary>
    Message,
}

/// <summary>Where a change stands.</summary>
public enum ChangeState
{
    /// <summary>Decided, not out yet.</summary>
    Planned,

    /// <summary>People meet it.</summary>
    Shipped,

    /// <summary>Taken back.</summary>
    RolledBack,
}

/// <summary>It is decided what will change, and which gaps it shall close. Each idea it carries out is told of by <see cref="ChangeCarriesIdea"/>.</summary>
public sealed record ChangePlanned(ChangeId Change, ChangeKind Kind, IReadOnlyList<GapId> Gaps, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "change:" + Change.Value;
}

/// <summary>A change carries out an idea from now on, or no longer does.</summary>
/// <param name="Change">Which.</param>
/// <param name="Idea">The idea, by its id.</param>
/// <param name="Carries">False when it was taken off.</param>
/// <param name="By">Who said so.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
public sealed record ChangeCarriesIdea(ChangeId Change, Guid Idea, bool Carries, UserId By, string ByName, DateTimeOffset At) : IFact
{
    public string Subject => "change:" + Change.Value;
}

/// <summary>A change is out.</summary>
/// <param name="Change">Which.</param>
/// <param name="Gaps">What it serves.</param>
/// <param name="Ideas">The ideas it carries out, by their ids.</param>
/// <param name="ShippedAt">From when on people meet it.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When that was said.</param>
/// <param name="ByName">The name of who said so.</param>
public sealed record ChangeShipped(ChangeId Change, IReadOnlyList<GapId> Gaps, IReadOnlyList<Guid> Ideas, DateTimeOffset ShippedAt, UserId By, DateTimeOffset At, string? ByName = null) : IFact
{
    public string Subject => "change:" + Change.Value;
}

/// <summary>A change was taken back, before or after it was out.</summary>
public sealed record ChangeRolledBack(ChangeId Change, IReadOnlyList<GapId> Gaps, string Why, UserId By, DateTimeOffset At, string? ByName = null) : IFact
{
    public string Subject => "change:" + Change.Value;
}

/// <summary>The talk about a gap fell after a change, more than chance explains.</summary>
public sealed record GapVerified(GapId Gap, ChangeId Change, string Sentence, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}

/// <summary>The talk about a gap did not fall after a change that was to close it.</summary>
public sealed record GapReopened(GapId Gap, ChangeId Change, string Sentence, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}
