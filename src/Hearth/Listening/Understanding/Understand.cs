using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>
/// Reads a text: pure, deterministic, and able to say why. 1. Tell the language. 2. Weigh its words (<see cref="WeighSentiment"/>). 3. Find what it is for:
/// a post may be a question and a complaint at once. 4. Find what it is about.
/// </summary>
public static class Understand
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">As written.</param>
    /// <param name="language">As the source claims; only believed when the text does not tell.</param>
    public static Reading Read(string text, string? language = null) => Read(text, Tokens.Of(text), language);

    internal static Reading Read(string text, List<Token> tokens, string? claimed)
    {
        var language = Languages.Of(text, tokens, claimed);
        var lexicon = Lexicon.Of(language);
        var reasons = new List<Reason>();
        var strength = WeighSentiment.Of(text, tokens, lexicon, reasons);
        var sentiment = strength <= -0.2 ? Sentiment.Negative : strength >= 0.3 ? Sentiment.Positive : Sentiment.Neutral;
        var intents = Intents(text, tokens, lexicon, strength, reasons);
        var topics = About(tokens, reasons);
        reasons.Sort((a, b) => a.Start != b.Start ? a.Start - b.Start : b.Length - a.Length);
        return new(language, sentiment, Math.Round(strength, 3), intents, topics, reasons);
    }

    private static List<Intent> Intents(string text, List<Token> tokens, Lexicon lexicon, double strength, List<Reason> reasons)
    {
        var intents = new List<Intent>(3);
        if (strength < 0.1 && Find(Intent.Complaint) || strength <= -0.35) intents.Add(Intent.Complaint);
        if (Asks(text, tokens, lexicon, reasons)) intents.Add(Intent.Question);
        if (strength >= 0.3 && Find(Intent.Praise) || strength >= 0.65) intents.Add(Intent.Praise);
        if (Find(Intent.Idea)) intents.Add(Intent.Idea);
        if (strength > -0.5 && Find(Intent.Purchase)) intents.Add(Intent.Purchase);
        if (intents.Count == 0) intents.Add(Intent.Other);
        return intents;

        bool Find(Intent intent)
        {
            var found = false;
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Kind is TokenKind.Handle or TokenKind.Symbol || lexicon.Intents[intent].Match(tokens, i, out _) is not (> 0 and var length)) continue;
                found = true;
                reasons.Add(Because(tokens, i, length, intent));
                i += length - 1;
            }

            return found;
        }
    }

    // A question mark asks; so does a question word that opens the post, since many leave the mark out.
    private static bool Asks(string text, List<Token> tokens, Lexicon lexicon, List<Reason> reasons)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        while (mark >= 0 && mark + 1 < text.Length && char.IsLetterOrDigit(text[mark + 1])) mark = text.IndexOf('?', mark + 1); // "page?id=1"
        if (mark >= 0)
        {
            reasons.Add(new(mark, 1, "question", "a question mark", 0));
            return true;
        }

        var first = tokens.FindIndex(t => t.Kind is TokenKind.Word);
        if (first < 0 || lexicon.Intents[Intent.Question].Match(tokens, first, out _) is not (> 0 and var length)) return false;
        reasons.Add(Because(tokens, first, length, Intent.Question));
        return true;
    }

    private static List<string> About(List<Token> tokens, List<Reason> reasons)
    {
        var topics = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is TokenKind.Handle or TokenKind.Symbol || Topics.Match(tokens, i, out var topic) is not (> 0 and var length)) continue;
            if (!topics.Contains(topic)) topics.Add(topic);
            reasons.Add(new(tokens[i].Start, End(tokens, i, length) - tokens[i].Start, "topic", Topics.Name(topic), 0));
            i += length - 1;
        }

        return topics;
    }

    private static Reason Because(List<Token> tokens, int at, int length, Intent intent)
    {
        var word = intent.ToString().ToLowerInvariant();
        return new(tokens[at].Start, End(tokens, at, length) - tokens[at].Start, word, word, 0);
    }

    private static int End(List<Token> tokens, int at, int length) => tokens[at + length - 1].Start + tokens[at + length - 1].Length;
}
