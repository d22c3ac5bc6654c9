namespace Hearth.Listening.Understanding;

/// <summary>A place where a text tells what was expected, and where it does, what came instead.</summary>
/// <param name="Kind">How the expectation arose.</param>
/// <param name="At">The first token of the words that introduce it.</param>
/// <param name="From">The first token of what was expected.</param>
/// <param name="End">The token behind its last.</param>
/// <param name="Delivered">What was experienced, from a token to before another; null when the text does not say it there.</param>
/// <param name="Turns">True when a "but" stands between the two.</param>
internal readonly record struct Frame(Expectation Kind, int At, int From, int End, (int From, int End)? Delivered, bool Turns);

/// <summary>Finds expectations that are spoken out: "was promised Tuesday, and it is Friday", "ordered blue but got red", "instead of two days it took nine".</summary>
internal static class Frames
{
    private const int Longest = 12;

    // Expecting these says that something fell short, and not what.
    private static readonly HashSet<string> Vague = new(["better", "more", "less", "this", "that", "it", "so", "nothing", "besser", "besseres", "mehr", "das", "mejor", "mas", "eso", "mieux", "plus", "ca", "melhor", "mais", "isso"], StringComparer.Ordinal);

    public static List<Frame> Of(Said said)
    {
        var found = new List<Frame>();
        var turns = said.Find(said.Lexicon.Delivered, Cue.Delivered);
        foreach (var cue in said.Find(said.Lexicon.Expected, Cue.Expected))
        {
            if (found.Count > 0 && cue.At < found[^1].End) continue; // "was told it should be": one expectation
            if (said.IsTurned(cue.At, 2)) continue; // "nobody told us"
            if (Read(said, cue, turns) is { } frame) found.Add(frame);
        }

        return found;
    }

    private static Frame? Read(Said said, Hit<Expectation> cue, List<Hit<bool>> deliveries)
    {
        var sentenceEnd = said.EndOfSentence(cue.At);
        var end = Math.Min(sentenceEnd, cue.End + Longest);
        if (end <= cue.End) return null;
        var turn = deliveries.FindIndex(d => d.At > cue.End && d.At < sentenceEnd && d.Value);
        var cut = Cut(said, cue.End, end);
        if (turn >= 0 && deliveries[turn].At < end && deliveries[turn].At <= cut) cut = deliveries[turn].At;
        end = cut;
        if (end - cue.End <= 2 && Vague.Contains(said.Tokens[cue.End].Folded)) return null; // "expected better"
        if (cue.Value == Expectation.Instead)
        {
            var start = Math.Max(said.StartOfSentence(cue.At), cue.At - Longest);
            if (cue.At - start < 2 && deliveries.FindIndex(d => d.At > cue.End && d.At < end) is >= 0 and var came) end = deliveries[came].At; // "instead of two days it took nine"
            (int From, int End)? before = cue.At - start >= 2 ? (start, cue.At) : end < sentenceEnd ? (end, Math.Min(sentenceEnd, end + Longest)) : null;
            return new(cue.Value, cue.At, cue.End, end, before, true);
        }

        if (turn >= 0)
        {
            var from = deliveries[turn].End;
            if (from < sentenceEnd) return new(cue.Value, cue.At, cue.End, end, (from, Math.Min(sentenceEnd, from + Longest)), true);
        }

        // Behind a comma or in the next sentence, where words of experience stand.
        var next = end < sentenceEnd ? end : sentenceEnd;
        if (next < said.Count)
        {
            var until = Math.Min(said.EndOfSentence(next), next + Longest);
            if (deliveries.FindIndex(d => d.At >= next && d.At < until) >= 0) return new(cue.Value, cue.At, cue.End, end, (next, until), false);
        }

        return cue.Value == Expectation.Paid ? null : new(cue.Value, cue.At, cue.End, end, null, false);
    }

    // A comma or dash behind at least two words ends what was expected.
    private static int Cut(Said said, int from, int end)
    {
        for (var i = from + 1; i < end; i++)
        {
            if (said.Before(i) is var between && (between.Contains(',') || between.Contains(" -", StringComparison.Ordinal) || between.Contains('–') || between.Contains('—'))) return i;
        }

        return end;
    }
}
