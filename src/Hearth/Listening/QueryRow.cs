namespace Hearth.Listening;

/// <summary>A question asked of every post.</summary>
internal sealed class QueryRow
{
    public required QueryId Id { get; init; }

    public required string Name { get; set; }

    public required string Text { get; set; }

    /// <summary>Rises with every change of <see cref="Text"/>; a background job of an older version stops.</summary>
    public int Version { get; set; } = 1;

    /// <summary>True once all stored history has been looked at with this version.</summary>
    public bool HistoryDone { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }
}
