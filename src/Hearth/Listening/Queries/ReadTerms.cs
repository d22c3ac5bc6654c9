using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>Reads the words of a word or phrase: split as texts are, with their wildcards, {as written} in braces.</summary>
internal static class ReadTerms
{
    /// <summary>Reads what stands from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    public static Query.Words Words(string text, int from, int to, Dialect dialect)
    {
        var terms = new List<Term>();
        for (var at = from; at < to;)
        {
            var brace = text.AsSpan(at, to - at).IndexOfAny('{', '}');
            var plainEnd = brace < 0 ? to : at + brace;
            Plain(text, at, plainEnd, terms, dialect != Dialect.X);
            if (brace < 0) break;
            var end = text[plainEnd] == '{' ? text.AsSpan(plainEnd, to - plainEnd).IndexOf('}') : -1;
            if (end < 0) throw new WrongException(plainEnd, text[plainEnd] == '{' ? "this brace is never closed" : "this brace closes nothing", "{Word} finds a word exactly as it is written");
            Exact(text, plainEnd + 1, plainEnd + end, terms);
            at = plainEnd + end + 1;
        }

        if (terms.Count > 0) return new([.. terms]);
        var written = text[from..to];
        if (written is "&" or "&&") throw new WrongException(from, $"{written} is no operator here", "write AND");
        throw new WrongException(from, $"'{written}' holds no word", "letters, digits, emoji, #tags and @handles can be looked for");
    }

    private static void Exact(string text, int from, int to, List<Term> terms)
    {
        var inner = text[from..to];
        var tokens = Tokens.Of(inner);
        if (tokens.Count == 0) throw new WrongException(from - 1, "there is no word between the braces", "{Word} finds a word exactly as it is written");
        if (inner.IndexOfAny(['*', '?']) is >= 0 and var wild) throw new WrongException(from + wild, "* and ? do not work in braces", "what stands in braces is found exactly as it is written");
        foreach (var token in tokens)
        {
            var mark = token.Kind is TokenKind.Tag or TokenKind.Handle ? 1 : 0;
            terms.Add(new(inner.Substring(token.Start + mark, token.Length - mark), token.Kind, TermMatch.Exact));
        }
    }

    // Tokens and the wildcards between them, in order; what stands side by side with a wildcard is one pattern.
    private static void Plain(string text, int from, int to, List<Term> terms, bool hasWildcards)
    {
        if (from == to) return;
        var inner = text[from..to];
        if (Links.In(inner).Any()) throw new WrongException(from, "addresses of pages are not searched as words", "use url:\"part of the address\" or site:host");
        var tokens = Tokens.Of(inner);
        tokens.RemoveAll(t => t.Folded.Length == 0);
        if (!hasWildcards || inner.AsSpan().IndexOfAny('*', '?') < 0)
        {
            terms.AddRange(tokens.Select(t => new Term(t.Folded, t.Kind)));
            return;
        }

        var next = 0;
        for (var at = 0; at < inner.Length;)
        {
            var isToken = next < tokens.Count && tokens[next].Start == at;
            if (!isToken && inner[at] is not ('*' or '?'))
            {
                at++;
                continue;
            }

            var start = at;
            var pieces = new List<Token>();
            var pattern = "";
            for (var isWild = false; ; isWild = true)
            {
                // A token belongs to the same pattern only across a wildcard.
                if (next < tokens.Count && tokens[next].Start == at && (pieces.Count == 0 || isWild))
                {
                    pieces.Add(tokens[next]);
                    pattern += tokens[next].Folded;
                    at += tokens[next++].Length;
                }

                if (at == inner.Length || inner[at] is not ('*' or '?')) break;
                while (at < inner.Length && inner[at] is '*' or '?') pattern += inner[at++];
            }

            terms.Add(pieces is [var only] && pattern == only.Folded ? new(only.Folded, only.Kind) : Pattern(inner, from, start, at, pieces, pattern));
        }
    }

    private static Term Pattern(string inner, int from, int start, int end, List<Token> pieces, string pattern)
    {
        var wild = from + start + inner.AsSpan(start, end - start).IndexOfAny('*', '?');
        if (pieces.Count == 0) throw new WrongException(wild, $"{inner[start..end]} alone stands for nothing", "put it beside letters, as in deliver* or organi?e, or remove it");
        if (pieces.Exists(p => p.Kind == TokenKind.Symbol || IsUnspaced(inner, p))) throw new WrongException(wild, "* and ? work beside letters and digits only", "each emoji, and each character of a script written without spaces, is a word of its own: remove it");
        if (pieces[0].Start != start && pieces[0].Kind != TokenKind.Word || pieces.Skip(1).Any(p => p.Kind != TokenKind.Word)) throw new WrongException(wild, "a wildcard cannot stand before # or @", "write #tag* or @handle*");
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0 && star < pattern.Length - 1) throw new WrongException(from + start + inner.AsSpan(start, end - start).IndexOf('*'), "a * can only stand at the end of a word", "write the beginning of the word, as in deliver*; ? is one character anywhere");
        if (pattern.Count(c => c is not ('*' or '?')) < 2) throw new WrongException(from + start, "a word with * or ? needs at least 2 letters", "write more of the word, as in de*");
        return new(pattern, pieces[0].Kind, TermMatch.Pattern);
    }

    // Written twice it is two words.
    private static bool IsUnspaced(string inner, Token token) => token.Length <= 2 && inner.AsSpan(token.Start, token.Length) is var one && Tokens.Of(string.Concat(one, one)).Count > 1;
}
