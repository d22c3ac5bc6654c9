namespace Hearth.Listening.Understanding;

/// <summary>What talk can be about: attributes of products and services, general enough for any brand.</summary>
/// <param name="Key">Stable, kebab case ("delivery-time").</param>
/// <param name="Name">As shown ("Delivery time").</param>
public sealed record Topic(string Key, string Name);

public static class Topics
{
    private static readonly Dictionary<string, Topic> ByKey = Lexicon.Lines("topics").Where(l => l.Line[0] == '=' && IsTopic(l.Section)).ToDictionary(l => l.Section, l => new Topic(l.Section, l.Line[1..]), StringComparer.Ordinal);

    /// <summary>Every topic, by name.</summary>
    public static IReadOnlyList<Topic> All { get; } = [.. ByKey.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>The topic's name; the key itself when a later version no longer knows it.</summary>
    public static string Name(string key) => ByKey.GetValueOrDefault(key)?.Name ?? key;

    public static bool Exists(string key) => ByKey.ContainsKey(key);

    // A thing that fails ("~flight") is named in the same list, but nobody judges it as such.
    internal static bool IsTopic(string key) => key[0] != '~';
}
