using Hearth.Governance;

namespace Hearth.Listening;

/// <summary>A text that a query has or had. Never changed.</summary>
internal sealed class QueryVersionRow
{
    public required QueryId Query { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required string Text { get; init; }

    /// <summary>Null when no person did it.</summary>
    public UserId? By { get; init; }

    public string? ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The earlier version that was brought back by this one.</summary>
    public int? RestoredFrom { get; init; }
}
