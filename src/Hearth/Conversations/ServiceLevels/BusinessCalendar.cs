namespace Hearth.Conversations.ServiceLevels;

/// <summary>Open from one moment of the day until another.</summary>
/// <param name="From">Minutes since midnight on the wall's clock, 0 to 1,439; open from there on.</param>
/// <param name="Until">Minutes since midnight, greater than <paramref name="From"/>, at most 1,440; closed from there on.</param>
public readonly record struct OpenHours(int From, int Until)
{
    public override string ToString() => $"{From / 60:00}:{From % 60:00}-{Until / 60:00}:{Until % 60:00}";
}

/// <summary>A day on which nobody works.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Year">Null when it comes every year.</param>
/// <param name="Name">What people call it; may be empty.</param>
public sealed record Holiday(int Month, int Day, int? Year, string Name)
{
    public override string ToString() => ((Year is { } year ? $"{year:0000}-" : "") + $"{Month:00}-{Day:00} {Name}").TrimEnd();
}

/// <summary>
/// When a team works: hours of each weekday in one time zone, without its holidays. An instant is open when the clock on that zone's wall stands within
/// the day's hours. So an hour that the wall shows twice (the end of summer time) is open twice, and one that it never shows is not open at all.
/// </summary>
public sealed class BusinessCalendar
{
    /// <summary>Days that <see cref="Add"/> looks ahead before it gives up: about a century.</summary>
    private const int MaxDays = 40_000;

    private readonly OpenHours[][] _week;
    private readonly HashSet<DateOnly> _once;
    private readonly HashSet<(int Month, int Day)> _yearly;
    private readonly bool _always;

    /// <param name="zone">Whose wall clock the hours are read from.</param>
    /// <param name="week">Hours of each weekday; a day that is missing is closed. Spans of a day may touch but not overlap.</param>
    /// <param name="holidays">Days without hours.</param>
    /// <exception cref="ArgumentException">No day is open at all, or a span is out of range or overlaps another one.</exception>
    public BusinessCalendar(TimeZoneInfo zone, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenHours>> week, IReadOnlyCollection<Holiday>? holidays = null)
    {
        Zone = zone;
        _week = [.. Enum.GetValues<DayOfWeek>().Select(day => week.GetValueOrDefault(day)?.OrderBy(h => h.From).ToArray() ?? [])];
        foreach (var day in _week)
        {
            if (day.Any(h => h.From is < 0 || h.Until > 1440 || h.From >= h.Until)) throw new ArgumentException("A span is out of range.", nameof(week));
            if (day.Zip(day.Skip(1)).Any(pair => pair.Second.From < pair.First.Until)) throw new ArgumentException("Spans overlap.", nameof(week));
        }

        if (_week.All(d => d.Length == 0)) throw new ArgumentException("No day is open.", nameof(week));
        _once = [.. (holidays ?? []).Where(h => h.Year is not null).Select(h => new DateOnly(h.Year!.Value, h.Month, h.Day))];
        _yearly = [.. (holidays ?? []).Where(h => h.Year is null).Select(h => (h.Month, h.Day))];
        _always = _once.Count == 0 && _yearly.Count == 0 && _week.All(d => d.Sum(h => h.Until - h.From) == 1440);
    }

    /// <summary>Open at every hour of every day: calendar time.</summary>
    public static BusinessCalendar Always { get; } = new(TimeZoneInfo.Utc, Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<OpenHours>)[new(0, 1440)]));

    public TimeZoneInfo Zone { get; }

    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        var minutes = local.TimeOfDay.TotalMinutes;
        return Hours(DateOnly.FromDateTime(local)).Any(h => minutes >= h.From && minutes < h.Until);
    }

    /// <summary>The open time between two moments; zero when <paramref name="until"/> is not after <paramref name="from"/>.</summary>
    public TimeSpan Open(DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= from) return TimeSpan.Zero;
        if (_always) return until - from;
        var sum = TimeSpan.Zero;
        foreach (var (start, end) in Spans(from))
        {
            if (start >= until) break;
            sum += (end < until ? end : until) - (start > from ? start : from);
        }

        return sum;
    }

    /// <summary>The first moment at which <paramref name="open"/> of open time has passed since <paramref name="from"/>; itself when that is zero.</summary>
    /// <param name="from">From when.</param>
    /// <param name="open">Not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or takes longer than about a century.</exception>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan open)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(open, TimeSpan.Zero);
        if (open == TimeSpan.Zero || _always) return from + open;
        foreach (var (start, end) in Spans(from))
        {
            var begin = start > from ? start : from;
            if (end - begin >= open) return begin + open;
            open -= end - begin;
        }

        throw new ArgumentOutOfRangeException(nameof(open), "There is not so much open time in a century.");
    }

    /// <summary>Spans that end after <paramref name="from"/>, in order of time.</summary>
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Spans(DateTimeOffset from)
    {
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, Zone).DateTime).AddDays(-1);
        for (var day = first; day < first.AddDays(MaxDays); day = day.AddDays(1))
        {
            foreach (var span in Of(day))
            {
                if (span.End > from) yield return span;
            }
        }
    }

    private OpenHours[] Hours(DateOnly day) => _once.Contains(day) || _yearly.Contains((day.Month, day.Day)) ? [] : _week[(int)day.DayOfWeek];

    // A day's spans as instants. On a day without a change of the clock a span is one piece; else one per offset, cut to when that offset holds.
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Of(DateOnly day)
    {
        var hours = Hours(day);
        if (hours.Length == 0) return [];
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var periods = Offsets(midnight.AddHours(-15), midnight.AddHours(39));
        return periods.SelectMany(_ => hours, (period, h) => (
                Start: Later(midnight.AddMinutes(h.From) - period.Offset, period.From), End: Earlier(midnight.AddMinutes(h.Until) - period.Offset, period.Until)))
            .Where(span => span.Start < span.End).OrderBy(span => span.Start);
    }

    /// <summary>Which offset holds when, between two instants less than a few days apart.</summary>
    private List<(TimeSpan Offset, DateTimeOffset From, DateTimeOffset Until)> Offsets(DateTimeOffset from, DateTimeOffset until)
    {
        var periods = new List<(TimeSpan, DateTimeOffset, DateTimeOffset)>();
        var (start, offset) = (from, Zone.GetUtcOffset(from));
        if (offset == Zone.GetUtcOffset(until)) return [(offset, from, until)];
        for (var at = from; at < until; at = at.AddHours(1))
        {
            if (Zone.GetUtcOffset(at.AddHours(1)) == offset) continue;
            var (low, high) = (at, at.AddHours(1)); // the change lies in (low, high]; all on record are at whole minutes of UTC
            while (high - low > TimeSpan.FromMinutes(1))
            {
                var middle = low.AddMinutes(Math.Floor((high - low).TotalMinutes / 2));
                if (Zone.GetUtcOffset(middle) == offset) low = middle; else high = middle;
            }

            periods.Add((offset, start, high));
            (start, offset) = (high, Zone.GetUtcOffset(high));
        }

        periods.Add((offset, start, until));
        return periods;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
