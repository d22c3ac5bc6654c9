using System.Globalization;
using Hearth.Listening.Understanding;

namespace Hearth.App.Desk.Listen;

/// <summary>How people say what Listening names.</summary>
internal static class ListenWords
{
    public static string Word(this Sentiment sentiment) => sentiment.ToString();

    public static string Word(this Intent intent) => intent == Intent.Purchase ? "Purchase intent" : intent.ToString();

    /// <summary>"German", "Unknown".</summary>
    public static string Language(string code)
    {
        if (code == "und") return "Unknown";
        var name = CultureInfo.GetCultureInfo(code).EnglishName;
        return name.Contains('(', StringComparison.Ordinal) || name.Length == 0 ? code : name;
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The same page with some parameters changed and the place in the list forgotten.</summary>
    public static string With(this HttpRequest request, params (string Name, string? Value)[] changes)
    {
        var query = request.Query.Where(q => q.Key != "after" && !string.IsNullOrEmpty(q.Value)).ToDictionary(q => q.Key, q => (string?)q.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in changes) query[name] = value;
        return "/listen" + QueryString.Create(query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }
}
