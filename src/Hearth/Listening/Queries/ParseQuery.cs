using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>What reading an expression gave.</summary>
public abstract record Parsed
{
    private Parsed() { }

    public sealed record Ok(Query Query) : Parsed;

    /// <summary>It cannot be read.</summary>
    /// <param name="Position">The character at fault, from 0; the expression's length when something is missing at its end.</param>
    /// <param name="Reason">What is wrong.</param>
    /// <param name="Hint">What would be right.</param>
    public sealed record Wrong(int Position, string Reason, string Hint) : Parsed;
}

/// <summary>Reads the query language of docs/queries.md by recursive descent: OR binds weakest, then AND (also unwritten), then NOT.</summary>
public static class ParseQuery
{
    /// <summary>Longest expression, in characters.</summary>
    public const int MaxLength = 4_000;

    private const int MaxDepth = 100;

    public static Parsed Read(string expression)
    {
        if (expression.Length > MaxLength) return new Parsed.Wrong(MaxLength, $"the query is longer than {MaxLength:N0} characters", "split it into several queries");
        try
        {
            return new Parsed.Ok(new Reader(expression).All());
        }
        catch (WrongException e)
        {
            return e.Wrong;
        }
    }

    private enum Sign
    {
        End,
        Words,
        And,
        Or,
        Not,
        Open,
        Close,
    }

    private sealed class WrongException(int position, string reason, string hint) : Exception(reason)
    {
        public Parsed.Wrong Wrong { get; } = new(position, reason, hint);
    }

    private sealed class Reader(string text)
    {
        private int _at, _start, _depth;
        private Sign _sign;
        private Query? _words;

        public Query All()
        {
            Next();
            if (_sign == Sign.End) throw new WrongException(0, "the query is empty", "write a word, a \"phrase\", a #tag or an @handle");
            var all = Or();
            if (_sign == Sign.Close) throw new WrongException(_start, "this bracket closes nothing", "remove it, or open one before");
            return all;
        }

        private Query Or()
        {
            if (++_depth > MaxDepth) throw new WrongException(_start, $"more than {MaxDepth} brackets inside one another", "make it flatter");
            var left = And();
            while (_sign == Sign.Or)
            {
                Operator("OR");
                left = new Query.Or(left, And());
            }

            _depth--;
            return left;
        }

        private Query And()
        {
            var left = Not();
            while (_sign is Sign.And or Sign.Words or Sign.Not or Sign.Open)
            {
                if (_sign == Sign.And) Operator("AND");
                left = new Query.And(left, Not());
            }

            return left;
        }

        private Query Not()
        {
            var negations = 0;
            for (; _sign == Sign.Not; negations++) Operator("NOT");
            var inner = One();
            for (; negations > 0; negations--) inner = new Query.Not(inner);
            return inner;
        }

        private Query One()
        {
            switch (_sign)
            {
                case Sign.Words:
                    var words = _words!;
                    Next();
                    return words;
                case Sign.Open:
                    var opened = _start;
                    Next();
                    if (_sign == Sign.Close) throw new WrongException(_start, "there is nothing between the brackets", "write a word between them, or remove them");
                    var inner = Or();
                    if (_sign != Sign.Close) throw new WrongException(opened, "this bracket is never closed", "add a ) where the group ends");
                    Next();
                    return inner;
                case Sign.And or Sign.Or:
                    throw new WrongException(_start, $"there is nothing before {text[_start.._at]}", "write a word before it, or put it in \"quotes\" to look for the word itself");
                case Sign.Close:
                    throw new WrongException(_start, "a word is missing before this bracket", "write a word, or remove the operator before it");
                default:
                    throw new WrongException(_start, "the query ends too early", "write a word here, or remove the operator before it");
            }
        }

        // Moves past an operator and sees to it that something follows.
        private void Operator(string name)
        {
            var (at, written) = (_start, text[_start.._at]);
            Next();
            if (_sign == Sign.End) throw new WrongException(at, $"there is nothing after {written}", $"write what {name} is about, or remove it");
        }

        private void Next()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            _start = _at;
            if (_at == text.Length)
            {
                _sign = Sign.End;
                return;
            }

            switch (text[_at])
            {
                case '(' or ')' or '|' or '-' or '+':
                    _sign = text[_at++] switch { '(' => Sign.Open, ')' => Sign.Close, '|' => Sign.Or, '+' => Sign.And, _ => Sign.Not };
                    return;
                case '"' or '“' or '”' or '„':
                    Phrase();
                    return;
            }

            while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '"' or '|' or '“' or '”' or '„')) _at++;
            var word = text[_start.._at];
            _sign = word switch { "AND" => Sign.And, "OR" => Sign.Or, "NOT" => Sign.Not, _ => Sign.Words };
            if (_sign == Sign.Words) _words = Terms(word, _start);
        }

        private void Phrase()
        {
            var end = text.AsSpan(_at + 1).IndexOfAny('"', '“', '”');
            if (end < 0) throw new WrongException(_at, "this quote is never closed", "add a \" where the phrase ends");
            var inner = text.Substring(_at + 1, end);
            _at += end + 2;
            _sign = Sign.Words;
            _words = Terms(inner, _start);
        }

        private static Query.Words Terms(string words, int position)
        {
            var tokens = Tokens.Of(words);
            if (tokens.Count > 0) return new([.. tokens.Select(t => new Term(t.Folded, t.Kind))]);
            var isLink = words.Contains("://", StringComparison.Ordinal) || words.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
            throw isLink
                ? new WrongException(position, "addresses of pages are not searched", "look for a word of the text instead")
                : new WrongException(position, $"'{words}' holds no word", "letters, digits, emoji, #tags and @handles can be looked for");
        }
    }
}
