using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>
/// How often words come in posts: an estimate that lets an index put each query under its rarest words. A wrong one costs time, never a match. Words share 65,536 counters by their keys.
/// </summary>
public sealed class TermFrequencies
{
    private const int Bits = 16;

    private readonly int[] _counts = new int[1 << Bits];
    private readonly Scanner _scanner = new();

    /// <summary>How many posts were seen.</summary>
    public int Posts { get; private set; }

    /// <summary>Counts the words of a post, each once for each time it stands there.</summary>
    public void See(string text)
    {
        Posts++;
        foreach (ref readonly var token in _scanner.Scan(text))
        {
            if (token.Kind == Scanned.Link) continue;
            if (token.Kind is TokenKind.Word or TokenKind.Tag) _counts[WordKey.Place(token.Key, Bits)]++;
            if (token.Kind != TokenKind.Word) _counts[WordKey.Place(token.Key ^ WordKey.Of(token.Kind), Bits)]++;
        }
    }

    /// <summary>The share of posts, roughly, that hold a term; above 0.</summary>
    internal double Of(Term term, ulong key)
    {
        if (term.How == TermMatch.Pattern) return OfPattern(term.Text);
        return Posts >= 1_000 ? (_counts[WordKey.Place(key, Bits)] + 0.1) / Posts : Unseen(term);
    }

    // Before posts were seen: short words are common in every language.
    internal static double Unseen(Term term) => term.Kind switch
    {
        TokenKind.Tag or TokenKind.Handle => 0.002,
        TokenKind.Symbol => 0.01,
        _ when term.Text.Length > 0 && term.Text[0] >= 0x2E80 => 0.05, // one character of an unspaced script
        _ => 0.6 / (term.Text.Length * term.Text.Length * term.Text.Length + 1),
    };

    private static double OfPattern(string pattern)
    {
        var open = pattern.AsSpan().IndexOfAny('?', '*');
        return open switch { < 0 => 0.01, 0 => 1, 1 => 0.8, 2 => 0.4, 3 => 0.1, _ => 0.03 };
    }
}
