using System.Globalization;
using Hearth.Platform;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>How people write hours and holidays, and how they are kept: "09:00-12:00, 13:00-17:30" for a day, "2026-12-24 Closed early" or "12-25 Christmas" for a holiday.</summary>
internal static class CalendarText
{
    /// <summary>Hours of a day; an empty text is a closed day.</summary>
    /// <returns>Null when it cannot be read, is out of range or overlaps.</returns>
    public static IReadOnlyList<OpenHours>? Day(string? text)
    {
        var spans = new List<OpenHours>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('-', StringSplitOptions.TrimEntries) is not [var from, var until] || Minutes(from) is not { } start || Minutes(until) is not { } end || start >= end || start > 1439) return null;
            spans.Add(new(start, end));
        }

        spans.Sort((a, b) => a.From.CompareTo(b.From));
        return spans.Zip(spans.Skip(1)).Any(pair => pair.Second.From < pair.First.Until) ? null : spans;
    }

    public static string Day(IReadOnlyList<OpenHours> spans) => string.Join(", ", spans);

    /// <returns>Null when it is no date.</returns>
    public static Holiday? Holiday(string line)
    {
        var (date, name) = line.Trim().Split(' ', 2) is [var d, var n] ? (d, n.Trim()) : (line.Trim(), "");
        if (DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var once)) return new(once.Month, once.Day, once.Year, name);
        return DateOnly.TryParseExact("2024-" + date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var yearly) ? new(yearly.Month, yearly.Day, null, name) : null;
    }

    /// <summary>Reads a whole draft; what is wrong is added to <paramref name="errors"/>.</summary>
    /// <returns>Null when something is wrong.</returns>
    public static BusinessCalendar? Read(CalendarDraft draft, List<FieldError> errors)
    {
        var before = errors.Count;
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > 80) errors.Add(new("name", "must have 1 to 80 characters"));
        TimeZoneInfo? zone = null;
        if (string.IsNullOrWhiteSpace(draft.TimeZone) || draft.TimeZone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out zone)) errors.Add(new("timeZone", "must be a time zone like Europe/Berlin"));
        var week = new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>>();
        foreach (var (day, text) in draft.Hours?.Days() ?? [])
        {
            if (Day(text) is { } spans) week[day] = spans;
            else errors.Add(new("hours." + day.ToString().ToLowerInvariant(), "must be hours like 09:00-12:00, 13:00-17:30, without overlap"));
        }

        if (errors.Count == before && week.Values.All(d => d.Count == 0)) errors.Add(new("hours", "must open on at least one day"));
        var holidays = new List<Holiday>();
        foreach (var line in draft.Holidays ?? [])
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (line.Length <= 120 && Holiday(line) is { } holiday) holidays.Add(holiday);
            else errors.Add(new("holidays", $"“{(line.Length > 40 ? line[..40] + "…" : line)}” must begin with a date like 2026-12-24, or 12-25 for every year"));
        }

        if (holidays.Count > 500) errors.Add(new("holidays", "must be at most 500"));
        return errors.Count > before ? null : new(zone!, week, holidays);
    }

    private static int? Minutes(string clock) => clock.Split(':') is [{ Length: 1 or 2 } h, { Length: 2 } m]
        && int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
        && minutes < 60 && (hours * 60) + minutes is var all and <= 1440 ? all : null;
}
