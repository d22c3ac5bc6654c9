using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>What talk can be about: attributes of products and services, general enough for any brand.</summary>
/// <param name="Key">Stable, kebab case ("delivery-time").</param>
/// <param name="Name">As shown ("Delivery time").</param>
public sealed record Topic(string Key, string Name);

public static class Topics
{
    private static readonly Phrases<string> Words = new();
    private static readonly Dictionary<string, Topic> ByKey = Load();

    /// <summary>Every topic, by name.</summary>
    public static IReadOnlyList<Topic> All { get; } = [.. ByKey.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>The topic's name; the key itself when a later version no longer knows it.</summary>
    public static string Name(string key) => ByKey.GetValueOrDefault(key)?.Name ?? key;

    public static bool Exists(string key) => ByKey.ContainsKey(key);

    /// <summary>The topic whose words begin at this token, and how many tokens they take; 0 for none.</summary>
    internal static int Match(List<Token> text, int at, out string key) => Words.Match(text, at, out key);

    private static Dictionary<string, Topic> Load()
    {
        var all = new Dictionary<string, Topic>(StringComparer.Ordinal);
        foreach (var (key, entry) in Lexicon.Read("topics"))
        {
            if (entry.StartsWith('=')) all[key] = new(key, entry[1..]);
            else Words.Add(entry, key);
        }

        return all;
    }
}
