using Hearth.Listening.Text;

namespace Hearth.Operations.Proposals;

/// <summary>The words of a post that tell what it is about: no grammar, no names, no numbers. What people see when they ask why posts stand together.</summary>
internal static class CauseWords
{
    /// <summary>More words of one post tell no more.</summary>
    private const int Most = 24;

    private static readonly HashSet<string> Stop = [.. WordFile.Lines("stopwords").SelectMany(l => l.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).SelectMany(w => Tokens.Of(w)).Select(t => t.Folded)];

    /// <summary>Each word once, folded, a plain plural without its s, in the order of the text.</summary>
    /// <param name="text">All words of the text.</param>
    /// <param name="names">Folded words that name products: they are the same in all posts of one.</param>
    public static IReadOnlyList<string> Of(List<Token> text, IReadOnlySet<string> names)
    {
        var words = new List<string>();
        foreach (var token in text)
        {
            if (token.Kind is not (TokenKind.Word or TokenKind.Tag) || token.Folded.Length < 3 || char.IsAsciiDigit(token.Folded[0]) || Stop.Contains(token.Folded) || names.Contains(token.Folded)) continue;
            var word = Singular(token.Folded);
            if (!words.Contains(word)) words.Add(word);
            if (words.Count == Most) break;
        }

        return words;
    }

    private static string Singular(string word) => word.Length > 4 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
}
