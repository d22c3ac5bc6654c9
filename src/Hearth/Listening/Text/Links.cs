namespace Hearth.Listening.Text;

/// <summary>The addresses of pages that stand in a text, found as <see cref="Tokens"/> passes over them.</summary>
public static class Links
{
    /// <summary>All addresses in a text, as written, in order.</summary>
    public static IEnumerable<string> In(string text) => Tokens.Links(text).Select(l => text.Substring(l.Start, l.Length));
}
