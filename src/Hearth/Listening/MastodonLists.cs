namespace Hearth.Listening;

/// <summary>What a Mastodon source listens to, as its settings say.</summary>
/// <param name="Mentions">Who mentions or answers the account.</param>
/// <param name="Home">What those whom the account follows write and boost.</param>
/// <param name="Tags">Hashtags without #.</param>
/// <param name="Searches">What the instance's search is asked for.</param>
internal sealed record MastodonLists(bool Mentions, bool Home, IReadOnlyList<string> Tags, IReadOnlyList<string> Searches)
{
    public const string MentionsList = "mentions";
    public const string HomeList = "home";

    /// <summary>Lists that are read from where the last look ended.</summary>
    public IEnumerable<string> Paged => [.. Mentions ? [MentionsList] : Array.Empty<string>(), .. Home ? [HomeList] : Array.Empty<string>(), .. Tags.Select(TagList)];

    /// <summary>Requests that a look costs.</summary>
    public int Requests => (Mentions ? 1 : 0) + (Home ? 1 : 0) + Tags.Count + Searches.Count;

    public static MastodonLists Of(SourceSettings settings) => new(
        settings[MastodonSource.Mentions] != "no", settings[MastodonSource.Home] == "yes",
        [.. Lines(settings, MastodonSource.Tags).Select(t => t.TrimStart('#').ToLowerInvariant()).Distinct(StringComparer.Ordinal)], [.. Lines(settings, MastodonSource.Searches)]);

    public static string TagList(string tag) => "tag:" + tag;

    public static string TagOf(string list) => list["tag:".Length..];

    internal static IEnumerable<string> Lines(SourceSettings settings, string name) => (settings[name] ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);
}
