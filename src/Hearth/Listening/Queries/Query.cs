using System.Text;

namespace Hearth.Listening.Queries;

/// <summary>A question about a text, as a tree. Equal trees ask the same.</summary>
public abstract record Query
{
    private Query() { }

    /// <summary>A word, or the words of a phrase one after the other. A word also finds its #tag.</summary>
    public sealed record Words(IReadOnlyList<Term> Terms) : Query
    {
        public bool Equals(Words? other) => other is not null && Terms.SequenceEqual(other.Terms);

        public override int GetHashCode() => Terms.Aggregate(17, HashCode.Combine);
    }

    public sealed record And(Query Left, Query Right) : Query;

    public sealed record Or(Query Left, Query Right) : Query;

    public sealed record Not(Query Inner) : Query;

    /// <summary>The same question in the query language, with brackets only where they are needed.</summary>
    public sealed override string ToString() => Print(new StringBuilder(), this, 0).ToString();

    private static StringBuilder Print(StringBuilder to, Query query, int outer)
    {
        var strength = query switch { Or => 1, And => 2, Not => 3, _ => 4 };
        if (strength < outer) to.Append('(');
        switch (query)
        {
            case Words { Terms: [{ Kind: not Text.TokenKind.Word } or { Folded: not ("and" or "or" or "not") }] one }:
                to.Append(one[0]);
                break;
            case Words words:
                to.Append('"').AppendJoin(' ', words.Terms).Append('"');
                break;
            case Not not:
                Print(to.Append("NOT "), not.Inner, 3);
                break;
            case And and:
                Print(Print(to, and.Left, 2).Append(" AND "), and.Right, 3);
                break;
            case Or or:
                Print(Print(to, or.Left, 1).Append(" OR "), or.Right, 2);
                break;
        }

        return strength < outer ? to.Append(')') : to;
    }
}

/// <summary>One word of a query, folded as texts are.</summary>
public readonly record struct Term(string Folded, Text.TokenKind Kind)
{
    public bool Matches(in Text.Token token) => string.Equals(Folded, token.Folded, StringComparison.Ordinal)
        && (Kind == token.Kind || Kind == Text.TokenKind.Word && token.Kind == Text.TokenKind.Tag);

    public override string ToString() => Kind switch { Text.TokenKind.Tag => "#" + Folded, Text.TokenKind.Handle => "@" + Folded, _ => Folded };
}

/// <summary>Asks a query of a text. Pure; allocates nothing.</summary>
public static class Evaluate
{
    public static bool Matches(this Query query, List<Text.Token> text) => query switch
    {
        Query.Words words => First(words, text, 0) >= 0,
        Query.And and => and.Left.Matches(text) && and.Right.Matches(text),
        Query.Or or => or.Left.Matches(text) || or.Right.Matches(text),
        Query.Not not => !not.Inner.Matches(text),
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };

    /// <summary>The index of the first token, at or after <paramref name="from"/>, where the words stand; -1 when they do not.</summary>
    public static int First(Query.Words words, List<Text.Token> text, int from)
    {
        var terms = words.Terms;
        for (var i = from; i + terms.Count <= text.Count; i++)
        {
            var n = 0;
            while (n < terms.Count && terms[n].Matches(text[i + n])) n++;
            if (n == terms.Count) return i;
        }

        return -1;
    }

    /// <summary>Where the words that made it match stand: first character and length. What is only excluded is not shown.</summary>
    public static IEnumerable<(int Start, int Length)> Spans(this Query query, List<Text.Token> text) => query switch
    {
        Query.Words words => Spans(words, text),
        Query.And and => and.Left.Spans(text).Concat(and.Right.Spans(text)),
        Query.Or or => or.Left.Spans(text).Concat(or.Right.Spans(text)),
        _ => [],
    };

    private static IEnumerable<(int Start, int Length)> Spans(Query.Words words, List<Text.Token> text)
    {
        for (var i = First(words, text, 0); i >= 0; i = First(words, text, i + 1))
        {
            var last = text[i + words.Terms.Count - 1];
            yield return (text[i].Start, last.Start + last.Length - text[i].Start);
        }
    }
}
