namespace Hearth.App.Desk.Engage;

/// <summary>Something that the palette can do, or a place where it leads.</summary>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Title">What it does, beginning with a verb, or the place's name.</param>
/// <param name="Icon">Of tabler.io/icons.</param>
/// <param name="Href">Where it leads; null for something that is done.</param>
/// <param name="Do">What is done, as the form sends it; null for a place.</param>
/// <param name="Key">The key that does the same.</param>
public sealed record EngageCommand(string Group, string Title, string Icon, string? Href, string? Do = null, string? Key = null)
{
    /// <summary>True when every word is found in it.</summary>
    public bool Holds(IEnumerable<string> words) => words.All(w => (Title + " " + Group).Contains(w, StringComparison.OrdinalIgnoreCase));
}
