using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>Reads a text: pure, deterministic, and able to say why.</summary>
public static class Understand
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">As written.</param>
    /// <param name="language">As the source claims; only believed when the text does not tell.</param>
    public static Reading Read(string text, string? language = null) => Read(text, Tokens.Of(text), language);

    internal static Reading Read(string text, List<Token> tokens, string? language) =>
        new(language is { Length: >= 2 } ? language[..2].ToLowerInvariant() : "und", Sentiment.Neutral, 0, text.Contains('?') ? [Intent.Question] : [Intent.Other], [], []);
}
