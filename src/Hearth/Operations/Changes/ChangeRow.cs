using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Operations.Changes;

/// <summary>Something that is done about gaps.</summary>
internal sealed class ChangeRow
{
    /// <summary>Rises with every change; what people call it by.</summary>
    public long Number { get; init; }

    public required ChangeId Id { get; init; }

    public required string Title { get; set; }

    public ChangeKind Kind { get; set; }

    public required string What { get; set; }

    public required string Why { get; set; }

    public long? CostMinor { get; set; }

    public string? CostCurrency { get; set; }

    public DateTimeOffset? PlannedFor { get; set; }

    public string? Region { get; set; }

    public int? Units { get; set; }

    /// <summary>One a line.</summary>
    public required string Skus { get; set; }

    public Department Owner { get; set; }

    public ChangeState State { get; set; }

    public int LagDays { get; set; }

    public int WindowDays { get; set; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? ShippedAt { get; set; }

    public DateTimeOffset? RolledBackAt { get; set; }

    public string? RollBackReason { get; set; }

    /// <summary>While true nobody is told; what was queued goes out.</summary>
    public bool TellingPaused { get; set; }

    /// <summary>The language for people whose own has no approved words; null when they wait.</summary>
    public string? TellingDefault { get; set; }

    public Money? Cost => CostMinor is { } minor ? new Money(minor, CostCurrency!) : null;
}

internal sealed class ServedGap
{
    public required ChangeId ChangeId { get; init; }

    public required GapId GapId { get; init; }
}

/// <summary>An idea that a change carries out. Ideas stand above this room: known by their id alone.</summary>
internal sealed class ServedIdea
{
    public required ChangeId ChangeId { get; init; }

    public required Guid Idea { get; init; }
}
