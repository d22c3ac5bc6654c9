using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>What <see cref="Cue"/> tells, for one language.</summary>
internal sealed class Gate
{
    private const int Start = 3;

    private readonly Dictionary<string, Cue> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Cue> _starts = new(StringComparer.Ordinal);

    public void Add<T>(Phrases<T> phrases, Cue cue)
    {
        foreach (var word in phrases.FirstWords) _words[word] = _words.GetValueOrDefault(word) | cue;
        foreach (var start in phrases.Starts) _starts[start] = _starts.GetValueOrDefault(start) | cue;
    }

    public void Add(string word, Cue cue) => _words[word] = _words.GetValueOrDefault(word) | cue;

    /// <summary>For each word the lists that may have it. Handles have none: a name says nothing.</summary>
    public Cue[] Of(List<Token> tokens)
    {
        var cues = new Cue[tokens.Count];
        var starts = _starts.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < cues.Length; i++)
        {
            var token = tokens[i];
            if (token.Kind is TokenKind.Handle or TokenKind.Symbol) continue;
            cues[i] = _words.GetValueOrDefault(token.Folded);
            if (starts.TryGetValue(token.Folded.AsSpan(0, Math.Min(Start, token.Folded.Length)), out var begins)) cues[i] |= begins;
        }

        return cues;
    }
}
