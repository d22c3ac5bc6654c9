using Hearth.Governance;

namespace Hearth.Conversations.Kpis;

/// <summary>What a report is about; each part narrows it further.</summary>
/// <param name="From">Conversations that opened, or waits that began, from here on.</param>
/// <param name="Until">Before here; at most 366 days later.</param>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="Department">As the conversation belongs to it now.</param>
/// <param name="Person">Whose the conversation is; of response times, who answered.</param>
/// <param name="Label">Bears this label now.</param>
/// <param name="Priority">As pressing as it is now.</param>
/// <param name="Business">True to count times in the working hours of the conversation's promise, false around the clock.</param>
public sealed record KpiFilter(DateTimeOffset From, DateTimeOffset Until, string? Network = null, Department? Department = null, UserId? Person = null, string? Label = null,
    ConversationPriority? Priority = null, bool Business = false)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);
}

/// <summary>What a report is broken down by.</summary>
public enum KpiBy
{
    /// <summary>Days of the time zone.</summary>
    Day,

    /// <summary>Hours, of a period of up to 14 days.</summary>
    Hour,

    Channel,
    Department,
    Person,
    Label,
    Priority,
}

/// <summary>A figure of a report, and the list behind it.</summary>
public enum KpiMeasure
{
    /// <summary>Conversations that opened in the period.</summary>
    Volume,

    /// <summary>Those that were answered; how long the first answer took.</summary>
    FirstResponse,

    /// <summary>Waits that began in the period after the first answer and were answered; how long each took.</summary>
    NextResponse,

    /// <summary>Those that are closed; how long from opening to closing.</summary>
    Resolution,

    /// <summary>Closed after exactly one answer and never opened again.</summary>
    FirstContact,

    /// <summary>Opened again after they had been closed.</summary>
    Reopened,

    /// <summary>Not closed at the end of the period, whenever they opened; how long since they (last) opened.</summary>
    Backlog,

    /// <summary>A promise was decided and none was missed.</summary>
    SlaMet,

    /// <summary>A promise was missed.</summary>
    SlaMissed,

    /// <summary>Rated by the person.</summary>
    Rated,

    /// <summary>Rated 4 or 5.</summary>
    Satisfied,

    /// <summary>Closed without any answer.</summary>
    Abandoned,
}

/// <summary>Times in the middle and at the slow end.</summary>
/// <param name="Count">How many times there are.</param>
/// <param name="Median">Seconds: the middle one, or the mean of the two in the middle; null when there is none.</param>
/// <param name="Ninetieth">Seconds: the smallest time that at least 90 of 100 do not exceed (nearest rank).</param>
public sealed record Spread(int Count, double? Median, double? Ninetieth)
{
    /// <param name="microseconds">In any order; sorted in place.</param>
    internal static Spread Of(List<long> microseconds)
    {
        microseconds.Sort();
        return Of(microseconds.Count, n => microseconds[n]);
    }

    /// <param name="count">How many times there are.</param>
    /// <param name="at">The n-th shortest of them, from 0, in microseconds.</param>
    internal static Spread Of(int count, Func<int, long> at)
    {
        if (count == 0) return new(0, null, null);
        var median = count % 2 == 1 ? at(count / 2) : (at((count / 2) - 1) + at(count / 2)) / 2d;
        return new(count, median / 1e6, at((int)(((9L * count) + 9) / 10) - 1) / 1e6); // ceil(0.9 n), in whole numbers
    }
}

/// <summary>A part of a whole.</summary>
/// <param name="Count">The part.</param>
/// <param name="Of">The whole.</param>
public sealed record Share(int Count, int Of)
{
    /// <summary>0 to 100; null when the whole is empty.</summary>
    public double? Percent => Of == 0 ? null : 100d * Count / Of;
}

/// <summary>A report's figures. How each is counted stands in docs/service-levels.md.</summary>
/// <param name="Volume">Conversations that opened.</param>
/// <param name="FirstResponse">Seconds from opening to the first answer.</param>
/// <param name="NextResponse">Seconds of each later wait.</param>
/// <param name="Resolution">Seconds from opening to closing.</param>
/// <param name="FirstContact">Closed with a single answer, of those closed with any.</param>
/// <param name="Reopened">Opened again, of those that were ever closed.</param>
/// <param name="Backlog">Not closed at the end of the period, with their age in seconds.</param>
/// <param name="SlaMet">Kept all their promises, of those of which one was decided.</param>
/// <param name="Satisfied">Rated 4 or 5, of those rated.</param>
/// <param name="Rating">The mean of all ratings, 1 to 5; null when nobody rated.</param>
/// <param name="Abandoned">Closed without any answer, of all that opened.</param>
/// <param name="Occupancy">Minutes in which one of ours handled a conversation, of the minutes in which they were at the console.</param>
public sealed record KpiFigures(int Volume, Spread FirstResponse, Spread NextResponse, Spread Resolution, Share FirstContact, Share Reopened, Spread Backlog, Share SlaMet, Share Satisfied,
    double? Rating, Share Abandoned, Share Occupancy);

/// <summary>One line of a breakdown.</summary>
/// <param name="Key">What narrows the filter to it: the beginning of the day or hour, or the network, department, person, label or priority; null for none of them.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Figures">Of that part alone.</param>
/// <param name="Filter">The filter that shows just this part; null where none can (nobody's).</param>
public sealed record KpiLine(string? Key, string Name, KpiFigures Figures, KpiFilter? Filter);

/// <summary>A report.</summary>
/// <param name="All">Of the whole filter.</param>
/// <param name="Lines">Broken down, in their natural order.</param>
public sealed record KpiReport(KpiFigures All, IReadOnlyList<KpiLine> Lines);
