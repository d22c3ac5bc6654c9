using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Reads texts: by the lexicon, and where the house has learned better, by its models. Never changes; any number of threads may read.</summary>
public sealed class Reader
{
    private readonly TextModel? _sentiment;
    private readonly TextModel? _intents;

    internal Reader(int? version, TextModel? sentiment, TextModel? intents) => (Version, _sentiment, _intents) = (version, sentiment, intents);

    /// <summary>What ships.</summary>
    public static Reader Lexicon { get; } = new(null, null, null);

    /// <summary>The latest of the models in use; null while only the lexicon reads.</summary>
    public int? Version { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">As written.</param>
    /// <param name="claimed">Its language as the source claims; only believed when the text does not tell.</param>
    public Reading Read(string text, string? claimed) => Read(text, Tokens.Of(text), claimed);

    internal Reading Read(string text, List<Token> tokens, string? claimed) => Read(text, tokens, claimed, out _);

    /// <summary>Reads a text and says how sure the sentiment is.</summary>
    /// <param name="sure">The probability of the sentiment chosen, 0 to 1; null while only the lexicon reads.</param>
    internal Reading Read(string text, List<Token> tokens, string? claimed, out float? sure)
    {
        var reading = Understand.Read(text, tokens, claimed);
        sure = null;
        var learned = reading;
        if (_sentiment is not null)
        {
            Span<float> p = stackalloc float[_sentiment.Classes.Count];
            var best = _sentiment.Read(text, tokens, reading, p);
            sure = p[best];
            var sentiment = Enum.Parse<Sentiment>(_sentiment.Classes[best], ignoreCase: true);
            learned = learned with { Sentiment = sentiment, Strength = Strength(sentiment, p) };
        }

        return _intents is null ? learned : learned with { Intents = Intents(text, tokens, reading) };
    }

    /// <summary>The words that moved the model most towards the sentiment it chose: each with how much the text without it would be less so, in log-odds. At most five; empty while only the lexicon reads.</summary>
    public IReadOnlyList<Reason> Because(string text, string? claimed)
    {
        var tokens = Tokens.Of(text);
        if (_sentiment is null || tokens.Count is 0 or > 400) return [];
        var reading = Understand.Read(text, tokens, claimed);
        var p = new float[_sentiment.Classes.Count];
        var best = _sentiment.Read(text, tokens, reading, p);
        var whole = Odds(p[best]);
        var found = new List<Reason>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Handle) continue;
            var without = text.Remove(token.Start, token.Length);
            var left = Tokens.Of(without);
            _sentiment.Read(without, left, Understand.Read(without, left, claimed), p);
            var weight = whole - Odds(p[best]);
            if (weight > 0.1) found.Add(new(token.Start, token.Length, "sentiment", $"learned: {_sentiment.Classes[best]}", Math.Round(weight, 2)));
        }

        return [.. found.OrderByDescending(r => r.Weight).Take(5).OrderBy(r => r.Start)];
    }

    // How far the text leans, as the difference of the two probabilities, but never against its class.
    private double Strength(Sentiment sentiment, Span<float> p)
    {
        var (lean, classes) = (0.0, _sentiment!.Classes);
        for (var k = 0; k < p.Length; k++) lean += classes[k] switch { "positive" => p[k], "negative" => -p[k], _ => 0 };
        lean = sentiment switch { Sentiment.Negative => Math.Min(lean, -0.05), Sentiment.Positive => Math.Max(lean, 0.05), _ => lean };
        return Math.Round(lean, 3);
    }

    private List<Intent> Intents(string text, List<Token> tokens, Reading reading)
    {
        Span<float> p = stackalloc float[_intents!.Classes.Count];
        var best = _intents.Read(text, tokens, reading, p);
        var intents = new List<Intent>(2);
        for (var k = 0; k < p.Length; k++)
        {
            if ((_intents.IsSeveral ? _intents.Stands(k, p[k]) : k == best) && Enum.TryParse<Intent>(_intents.Classes[k], ignoreCase: true, out var intent) && intent != Intent.Other) intents.Add(intent);
        }

        // What nobody has taught yet, only the lexicon knows.
        intents.AddRange(reading.Intents.Where(i => i != Intent.Other && !_intents.Classes.Contains(i.ToString(), StringComparer.OrdinalIgnoreCase)));
        intents.Sort();
        return intents.Count > 0 ? intents : [Intent.Other];
    }

    private static double Odds(float p) => Math.Log(Math.Max(1e-6, p) / Math.Max(1e-6, 1 - p));
}
