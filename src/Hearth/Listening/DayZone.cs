using System.Diagnostics.CodeAnalysis;

namespace Hearth.Listening;

/// <summary>Days as somebody's clock on the wall divides them, daylight saving time included.</summary>
public static class DayZone
{
    /// <summary>Finds a zone by its IANA name ("Europe/Berlin"); null and "" are UTC.</summary>
    /// <returns>False when there is no such zone.</returns>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = TimeZoneInfo.Utc;
        return string.IsNullOrEmpty(name) || name.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    /// <summary>The first moment of a day. Where the clock is put forward at midnight this is the moment it shows instead; where an hour passes twice, its first passing.</summary>
    public static DateTimeOffset Start(this TimeZoneInfo zone, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15); // every change on record is by a multiple of it
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new(local - offset, TimeSpan.Zero);
    }

    /// <summary>The day that it is at a moment.</summary>
    public static DateOnly Day(this TimeZoneInfo zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
