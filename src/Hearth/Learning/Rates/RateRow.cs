using Hearth.Governance;

namespace Hearth.Learning;

/// <summary>One unit of the base is worth this much of the quote on the day.</summary>
internal sealed class RateRow
{
    public required string Base { get; init; }

    public required string Quote { get; init; }

    /// <summary>Midnight UTC.</summary>
    public required DateTimeOffset Day { get; init; }

    public required decimal Rate { get; set; }

    /// <summary>The file, or "api".</summary>
    public required string Source { get; set; }

    public required DateTimeOffset At { get; set; }
}

/// <summary>A reporting currency that was set; the newest counts, the others stay as the record of who changed what.</summary>
internal sealed class ReportingCurrencyRow
{
    /// <summary>Given by the database; the highest counts.</summary>
    public long Number { get; private set; }

    /// <summary>Null for each currency by itself.</summary>
    public required string? Currency { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}
