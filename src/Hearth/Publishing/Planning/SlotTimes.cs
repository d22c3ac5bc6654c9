using System.Globalization;

namespace Hearth.Publishing;

/// <summary>A place for a post in the week of an account.</summary>
/// <param name="Day">The day of the week, in the plan's time zone.</param>
/// <param name="Time">The clock on the wall there, "09:30".</param>
public sealed record WeekSlot(DayOfWeek Day, string Time);

/// <summary>When the slots of a week come, as the clock on the wall of a time zone shows it.</summary>
public static class SlotTimes
{
    /// <summary>The moment at which a clock on the wall shows a time. A time that the clock leaps over in spring is as much later as it leaps (02:30 becomes 03:30); one that it shows twice in autumn is its first showing.</summary>
    public static DateTimeOffset At(TimeZoneInfo zone, DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var before = local;
        while (zone.IsInvalidTime(before)) before = before.AddMinutes(-15); // every change on record is by a multiple of it
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(before);
        return new(local - offset, TimeSpan.Zero);
    }

    /// <summary>What a browser's date and time field says ("2026-09-01T09:30"), on the clock of a zone.</summary>
    /// <returns>Null when it is no date and time.</returns>
    public static DateTimeOffset? FromField(string? text, TimeZoneInfo zone) => DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        ? At(zone, DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : null;

    /// <summary>The moments of a week's slots, in order; two that fall on one moment are one.</summary>
    /// <param name="slots">With times that are valid.</param>
    /// <param name="zone">Whose clock they mean.</param>
    /// <param name="from">The first moment that counts.</param>
    /// <param name="to">The first that does not count any more.</param>
    public static IEnumerable<DateTimeOffset> Between(IReadOnlyList<WeekSlot> slots, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var week = slots.Select(s => (s.Day, Time: TimeOnly.ParseExact(s.Time, "HH:mm", CultureInfo.InvariantCulture))).ToLookup(s => s.Day, s => s.Time);
        var last = DateTimeOffset.MinValue;
        var (day, end) = (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(to, zone).DateTime));
        for (; day <= end; day = day.AddDays(1))
        {
            foreach (var at in week[day.DayOfWeek].Select(t => At(zone, day, t)).Order())
            {
                if (at < from || at >= to || at <= last) continue;
                last = at;
                yield return at;
            }
        }
    }
}
