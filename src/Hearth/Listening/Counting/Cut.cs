namespace Hearth.Listening.Counting;

/// <summary>Cuts a stretch of time at the hours, days, weeks or months of a zone.</summary>
internal static class Cut
{
    /// <summary>A stretch is never cut into more pieces: nobody reads a chart of more.</summary>
    public const int Most = 800;

    /// <summary>How a stretch of so many days is best read.</summary>
    public static CountBy Best(double days) => days <= 3 ? CountBy.Hour : days <= 186 ? CountBy.Day : CountBy.Month;

    /// <summary>True when the stretch gives no more than <see cref="Most"/> pieces.</summary>
    public static bool Fits(CountBy by, double days) => by switch { CountBy.Hour => days * 24, CountBy.Day => days, CountBy.Week => days / 7, _ => days / 28 } <= Most;

    /// <summary>The moments at which the pieces begin, and the end of the last: one more than there are pieces.</summary>
    /// <param name="zone">Whose days.</param>
    /// <param name="by">How long a piece is.</param>
    /// <param name="from">Where the first piece begins, wherever that is inside an hour, day, week or month.</param>
    /// <param name="until">Where the last ends.</param>
    public static List<DateTimeOffset> At(TimeZoneInfo zone, CountBy by, DateTimeOffset from, DateTimeOffset until)
    {
        var cuts = new List<DateTimeOffset> { from };
        if (by == CountBy.Hour)
        {
            // Hours of the wall's clock; all that are in use differ from UTC by whole quarters.
            var offset = TimeZoneInfo.ConvertTime(from, zone).Offset;
            var hour = new DateTimeOffset((from.UtcTicks + offset.Ticks) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour - offset.Ticks, TimeSpan.Zero);
            while ((hour = hour.AddHours(1)) < until) cuts.Add(hour);
        }
        else
        {
            var day = zone.Day(from);
            day = by switch { CountBy.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), CountBy.Month => new(day.Year, day.Month, 1), _ => day };
            while (true)
            {
                day = by switch { CountBy.Week => day.AddDays(7), CountBy.Month => day.AddMonths(1), _ => day.AddDays(1) };
                var start = zone.Start(day);
                if (start >= until) break;
                if (start > cuts[^1]) cuts.Add(start);
            }
        }

        cuts.Add(until);
        return cuts;
    }
}
