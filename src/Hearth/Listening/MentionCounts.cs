using Hearth.Listening.Understanding;

namespace Hearth.Listening;

/// <summary>How long a stretch one number of a chart stands for.</summary>
public enum CountBy
{
    Hour,
    Day,

    /// <summary>From Monday.</summary>
    Week,
    Month,
}

/// <summary>What a chart's numbers are split by.</summary>
public enum SplitBy
{
    Sentiment,
    Query,
    Source,
    Language,
}

/// <summary>Mentions by sentiment.</summary>
/// <param name="Negative">How many are negative.</param>
/// <param name="Neutral">How many are neutral.</param>
/// <param name="Positive">How many are positive.</param>
public readonly record struct Moods(long Negative, long Neutral, long Positive)
{
    public long Total => Negative + Neutral + Positive;

    /// <summary>Positive less negative, as a part of all: -1 to 1; null when there is none.</summary>
    public double? Net => Total == 0 ? null : Math.Round((double)(Positive - Negative) / Total, 4);

    public long Of(Sentiment sentiment) => sentiment switch { Sentiment.Negative => Negative, Sentiment.Positive => Positive, _ => Neutral };

    public static Moods operator +(Moods a, Moods b) => new(a.Negative + b.Negative, a.Neutral + b.Neutral, a.Positive + b.Positive);

    public static Moods operator -(Moods a, Moods b) => new(a.Negative - b.Negative, a.Neutral - b.Neutral, a.Positive - b.Positive);

    internal Moods Only(Sentiment? sentiment) => sentiment switch
    {
        null => this, Sentiment.Negative => new(Negative, 0, 0), Sentiment.Neutral => new(0, Neutral, 0), _ => new(0, 0, Positive),
    };

    internal static Moods One(Sentiment sentiment) => sentiment switch { Sentiment.Negative => new(1, 0, 0), Sentiment.Neutral => new(0, 1, 0), _ => new(0, 0, 1) };
}

/// <summary>One piece of a chart's time.</summary>
/// <param name="Since">Its first moment.</param>
/// <param name="Until">The first moment after it.</param>
/// <param name="From">The day on which it begins, in the chart's zone.</param>
/// <param name="To">The day on which it ends, inclusive.</param>
/// <param name="IsWholeDays">True when <paramref name="From"/> and <paramref name="To"/> say it exactly; else filter by since and until.</param>
public sealed record CountSpan(DateTimeOffset Since, DateTimeOffset Until, DateOnly From, DateOnly To, bool IsWholeDays);

/// <summary>One line of a chart.</summary>
/// <param name="Key">What to filter by: a sentiment, an id, a language; empty for "all" and for the rest of them.</param>
/// <param name="Name">For people.</param>
/// <param name="Counts">One for each span.</param>
/// <param name="IsRest">True for all that have no line of their own, which no filter can ask for.</param>
public sealed record CountLine(string Key, string Name, IReadOnlyList<Moods> Counts, bool IsRest = false)
{
    public Moods Total => Counts.Aggregate(new Moods(), (sum, c) => sum + c);
}

/// <summary>Mentions over time.</summary>
/// <param name="By">How long a span is.</param>
/// <param name="Split">What the lines are.</param>
/// <param name="Zone">In whose days.</param>
/// <param name="Spans">The pieces of time, without a gap.</param>
/// <param name="Lines">The largest first, at most 8 and the rest. A mention may be in several lines of queries.</param>
/// <param name="Total">All mentions of the filter, each once.</param>
/// <param name="CountedSince">Null when all were counted; else so much matches that only the latest were, from this moment on.</param>
/// <param name="IsComplete">False while mentions from before this version are still being counted: numbers are then too small.</param>
public sealed record MentionCounts(
    CountBy By, SplitBy Split, string Zone, IReadOnlyList<CountSpan> Spans, IReadOnlyList<CountLine> Lines, Moods Total, DateTimeOffset? CountedSince, bool IsComplete)
{
    /// <summary>All mentions of each span, each once.</summary>
    public required IReadOnlyList<Moods> All { get; init; }

    /// <summary>The same for the stretch of the same length before; null when it was not asked for or there is no beginning to count from.</summary>
    public MentionCounts? Before { get; init; }
}
