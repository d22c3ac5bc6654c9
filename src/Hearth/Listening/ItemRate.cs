using System.Globalization;

namespace Hearth.Listening;

/// <summary>Counts items by the minute, for the last few minutes: "29000001:40 29000002:12" is the minute since 1970 and how many.</summary>
internal static class ItemRate
{
    /// <summary>Over how many whole minutes the rate is told.</summary>
    public const int Minutes = 5;

    /// <summary>The counts with <paramref name="items"/> more in the minute of <paramref name="now"/>; what is too old to matter is left out.</summary>
    public static string? Add(string? counts, int items, DateTimeOffset now)
    {
        if (items == 0) return counts;
        var minute = Minute(now);
        var kept = Read(counts).Where(c => c.Minute >= minute - Minutes && c.Minute < minute).ToList();
        kept.Add((minute, items + Read(counts).Where(c => c.Minute == minute).Sum(c => c.Items)));
        return string.Join(' ', kept.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Minute}:{c.Items}")));
    }

    /// <summary>Items a minute over the last <see cref="Minutes"/> minutes, the present one included.</summary>
    public static double PerMinute(string? counts, DateTimeOffset now)
    {
        var minute = Minute(now);
        return Read(counts).Where(c => c.Minute > minute - Minutes && c.Minute <= minute).Sum(c => c.Items) / (double)Minutes;
    }

    private static long Minute(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    private static IEnumerable<(long Minute, long Items)> Read(string? counts)
    {
        foreach (var part in (counts ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is [var minute, var items]) yield return (long.Parse(minute, CultureInfo.InvariantCulture), long.Parse(items, CultureInfo.InvariantCulture));
        }
    }
}
