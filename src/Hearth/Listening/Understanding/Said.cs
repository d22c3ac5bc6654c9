using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>Words of a list that stand in a text: from token <paramref name="At"/> on, so many.</summary>
internal readonly record struct Hit<T>(T Value, int At, int Length)
{
    /// <summary>The token behind the last.</summary>
    public int End => At + Length;
}

/// <summary>One text with its words, where its sentences and clauses end, and what it says in which list.</summary>
internal sealed class Said
{
    private readonly Cue[] _cues;
    private readonly int[] _sentences;
    private readonly int[] _clauses;
    private readonly int[] _commas;

    public Said(string text, List<Token> tokens, Lexicon lexicon)
    {
        (Text, Tokens, Lexicon) = (text, tokens, lexicon);
        _cues = lexicon.Gate.Of(tokens);
        _sentences = new int[tokens.Count];
        _clauses = new int[tokens.Count];
        _commas = new int[tokens.Count];
        for (var i = 1; i < tokens.Count; i++)
        {
            var ends = EndsSentence(tokens[i - 1].Start + tokens[i - 1].Length, tokens[i].Start);
            _sentences[i] = _sentences[i - 1] + (ends ? 1 : 0);
            _commas[i] = _commas[i - 1] + (text.AsSpan((tokens[i - 1].Start + tokens[i - 1].Length)..tokens[i].Start).Contains(',') ? 1 : 0);
            var turns = _cues[i].HasFlag(Cue.Modifier) && lexicon.Modifiers.Word(tokens[i].Folded, out var modifier) && modifier == Modifier.But;
            _clauses[i] = _clauses[i - 1] + (ends || turns ? 1 : 0);
        }

        foreach (var cue in _cues) Any |= cue;
    }

    public string Text { get; }

    public List<Token> Tokens { get; }

    public Lexicon Lexicon { get; }

    public int Count => Tokens.Count;

    /// <summary>The lists that may have any of its words.</summary>
    public Cue Any { get; }

    public bool May(int at, Cue cue) => (_cues[at] & cue) != Cue.None;

    public int Sentence(int at) => _sentences[at];

    public int Clause(int at) => _clauses[at];

    /// <summary>How many commas stand between two words.</summary>
    public int Commas(int one, int other) => Math.Abs(_commas[one] - _commas[other]);

    /// <summary>All that a list has, in order; where phrases begin alike the longest, and none inside another.</summary>
    public List<Hit<T>> Find<T>(Phrases<T> list, Cue cue)
    {
        var found = new List<Hit<T>>();
        if ((Any & cue) == Cue.None) return found;
        for (var i = 0; i < Tokens.Count; i++)
        {
            if ((_cues[i] & cue) == Cue.None || list.Match(Tokens, i, out var value) is not (> 0 and var length)) continue;
            found.Add(new(value, i, length));
            i += length - 1;
        }

        return found;
    }

    /// <summary>True when a "not" of the same sentence stands at most so many words before.</summary>
    public bool IsTurned(int at, int reach)
    {
        for (var back = 1; back <= reach && back <= at && _sentences[at - back] == _sentences[at]; back++)
        {
            if (!May(at - back, Cue.Modifier)) continue;
            var length = Lexicon.Modifiers.Match(Tokens, at - back, out var modifier);
            if (length > 0 && length <= back && modifier == Modifier.Negate) return Tokens[at - back + length].Folded != "wait"; // "can't wait to" is no "not"
        }

        return false;
    }

    /// <summary>Where the tokens from one to before another stand in the text.</summary>
    public TextSpan Span(int from, int end) => new(Tokens[from].Start, Tokens[end - 1].Start + Tokens[end - 1].Length - Tokens[from].Start);

    public TextSpan Span<T>(Hit<T> hit) => Span(hit.At, hit.End);

    /// <summary>The token behind the last of a token's sentence.</summary>
    public int EndOfSentence(int at)
    {
        var sentence = _sentences[at];
        while (at < _sentences.Length && _sentences[at] == sentence) at++;
        return at;
    }

    public int StartOfSentence(int at)
    {
        while (at > 0 && _sentences[at - 1] == _sentences[at]) at--;
        return at;
    }

    /// <summary>What stands between a token and the one before it.</summary>
    public ReadOnlySpan<char> Before(int at) => at == 0 ? Text.AsSpan(0, Tokens[0].Start) : Text.AsSpan((Tokens[at - 1].Start + Tokens[at - 1].Length)..Tokens[at].Start);

    // A full stop inside "2.5" or "U.S." ends nothing: a space follows one that does.
    private bool EndsSentence(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Text[i] is '!' or '?' or ';' or '\n' or '…' || Text[i] == '.' && (i + 1 >= Text.Length || !char.IsLetterOrDigit(Text[i + 1]))) return true;
        }

        return false;
    }
}
