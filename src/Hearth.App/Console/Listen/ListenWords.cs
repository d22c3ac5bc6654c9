using System.Globalization;
using Hearth.Listening;
using Hearth.Listening.Understanding;

namespace Hearth.App.Desk.Listen;

/// <summary>How people say what Listening names.</summary>
internal static class ListenWords
{
    public static string Word(this Sentiment sentiment) => sentiment.ToString();

    public static string Word(this Intent intent) => intent switch { Intent.Purchase => "Purchase intent", Intent.Claim => "Factual claim", _ => intent.ToString() };

    public static string Word(this Emotion emotion) => emotion.ToString();

    /// <summary>"Answer now", "Answer soon", "No hurry".</summary>
    public static string Urgency(double urgency) => urgency >= 0.7 ? "Answer now" : urgency >= 0.4 ? "Answer soon" : "No hurry";

    /// <summary>"badge" tone of a polarity.</summary>
    public static string Tone(this Sentiment polarity) => polarity switch { Sentiment.Negative => "bad", Sentiment.Positive => "good", _ => "neutral" };

    /// <summary>"3 days", "10 hours expected, 3 hours came: 7 hours", "99 USD expected".</summary>
    public static string Size(MismatchSize size)
    {
        var parts = new[] { size.Expected is { } e ? $"{Amount(e, size.Unit)} expected" : null, size.Delivered is { } d ? $"{Amount(d, size.Unit)} experienced" : null }.Where(p => p is not null).ToList();
        return size.Difference is { } apart ? Amount(apart, size.Unit) + (parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})") : string.Join(", ", parts);
    }

    private static string Amount(decimal amount, string unit) =>
        $"{amount.ToString("#,0.##", CultureInfo.InvariantCulture)} {(unit == "percent" ? "%" : amount == 1 && unit.EndsWith('s') ? unit[..^1] : unit)}";

    /// <summary>"German", "Unknown".</summary>
    public static string Language(string code)
    {
        if (code == "und") return "Unknown";
        var name = CultureInfo.GetCultureInfo(code).EnglishName;
        return name.Contains('(', StringComparison.Ordinal) || name.Length == 0 ? code : name;
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"1,234".</summary>
    public static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1,234 mentions", or "more than 20,000 mentions".</summary>
    public static string Mentions(long count, bool isMore) => isMore ? $"More than {Number(count)} mentions" : Shared.Words.Count(count, "mention");

    /// <summary>How a number differs from the one before: "+12 %", "-3 %"; null when there was nothing before.</summary>
    public static string? Change(long now, long before) => before == 0 ? null : $"{(now >= before ? "+" : "\u2212")}{Math.Abs(100.0 * (now - before) / before).ToString(Math.Abs(now - before) >= before / 10.0 ? "N0" : "0.#", CultureInfo.InvariantCulture)} %";

    /// <summary>A line's name: languages are written out.</summary>
    public static string Name(this CountLine line, SplitBy split) => split == SplitBy.Language && !line.IsRest ? Language(line.Key) : line.Name;

    /// <summary>The filter that a line of a chart leads to.</summary>
    public static string Parameter(this SplitBy split) => split switch { SplitBy.Query => "query", SplitBy.Source => "source", SplitBy.Language => "lang", _ => "sentiment" };

    /// <summary>"5 Jan 2026", "5 Jan 2026 14:00", "January 2026", "Week of 5 Jan 2026".</summary>
    public static string Name(this CountSpan span, CountBy by, TimeZoneInfo zone) => by switch
    {
        CountBy.Hour => TimeZoneInfo.ConvertTime(span.Since, zone).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture),
        CountBy.Day => Shared.Words.Day(span.From),
        CountBy.Week => span.From == span.To ? Shared.Words.Day(span.From) : $"{Shared.Words.Day(span.From)} to {Shared.Words.Day(span.To)}",
        _ => span.From.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>The same, short enough for an axis.</summary>
    public static string Tick(this CountSpan span, CountBy by, TimeZoneInfo zone) => by switch
    {
        CountBy.Hour => TimeZoneInfo.ConvertTime(span.Since, zone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture),
        CountBy.Month => span.From.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        _ => span.From.ToString("d MMM", CultureInfo.InvariantCulture),
    };

    /// <summary>The parameters that narrow to a span: its days where it is made of days, else its moments.</summary>
    public static (string, string?)[] Only(CountSpan span) => span.IsWholeDays
        ? [("from", Day(span.From)), ("to", Day(span.To)), ("since", null), ("until", null)]
        : [("since", Moment(span.Since)), ("until", Moment(span.Until))];

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>The same page with some parameters changed and the place in the list forgotten.</summary>
    public static string With(this HttpRequest request, params (string Name, string? Value)[] changes) => request.At("/listen", changes);

    /// <summary>Another page with the filters of this one.</summary>
    public static string At(this HttpRequest request, string path, params (string Name, string? Value)[] changes)
    {
        var query = request.Query.Where(q => q.Key != "after" && !string.IsNullOrEmpty(q.Value)).ToDictionary(q => q.Key, q => (string?)q.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in changes) query[name] = value;
        return path + QueryString.Create(query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }
}
