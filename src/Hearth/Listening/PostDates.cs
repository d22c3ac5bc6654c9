using System.Globalization;

namespace Hearth.Listening;

/// <summary>Reads the ways in which files write an instant.</summary>
public static class PostDates
{
    private static readonly string[] Zoned =
    [
        "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss zz00", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mmK", "ddd MMM dd HH:mm:ss zzz yyyy", "ddd, dd MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss zzz",
    ];

    private static readonly string[] Plain =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd", "yyyyMMddTHHmmssK", "yyyyMMdd",
    ];

    /// <summary>
    /// ISO 8601 and RFC 3339 with a T or a space, with an offset ("+01:00", "-0800", "Z") or without one (then UTC); mail dates (RFC 5322, its named
    /// zones too); "Mon Feb 16 23:36:05 -0800 2015"; Unix time in seconds, milliseconds or microseconds. Never guesses between day and month.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset at)
    {
        at = default;
        if (text is null) return false;
        text = text.Trim();
        if (text.Length is >= 9 and <= 16 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix)) return Unix(unix, out at);
        if (text.Length is > 10 and <= 22 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction) && fraction is > 100_000_000m and < 100_000_000_000m)
        {
            at = DateTimeOffset.UnixEpoch.AddTicks((long)(fraction * TimeSpan.TicksPerSecond));
            return true;
        }

        var spelled = Offset(text);
        return DateTimeOffset.TryParseExact(spelled, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out at)
            || DateTimeOffset.TryParseExact(spelled, Plain, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out at);
    }

    // Seconds until the year 5138, then milliseconds, then microseconds: by size, since no post is older than 1973.
    private static bool Unix(long value, out DateTimeOffset at)
    {
        at = value switch
        {
            < 100_000_000_000 => DateTimeOffset.UnixEpoch.AddSeconds(value),
            < 100_000_000_000_000 => DateTimeOffset.UnixEpoch.AddMilliseconds(value),
            _ => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond),
        };
        return true;
    }

    // .NET reads "+01:00" but not "+0100" nor the named zones of RFC 5322 section 4.3.
    private static string Offset(string text)
    {
        foreach (var (name, offset) in Zones)
        {
            if (text.EndsWith(name, StringComparison.OrdinalIgnoreCase)) return text[..^name.Length] + offset;
        }

        for (var i = text.LastIndexOfAny(['+', '-']); i > 8 && i + 5 <= text.Length;)
        {
            var digits = text.AsSpan(i + 1, 4);
            var after = i + 5 == text.Length ? ' ' : text[i + 5];
            return digits.ContainsAnyExceptInRange('0', '9') || after != ' ' ? text : $"{text[..(i + 3)]}:{text[(i + 3)..]}";
        }

        return text;
    }

    private static readonly (string Name, string Offset)[] Zones =
    [
        (" UTC", " +00:00"), (" GMT", " +00:00"), (" UT", " +00:00"), (" Z", " +00:00"), (" EST", " -05:00"), (" EDT", " -04:00"), (" CST", " -06:00"), (" CDT", " -05:00"),
        (" MST", " -07:00"), (" MDT", " -06:00"), (" PST", " -08:00"), (" PDT", " -07:00"), (" CET", " +01:00"), (" CEST", " +02:00"),
    ];
}
