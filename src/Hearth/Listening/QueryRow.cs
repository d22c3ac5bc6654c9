namespace Hearth.Listening;

/// <summary>A question asked of every post.</summary>
internal sealed class QueryRow
{
    public required QueryId Id { get; init; }

    public required string Name { get; set; }

    public required string Text { get; set; }

    /// <summary>Rises with every change of <see cref="Text"/>; a background job of an older version stops.</summary>
    public int Version { get; set; } = 1;

    /// <summary>True when it asks for products, so that posts need be searched for their names.</summary>
    public bool AsksProducts { get; set; }

    /// <summary>True once all stored history has been looked at with this version.</summary>
    public bool HistoryDone { get; set; }

    /// <summary>The number of the last mention looked at with this version.</summary>
    public long HistoryAfter { get; set; }

    /// <summary>The number of the last mention to look at: what comes later is matched as it comes. Null until looking back has begun.</summary>
    public long? HistoryTo { get; set; }

    /// <summary>How many mentions have been looked at with this version.</summary>
    public long HistorySeen { get; set; }

    /// <summary>How many there were to look at when it began.</summary>
    public long HistoryTotal { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Gives it a text that is not yet looked for in history.</summary>
    public void Ask(string text, bool asksProducts, DateTimeOffset now)
    {
        (Text, AsksProducts, ChangedAt) = (text, asksProducts, now);
        (HistoryDone, HistoryAfter, HistoryTo, HistorySeen, HistoryTotal) = (false, 0, null, 0, 0);
    }
}
