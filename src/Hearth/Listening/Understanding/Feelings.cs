namespace Hearth.Listening.Understanding;

/// <summary>Tells the feeling and how soon an answer is needed.</summary>
internal static class Feelings
{
    /// <summary>The feeling with the most words for it. A good feeling needs a text that is not bad, and the other way round: thanks are said in anger too.</summary>
    public static Emotion Of(Said said, double strength, List<Reason> reasons)
    {
        Span<double> sums = stackalloc double[8];
        var hits = said.Find(said.Lexicon.Emotions, Cue.Emotion);
        for (var i = 0; i < said.Count; i++)
        {
            // An emoji is a symbol, which is not asked of words' lists.
            if (said.Tokens[i].Kind == Text.TokenKind.Symbol && said.Lexicon.Emotions.Word(said.Tokens[i].Folded, out var face)) hits.Add(new(face, i, 1));
        }

        foreach (var hit in hits)
        {
            if (!Fits(hit.Value, strength) || said.IsTurned(hit.At, 2)) continue;
            sums[(int)hit.Value]++;
        }

        var best = Emotion.None;
        for (var e = 1; e < sums.Length; e++)
        {
            if (sums[e] > sums[(int)best]) best = (Emotion)e;
        }

        if (best == Emotion.Joy && sums[(int)Emotion.Gratitude] == sums[(int)Emotion.Joy]) best = Emotion.Gratitude; // thanks are said on purpose
        foreach (var hit in hits)
        {
            if (hit.Value != best || !Fits(best, strength) || said.IsTurned(hit.At, 2)) continue;
            var span = said.Span(hit);
            reasons.Add(new(span.Start, span.Length, "emotion", best.ToString().ToLowerInvariant(), 0));
        }

        return best;
    }

    /// <summary>0 to 1: the most urgent words, and a little for each other one, for a question and for a complaint.</summary>
    public static double Urgency(Said said, List<Intent> intents, double strength, List<Reason> reasons)
    {
        var calm = 1.0;
        foreach (var hit in said.Find(said.Lexicon.Urgency, Cue.Urgency))
        {
            // What happens today is urgent where something is asked or wrong.
            if (hit.Value < 0.8 && (strength >= 0.25 || !intents.Contains(Intent.Complaint) && !intents.Contains(Intent.Question))) continue;
            calm *= 1 - hit.Value * 0.75;
            var span = said.Span(hit);
            reasons.Add(new(span.Start, span.Length, "urgency", $"{hit.Value * 10:0} of 10", 0));
        }

        if (intents.Contains(Intent.Complaint)) calm *= 0.9;
        if (intents.Contains(Intent.Question)) calm *= 0.95;
        return Math.Round(1 - calm, 2);
    }

    private static bool Fits(Emotion emotion, double strength) => emotion switch
    {
        Emotion.Joy or Emotion.Gratitude => strength > 0.1,
        Emotion.Surprise => true,
        _ => strength < 0.2,
    };
}
