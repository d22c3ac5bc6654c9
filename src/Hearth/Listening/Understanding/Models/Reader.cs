using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Reads texts: by the lexicon, and where the house has learned better, by its models. Never changes; any number of threads may read.</summary>
public sealed class Reader
{
    private readonly TextModel? _sentiment;
    private readonly TextModel? _intents;
    private readonly TextModel? _mismatches;

    internal Reader(int? version, TextModel? sentiment, TextModel? intents, TextModel? mismatches)
    {
        (Version, _sentiment, _intents, _mismatches) = (version, sentiment, intents, mismatches);
        if (mismatches is not null) Attributes = mismatches.Classes.Where(c => c != LabelledPost.None).Concat(mismatches.Overruled).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What ships.</summary>
    public static Reader Lexicon { get; } = new(null, null, null, null);

    /// <summary>The latest of the models in use; null while only the lexicon reads.</summary>
    public int? Version { get; }

    /// <summary>Keys of the attributes of which people taught when they fell short; of all others only the lexicon knows.</summary>
    public IReadOnlySet<string> Attributes { get; } = new HashSet<string>();

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

        if (_intents is not null) learned = learned with { Intents = Intents(text, tokens, reading) };
        return _mismatches is null ? learned : Fell(text, tokens, reading, learned);
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

    // What above all fell short, as people taught it. What they never spoke of stays as the lexicon reads it.
    private Reading Fell(string text, List<Token> tokens, Reading reading, Reading learned)
    {
        Span<float> p = stackalloc float[_mismatches!.Classes.Count];
        var best = _mismatches.Read(text, tokens, reading, p);
        List<Aspect> aspects = [.. reading.Aspects.Select(a => Attributes.Contains(a.Attribute) && a.Polarity == Sentiment.Negative ? a with { Polarity = Sentiment.Neutral } : a)];
        List<Mismatch> mismatches = [.. reading.Mismatches.Where(m => !Attributes.Contains(m.Attribute))];
        if (_mismatches.Classes[best] is var attribute && attribute == LabelledPost.None) return learned with { Aspects = aspects, Mismatches = mismatches };
        var at = aspects.FindIndex(a => a.Attribute == attribute);
        if (at < 0) aspects.Add(new(attribute, Sentiment.Negative, 0, 0));
        else aspects[at] = aspects[at] with { Polarity = Sentiment.Negative };
        var mismatch = reading.Mismatches.FirstOrDefault(m => m.Attribute == attribute) ?? new(attribute, null, null, null, null, 0, at < 0 ? default : new(aspects[at].Start, aspects[at].Length));
        return learned with
        {
            Topics = [.. reading.Topics.Union([attribute], StringComparer.Ordinal)], Aspects = aspects, Mismatches = [mismatch with { Sure = Math.Round(p[best], 3) }, .. mismatches],
        };
    }

    private static double Odds(float p) => Math.Log(Math.Max(1e-6, p) / Math.Max(1e-6, 1 - p));
}
