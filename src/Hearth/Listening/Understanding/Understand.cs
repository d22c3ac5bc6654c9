using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>
/// Reads a text: pure, deterministic, and able to say why. 1. Tell the language. 2. Weigh its words (<see cref="WeighSentiment"/>). 3. Find what it is for:
/// a post may be a question and a complaint at once. 4. Find what it is about, and what of it is judged how. 5. Find what fell short of what was expected.
/// 6. Tell the feeling and how urgent it is.
/// </summary>
public static class Understand
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">As written.</param>
    /// <param name="language">As the source claims; only believed when the text does not tell.</param>
    public static Reading Read(string text, string? language = null) => Read(text, Tokens.Of(text), language);

    internal static Reading Read(string text, List<Token> tokens, string? claimed)
    {
        // Step 1
        var language = Languages.Of(text, tokens, claimed);
        var said = new Said(text, tokens, Lexicon.Of(language));
        var reasons = new List<Reason>();

        // Step 2
        var strength = WeighSentiment.Of(said, reasons);
        var sentiment = strength <= -0.2 ? Sentiment.Negative : strength >= 0.3 ? Sentiment.Positive : Sentiment.Neutral;
        var weights = reasons.Count;

        // Step 3
        var intents = Purposes.Of(said, strength, reasons);

        // Step 4
        var things = said.Find(said.Lexicon.Topics, Cue.Topic);
        var failures = (said.Any & (Cue.Failure | Cue.Fulfilled)) != Cue.None ? Failures.Of(said, things) : [];
        var aspects = things.Count > 0 || failures.Count > 0 ? Aspects.Of(said, things, failures, reasons[..weights], strength) : [];
        About(said, things, failures, reasons);

        // Step 5
        var mismatches = Mismatches.Of(said, things, failures, reasons[..weights], intents, strength);

        if (strength < 0.1 && mismatches.Count > 0 && mismatches[0].Sure >= Complains && !intents.Contains(Intent.Complaint))
        {
            intents.Remove(Intent.Other);
            intents.Insert(0, Intent.Complaint);
        }

        // Step 6
        var emotion = Feelings.Of(said, strength, reasons);
        var urgency = Feelings.Urgency(said, intents, strength, reasons);
        reasons.Sort((a, b) => a.Start != b.Start ? a.Start - b.Start : b.Length - a.Length);
        return new(language, sentiment, Math.Round(strength, 3), intents, aspects.ConvertAll(a => a.Attribute), reasons)
        {
            Aspects = aspects, Emotion = emotion, Urgency = urgency, Mismatches = mismatches,
        };
    }

    /// <summary>Who tells so surely of something that fell short complains, in however plain words.</summary>
    private const double Complains = 0.5;

    private static void About(Said said, List<Hit<string>> things, List<Failure> failures, List<Reason> reasons)
    {
        foreach (var thing in things)
        {
            if (!Topics.IsTopic(thing.Value) || failures.Exists(f => f.At <= thing.At && thing.End <= f.End)) continue;
            var span = said.Span(thing);
            reasons.Add(new(span.Start, span.Length, "topic", Topics.Name(thing.Value), 0));
        }

        foreach (var failure in failures)
        {
            var span = said.Span(failure.At, failure.End);
            reasons.Add(new(span.Start, span.Length, "failure", Topics.Name(failure.Attribute), 0));
        }
    }
}
