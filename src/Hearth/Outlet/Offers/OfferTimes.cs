using System.Globalization;
using Hearth.Listening;

namespace Hearth.Outlet;

/// <summary>Times of an offer, said in the zone that its writer chose. What is kept and compared are instants.</summary>
public static class OfferTimes
{
    /// <summary>"31 August, 23:59 (Europe/Berlin)", or "... UTC".</summary>
    public static string Day(DateTimeOffset at, string? zone) => Text(at, zone, "d MMMM, HH:mm");

    /// <summary>"31 Aug 2026, 23:59 (Europe/Berlin)", or "... UTC".</summary>
    public static string Full(DateTimeOffset at, string? zone) => Text(at, zone, "d MMM yyyy, HH:mm");

    /// <summary>What a date and time field of a browser holds.</summary>
    public static string Input(DateTimeOffset at, string? zone) => Local(at, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The instant that such a field means. An hour that passes twice is meant in its first passing.</summary>
    /// <param name="text">As the browser sends it.</param>
    /// <param name="zone">IANA name; null or empty for UTC.</param>
    /// <param name="reason">What is wrong with it; null when it was read.</param>
    public static DateTimeOffset? FromInput(string? text, string? zone, out string? reason)
    {
        reason = null;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var local) || local.Kind != DateTimeKind.Unspecified) reason = "must be a date and a time";
        else if (!DayZone.TryFind(zone, out var at)) reason = "cannot be told without a time zone that there is";
        else if (at.IsInvalidTime(local)) reason = $"does not exist in {zone}: the clock is put forward over it";
        else return new(local - (at.IsAmbiguousTime(local) ? at.GetAmbiguousTimeOffsets(local).Max() : at.GetUtcOffset(local)), TimeSpan.Zero);
        return null;
    }

    private static string Text(DateTimeOffset at, string? zone, string format) => Local(at, zone).ToString(format, CultureInfo.InvariantCulture) + (string.IsNullOrEmpty(zone) ? " UTC" : $" ({zone})");

    private static DateTimeOffset Local(DateTimeOffset at, string? zone) => TimeZoneInfo.ConvertTime(at, DayZone.TryFind(zone, out var there) ? there : TimeZoneInfo.Utc);
}
