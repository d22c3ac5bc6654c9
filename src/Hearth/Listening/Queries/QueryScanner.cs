namespace Hearth.Listening.Queries;

internal enum Sign
{
    End,
    Words,
    Field,
    And,
    Or,
    Not,
    Near,
    Open,
    Close,
}

/// <summary>A value of a field.</summary>
/// <param name="Text">Without its quotes.</param>
/// <param name="At">Its first character in the expression.</param>
internal readonly record struct FieldValue(string Text, int At);

/// <summary>Cuts an expression into its signs, one <see cref="Next"/> at a time.</summary>
internal sealed class QueryScanner(string text, Dialect dialect)
{
    private int _at;
    private Query? _words;

    public Sign Sign { get; private set; }

    /// <summary>The first character of the sign.</summary>
    public int Start { get; private set; }

    /// <summary>The sign as it stands in the expression.</summary>
    public string Written => text[Start.._at];

    public Query Words => _words ?? throw new InvalidOperationException("This sign is no word.");

    /// <summary>The name before the colon, as written.</summary>
    public string FieldName { get; private set; } = "";

    public (int Distance, bool Ordered) Near { get; private set; }

    public void Next()
    {
        SkipSpace();
        Start = _at;
        if (_at == text.Length)
        {
            Sign = Sign.End;
            return;
        }

        switch (text[_at])
        {
            case '(' or ')' or '|' or '-' or '+':
                Sign = text[_at++] switch { '(' => Sign.Open, ')' => Sign.Close, '|' => Sign.Or, '+' => Sign.And, _ => Sign.Not };
                return;
            case '{':
                Braces();
                return;
            case '}':
                throw new WrongException(_at, "this brace closes nothing", "{Word} finds a word exactly as it is written");
            case '"' or '“' or '”' or '„':
                Phrase();
                return;
            default:
                Run();
                return;
        }
    }

    /// <summary>The values after a field's colon: one, or a list in brackets with OR between.</summary>
    public List<FieldValue> Values()
    {
        if (_at >= text.Length || char.IsWhiteSpace(text[_at]) || text[_at] is ')' or '|') throw Missing();
        if (text[_at] != '(') return [Value()];
        var (opened, values) = (_at++, new List<FieldValue>());
        while (true)
        {
            SkipSpace();
            if (_at < text.Length && text[_at] == ')') throw new WrongException(_at, values.Count == 0 ? "there is nothing between the brackets" : "there is nothing after OR", $"write a value, as in {FieldName}:(a OR b)");
            values.Add(_at < text.Length ? Value() : throw Unclosed(opened));
            SkipSpace();
            if (_at == text.Length) throw Unclosed(opened);
            if (text[_at] == ')')
            {
                _at++;
                return values;
            }

            if (text[_at] == '|') _at++;
            else if (text.AsSpan(_at).StartsWith("OR", StringComparison.Ordinal) && _at + 2 < text.Length && (char.IsWhiteSpace(text[_at + 2]) || text[_at + 2] == '"')) _at += 2;
            else throw new WrongException(_at, $"OR is missing between two values of {FieldName}", $"write {FieldName}:(a OR b)");
        }
    }

    private FieldValue Value()
    {
        var start = _at;
        if (IsQuote(text[_at]))
        {
            var inner = Quoted();
            if (string.IsNullOrWhiteSpace(inner)) throw Missing();
            return new(inner.Trim(), start + 1);
        }

        if (text[_at] == '[') // a range of Brandwatch: [1000 TO 5000]
        {
            var end = text.IndexOf(']', _at);
            if (end < 0) throw new WrongException(_at, "this bracket is never closed", "add a ] where the range ends");
            _at = end + 1;
        }
        else
        {
            while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '|') && !IsQuote(text[_at])) _at++;
        }

        return _at > start ? new(text[start.._at], start) : throw Missing();
    }

    private WrongException Missing() => new(Math.Min(_at, text.Length), $"there is nothing after {FieldName}:", $"write its value right after the colon, with \"quotes\" when it holds a space");

    private static WrongException Unclosed(int opened) => new(opened, "this bracket is never closed", "add a ) where the list ends");

    private void SkipSpace()
    {
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            if (dialect != Dialect.Brandwatch || !text.AsSpan(_at).StartsWith("<<<")) return;
            var end = text.IndexOf(">>>", _at, StringComparison.Ordinal); // a remark
            _at = end >= 0 ? end + 3 : throw new WrongException(_at, "this remark is never closed", "add >>> where it ends");
        }
    }

    private void Run()
    {
        if (Name() is { } name)
        {
            (FieldName, Sign) = (name, Sign.Field);
            _at += name.Length + 1;
            return;
        }

        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '|' or '{' or '}') && !IsQuote(text[_at])) _at++;
        var word = Written;
        if (dialect == Dialect.X && word is ['$', var letter, ..] && char.IsAsciiLetter(letter)) throw new WrongException(Start, $"the cashtag {word} of X has no counterpart here", "put it in \"quotes\" to look for the word");
        Sign = word switch { "AND" => Sign.And, "OR" => Sign.Or, "NOT" => Sign.Not, _ => Sign.Words };
        if (Sign != Sign.Words) return;
        if (ReadNear.Of(word, Start, dialect) is { } near) (Sign, Near) = (Sign.Near, near);
        else _words = ReadTerms.Words(text, Start, _at, dialect);
    }

    // "lang" of "lang:en"; null where no field begins: "12:30", "https://x", "Re: this".
    private string? Name()
    {
        var end = _at;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_')) end++;
        if (end == _at || end >= text.Length || text[end] != ':' || text.AsSpan(end).StartsWith("://")) return null;
        var name = text[_at..end];
        var isBare = end + 1 == text.Length || char.IsWhiteSpace(text[end + 1]) || text[end + 1] == ')';
        return isBare && !ReadFields.Knows(name, dialect) ? null : name;
    }

    private void Phrase()
    {
        var inner = Quoted();
        Sign = Sign.Words;
        var from = Start + 1;
        _words = ReadTerms.Words(text, from, from + inner.Length, dialect);
        if (dialect != Dialect.Hearth && _at < text.Length && text[_at] == '~')
            throw new WrongException(_at, "a phrase with a distance (~) also finds its words in another order, at another distance: it has no counterpart here", "write a NEAR/5 b");
    }

    private string Quoted()
    {
        var end = text.AsSpan(_at + 1).IndexOfAny('"', '“', '”');
        if (end < 0) throw new WrongException(_at, "this quote is never closed", "add a \" where the phrase ends");
        var inner = text.Substring(_at + 1, end);
        _at += end + 2;
        return inner;
    }

    private void Braces()
    {
        var end = text.IndexOf('}', _at);
        if (end < 0) throw new WrongException(_at, "this brace is never closed", "add a } where the word ends");
        _at = end + 1;
        Sign = Sign.Words;
        _words = ReadTerms.Words(text, Start, _at, dialect);
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„';
}
