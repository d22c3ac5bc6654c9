namespace Hearth.Listening.Counting;

/// <summary>What mentions are counted by.</summary>
internal enum Dimension
{
    /// <summary>All mentions; the key is empty.</summary>
    All,
    Source,
    Language,
    Query,
    Topic,
    Intent,
    Kind,

    /// <summary>Topics of complaints: what the ranking of complaints is made of.</summary>
    Complaint,
}

/// <summary>One key of one dimension ("Language", "de"), under a small number.</summary>
internal sealed class SeriesRow
{
    public int Id { get; private set; }

    public required Dimension Dimension { get; init; }

    public required string Key { get; init; }
}

/// <summary>
/// A change of the counts of one series in one hour, once more for its UTC day, and once more for ever. A ledger: who changes mentions appends, who reads adds up, and a job
/// folds many rows of one bucket into one. So writers never wait for each other on a counter, and a bucket's row can never be lost, only be in two pieces.
/// </summary>
internal sealed class CountRow
{
    public long Number { get; private set; }

    public required int Series { get; init; }

    public required CountLevel Level { get; init; }

    /// <summary>Whole hours, or UTC days, from 1970-01-01; 0 for ever.</summary>
    public required int Bucket { get; init; }

    public required long Negative { get; init; }

    public required long Neutral { get; init; }

    public required long Positive { get; init; }
}

internal enum CountLevel
{
    Hour,

    /// <summary>A UTC day.</summary>
    Day,

    /// <summary>All time, in bucket 0.</summary>
    Ever,
}

/// <summary>How far the counts of mentions that were stored before there were counts have come. One row.</summary>
internal sealed class CountStateRow
{
    public int Id { get; init; } = 1;

    /// <summary>Mentions up to this number are counted.</summary>
    public long Done { get; set; }

    /// <summary>Mentions beyond this number were counted when they came.</summary>
    public long Until { get; init; }

    /// <summary>The ledger's rows up to this number are folded.</summary>
    public long Folded { get; set; }
}
