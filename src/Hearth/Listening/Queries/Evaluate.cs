using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>
/// Asks a query of a post, plainly: it tries everything. What it says is what the language means; the fast matcher is tested against it.
/// </summary>
public static class Evaluate
{
    /// <param name="query">What is asked.</param>
    /// <param name="post">Of what.</param>
    /// <param name="text">The tokens of its text.</param>
    public static bool Matches(this Query query, AskedPost post, List<Token> text) => query switch
    {
        Query.Words or Query.Near => Places(query, post, text).Any(),
        Query.Field field => TestField.Holds(field.Test, post),
        Query.And => query.Row().TrueForAll(side => side.Matches(post, text)),
        Query.Or => query.Row().Exists(side => side.Matches(post, text)),
        Query.Not not => !not.Inner.Matches(post, text),
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };

    /// <summary>Where the words that made it match stand: first character and length. What is only excluded is not shown.</summary>
    public static IEnumerable<(int Start, int Length)> Spans(this Query query, AskedPost post, List<Token> text) => query switch
    {
        Query.And or Query.Or => query.Row().SelectMany(side => side.Spans(post, text)),
        Query.Words or Query.Near => Places(query, post, text).Select(p => (text[p.First].Start, text[p.Last].Start + text[p.Last].Length - text[p.First].Start)).Distinct(),
        _ => [],
    };

    /// <summary>All places, as indices of the first and last token. Both sides of a NEAR are places of their own.</summary>
    private static IEnumerable<(int First, int Last)> Places(Query query, AskedPost post, List<Token> text) => query switch
    {
        Query.Words words => from first in Enumerable.Range(0, Math.Max(0, text.Count - words.Terms.Count + 1))
                             where Enumerable.Range(0, words.Terms.Count).All(n =>
                                 Position(text, first + n) == Position(text, first) + n && Matches(words.Terms[n], text[first + n], post.Text))
                             select (first, first + words.Terms.Count - 1),
        Query.Or => query.Row().SelectMany(side => Places(side, post, text)),
        Query.Near near => from left in Places(near.Left, post, text)
                           from right in Places(near.Right, post, text)
                           where Follows(left, right, near.Distance, text) || !near.Ordered && Follows(right, left, near.Distance, text)
                           from place in new[] { left, right }
                           select place,
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "Only words stand in places."),
    };

    private static bool Follows((int First, int Last) earlier, (int First, int Last) later, int distance, List<Token> text) =>
        Position(text, later.First) - Position(text, earlier.Last) is var steps && steps >= 1 && steps <= distance;

    private static int Position(List<Token> text, int index) => text[index].Position;

    private static bool Matches(Term term, Token token, string text)
    {
        if (term.Kind != token.Kind && !(term.Kind == TokenKind.Word && token.Kind == TokenKind.Tag)) return false;
        return term.How switch
        {
            TermMatch.Exact => text.AsSpan(token.Start, token.Length)[(text[token.Start] is '#' or '@' or '＃' or '＠' ? 1 : 0)..].SequenceEqual(term.Text),
            TermMatch.Pattern => Fits(term.Text, token.Folded),
            _ => string.Equals(term.Text, token.Folded, StringComparison.Ordinal),
        };
    }

    private static bool Fits(string pattern, string word)
    {
        var open = pattern.EndsWith('*');
        var fixedPart = open ? pattern[..^1] : pattern;
        return (open ? word.Length >= fixedPart.Length : word.Length == fixedPart.Length) && fixedPart.Zip(word).All(c => c.First == '?' || c.First == c.Second);
    }
}
