using Hearth.Conversations.ServiceLevels;

namespace Hearth.Tests.Conversations.ServiceLevels;

public class BusinessCalendarTests
{
    // With both kinds of change, by half an hour (Lord Howe), at midnight (Cairo, Santiago), a day left out (Apia's jump is past; its zone has none now), and none.
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "UTC"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Open_time_and_its_end_agree_with_counting_every_minute(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var calendar = Random(random, out var hours, out var holidays);
            var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(365 * 1440));
            if (random.Next(2) == 0) from = new DateTimeOffset(2026, random.Next(2) == 0 ? 3 : 10, random.Next(24, 30), 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(1440)); // near a change
            var until = from.AddMinutes(random.Next(12 * 1440));

            var minutes = 0;
            for (var at = from; at < until; at = at.AddMinutes(1)) minutes += IsOpen(at, calendar.Zone, hours, holidays) ? 1 : 0;
            Assert.Equal(TimeSpan.FromMinutes(minutes), calendar.Open(from, until));

            // The end of so much open time is the end of the minute that brings it.
            var asked = random.Next(1, 3000);
            var (end, left) = (from, asked);
            while (left > 0)
            {
                if (IsOpen(end, calendar.Zone, hours, holidays)) left--;
                end = end.AddMinutes(1);
            }

            Assert.Equal(end, calendar.Add(from, TimeSpan.FromMinutes(asked)));
            Assert.Equal(TimeSpan.FromMinutes(asked), calendar.Open(from, calendar.Add(from, TimeSpan.FromMinutes(asked))));
            Assert.Equal(IsOpen(from, calendar.Zone, hours, holidays), calendar.IsOpen(from));
        }
    }

    [Fact]
    public void An_hour_that_the_wall_shows_twice_is_worked_twice_and_one_it_never_shows_is_not()
    {
        var night = Week("Europe/Berlin", "01:00-04:00");
        Assert.Equal(TimeSpan.FromHours(4), night.Open(At("2026-10-24T20:00Z"), At("2026-10-25T12:00Z")));
        Assert.Equal(TimeSpan.FromHours(2), night.Open(At("2026-03-28T20:00Z"), At("2026-03-29T12:00Z")));
        Assert.Equal(TimeSpan.FromHours(3), night.Open(At("2026-06-10T20:00Z"), At("2026-06-11T12:00Z")));
    }

    [Fact]
    public void Nothing_is_open_on_a_holiday_and_what_began_before_it_goes_on_after()
    {
        var calendar = Week("Europe/Berlin", "09:00-12:00, 13:00-17:00", "12-25 Christmas", "2026-12-28");
        Assert.Equal(At("2026-12-29T09:00Z"), calendar.Add(At("2026-12-24T15:00Z"), TimeSpan.FromHours(2 + 7 + 7))); // an hour of the 24th, the 26th and 27th whole, an hour of the 29th
        Assert.False(calendar.IsOpen(At("2027-12-25T10:00Z")));
        Assert.True(calendar.IsOpen(At("2027-12-28T10:00Z")));
    }

    [Fact]
    public void Around_the_clock_every_hour_counts()
    {
        Assert.Equal(At("2026-03-30T00:00Z"), BusinessCalendar.Always.Add(At("2026-03-28T00:00Z"), TimeSpan.FromDays(2)));
        Assert.Equal(TimeSpan.Zero, BusinessCalendar.Always.Open(At("2026-03-30T00:00Z"), At("2026-03-28T00:00Z")));
    }

    [Theory]
    [InlineData("9:00-8:00")]
    [InlineData("09:00-25:00")]
    [InlineData("09:00-12:00, 11:00-14:00")]
    [InlineData("nine to five")]
    public void Hours_that_cannot_be_are_refused_by_name(string hours)
    {
        var errors = new List<Hearth.Platform.FieldError>();
        Assert.Null(CalendarText.Read(new("Care", "Europe/Berlin", new(Monday: hours)), errors));
        Assert.Equal("hours.monday", Assert.Single(errors).Field);
    }

    private static BusinessCalendar Week(string zone, string hours, params string[] holidays) =>
        CalendarText.Read(new("Care", zone, new(hours, hours, hours, hours, hours, hours, hours), holidays), [])!;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static BusinessCalendar Random(Random random, out Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> hours, out List<Holiday> holidays)
    {
        hours = [];
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var cuts = Enumerable.Range(0, random.Next(4) * 2).Select(_ => random.Next(1441)).Distinct().Order().ToList();
            var spans = new List<OpenHours>();
            for (var i = 0; i + 1 < cuts.Count; i += 2) spans.Add(new(cuts[i], cuts[i + 1]));
            hours[day] = spans;
        }

        hours[DayOfWeek.Tuesday] = [new(0, 150), new(150, 1440)];
        holidays = [.. Enumerable.Range(0, 8).Select(_ => new DateOnly(2026, 1, 1).AddDays(random.Next(365))).Select(d => new Holiday(d.Month, d.Day, random.Next(2) == 0 ? 2026 : null, ""))];
        return new(TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]), hours, holidays);
    }

    private static bool IsOpen(DateTimeOffset at, TimeZoneInfo zone, Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> hours, List<Holiday> holidays)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var minute = (local.Hour * 60) + local.Minute;
        return !holidays.Any(h => h.Month == local.Month && h.Day == local.Day && (h.Year ?? local.Year) == local.Year) && hours[local.DayOfWeek].Any(h => minute >= h.From && minute < h.Until);
    }
}
