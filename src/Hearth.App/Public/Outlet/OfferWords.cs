using System.Globalization;
using Hearth.Outlet;

namespace Hearth.App.Public.Outlet;

/// <summary>How offers are said and shown.</summary>
public static class OfferWords
{
    public static string Of(OfferState state) => state switch
    {
        OfferState.SoldOut => "sold out",
        var s => s.ToString().ToLowerInvariant(),
    };

    public static string Tone(OfferState state) => state switch
    {
        OfferState.Open => "good",
        OfferState.Scheduled => "info",
        OfferState.SoldOut or OfferState.Paused => "warn",
        OfferState.Stopped => "bad",
        _ => "neutral",
    };

    /// <summary>How many are left; what takes from stock as it goes has no number to tell.</summary>
    public static string Left(OfferView offer) => offer.Left == 0 ? "none left" : offer.UpTo is not null ? "in stock, while it lasts"
        : string.Create(CultureInfo.InvariantCulture, $"{offer.Left:N0} of {offer.Units:N0} left");

    public static string Of(Condition condition) => condition switch
    {
        Condition.ScratchAndDent => "Scratch and dent",
        var c => c.ToString(),
    };

    public static string Of(ClaimState state) => state switch
    {
        ClaimState.Claimed => "has a code",
        ClaimState.Expired => "ran out",
        ClaimState.Released => "given back",
        var s => s.ToString().ToLowerInvariant(),
    };

    /// <summary>"2 d 4 h", "3 h 20 min", "12 min": the two largest units, rounded down, at least one minute.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(int)span.TotalDays} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{Math.Max(1, (int)span.TotalMinutes)} min",
    };

    /// <summary>"Austria, Germany and Switzerland".</summary>
    public static string Places(IReadOnlyList<string> countries)
    {
        var names = countries.Select(c => Countries.Name(c) ?? c).Order(StringComparer.Ordinal).ToList();
        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    /// <summary>Countries to choose from, after one that says nothing.</summary>
    public static IEnumerable<(string Value, string Text)> Choice(IReadOnlyList<string> countries) =>
        [("", "Choose"), .. countries.Select(c => (c, Countries.Name(c) ?? c)).OrderBy(c => c.Item2, StringComparer.Ordinal)];

    public static string Day(DateTimeOffset at) => at.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What a browser's date field holds, in UTC.</summary>
    public static string Input(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    public static DateTimeOffset? FromInput(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? new(at, TimeSpan.Zero) : null;

    /// <summary>Until there are pictures: a sign for what the title speaks of.</summary>
    public static string Icon(string title)
    {
        foreach (var (word, icon) in Signs) if (title.Contains(word, StringComparison.OrdinalIgnoreCase)) return icon;
        return "package";
    }

    private static readonly (string Word, string Icon)[] Signs =
    [
        ("stove", "flame"), ("burner", "flame"), ("grill", "grill"), ("kettle", "teapot"), ("pot", "teapot"), ("mug", "mug"), ("cup", "mug"), ("bottle", "bottle"),
        ("lantern", "bulb"), ("lamp", "lamp"), ("torch", "bulb"), ("power bank", "battery-charging"), ("battery", "battery-charging"),
        ("backpack", "backpack"), ("pack", "backpack"), ("bag", "shopping-bag"), ("tent", "tent"), ("hammock", "beach"), ("laptop", "device-laptop"), ("notebook", "device-laptop"),
        ("monitor", "device-desktop"), ("desktop", "device-desktop"), ("phone", "device-mobile"), ("headphone", "headphones"), ("keyboard", "keyboard"), ("mouse", "mouse"), ("camera", "camera"),
    ];
}
