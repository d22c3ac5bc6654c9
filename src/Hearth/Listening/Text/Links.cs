namespace Hearth.Listening.Text;

/// <summary>The addresses of pages that stand in a text.</summary>
public static class Links
{
    /// <summary>All addresses in a text, as written, in order.</summary>
    public static IEnumerable<string> In(string text) => Tokens.Links(text).Select(link => text.Substring(link.Start, link.Length));
}
