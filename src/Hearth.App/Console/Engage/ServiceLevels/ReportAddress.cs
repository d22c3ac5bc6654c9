using System.Globalization;
using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Listening;

namespace Hearth.App.Desk.Engage.ServiceLevels;

/// <summary>A report's address: its filters as query parameters, the same on the report and on the lists behind its figures.</summary>
public sealed record ReportAddress(DateOnly From, DateOnly To, string? Network, Department? Department, UserId? Person, string? Label, ConversationPriority? Priority, bool Business, KpiBy By, string? Zone,
    DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <summary>What the address says; anything it does not know counts as left out. Four weeks up to today unless told.</summary>
    public static ReportAddress Read(IQueryCollection query, DateTimeOffset now)
    {
        string? Word(string name) => query[name].ToString() is { Length: > 0 and <= 100 } text ? text : null;
        T? Value<T>(string name) where T : struct, Enum => Platform.Word<T>.TryParse(Word(name), out var word) ? word.Value : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Word(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1971 and < 9000 ? day : null;
        DateTimeOffset? Moment(string name) => DateTimeOffset.TryParseExact(Word(name), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
        var zone = DayZone.TryFind(Word("zone"), out var found) ? found : TimeZoneInfo.Utc;
        var to = Day("to") ?? (Moment("until") is { } end ? zone.Day(end.AddTicks(-1)) : zone.Day(now));
        return new(Day("from") is { } from ? from : Moment("from") is { } since ? zone.Day(since) : to.AddDays(-27), to, Word("network"), Value<Department>("department"),
            Guid.TryParse(Word("person"), out var person) ? UserId.From(person) : null, ConversationSteps.Label(Word("label")), Value<ConversationPriority>("priority"), Word("hours") == "business" || Word("business") == "true",
            Value<KpiBy>("by") ?? KpiBy.Day, zone.Equals(TimeZoneInfo.Utc) ? null : Word("zone"), Moment("from"), Moment("until"));
    }

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public TimeZoneInfo TimeZone => DayZone.TryFind(Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <returns>Null when the period is empty or too long.</returns>
    public KpiFilter? Filter()
    {
        var (from, until) = (Since ?? TimeZone.Start(From), Until ?? TimeZone.Start(To.AddDays(1)));
        return until <= from || until - from > KpiFilter.Longest ? null : new(from, until, Network, Department, Person, Label, Priority, Business);
    }

    /// <summary>The address's parameters, exact to the second; of another filter when one is given.</summary>
    public string Query(KpiFilter? other = null)
    {
        if ((other ?? Filter()) is not { } filter) return "";
        var parts = new List<string> { "from=" + filter.From.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture), "until=" + filter.Until.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture) };
        if (filter.Network is { } network) parts.Add("network=" + Uri.EscapeDataString(network));
        if (filter.Department is { } department) parts.Add("department=" + InboxAddress.Word(department));
        if (filter.Person is { } person) parts.Add("person=" + person.Value);
        if (filter.Label is { } label) parts.Add("label=" + Uri.EscapeDataString(label));
        if (filter.Priority is { } priority) parts.Add("priority=" + InboxAddress.Word(priority));
        if (filter.Business) parts.Add("business=true");
        if (By != KpiBy.Day) parts.Add("by=" + InboxAddress.Word(By));
        if (Zone is { } zone) parts.Add("zone=" + Uri.EscapeDataString(zone));
        return "?" + string.Join('&', parts);
    }
}
