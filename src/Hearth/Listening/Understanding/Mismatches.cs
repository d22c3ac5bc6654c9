namespace Hearth.Listening.Understanding;

/// <summary>
/// Puts together what fell short: 1. each failure, and each attribute that is judged badly, is one; 2. how the text as a whole speaks makes it surer or less
/// sure; 3. an expectation that is spoken out joins the one nearest to it, or makes one; 4. amounts give the size.
/// </summary>
internal static class Mismatches
{
    /// <summary>What is less sure is not kept.</summary>
    private const double Least = 0.3;

    private const int Most = 4;

    public static List<Mismatch> Of(Said said, List<Hit<string>> things, List<Failure> failures, List<Reason> reasons, List<Intent> intents, double strength)
    {
        var frames = said.Any.HasFlag(Cue.Expected) && !intents.Contains(Intent.Idea) ? Frames.Of(said) : [];
        if (failures.Count == 0 && frames.Count == 0 && strength > -0.2) return [];

        // Step 1
        var drafts = new List<Draft>();
        foreach (var failure in failures) Join(drafts, new(failure.Attribute, failure.At, failure.End, failure.From, failure.Until, failure.Sure * Doubt(said, failure.At)));
        if (strength <= -0.2)
        {
            foreach (var thing in things)
            {
                if (!Topics.IsTopic(thing.Value) || drafts.Exists(d => d.Attribute == thing.Value || d.From <= thing.At && thing.End <= d.Until)) continue;
                if (Aspects.Around(said, thing, reasons) is var weight and <= -1.2) Join(drafts, new(thing.Value, thing.At, thing.End, thing.At, thing.End, Math.Min(0.42, 0.28 - weight * 0.03) * Doubt(said, thing.At)));
            }
        }

        // Step 2
        var mood = strength >= 0.5 ? 0.45 : strength >= 0.25 ? 0.7 : 1;
        for (var i = 0; i < drafts.Count; i++) drafts[i] = drafts[i] with { Sure = Surer(drafts[i].Sure * mood, intents.Contains(Intent.Complaint) && strength < 0 ? 0.12 : 0) };

        // Step 3
        foreach (var frame in frames)
        {
            // "bought it two weeks ago" expects nothing
            if (frame.Kind != Expectation.Paid || !Amounts.Of(said).Exists(a => a.At >= frame.From && a.End <= frame.End && Amounts.IsTime(a.Unit))) Meet(drafts, said, frame, things, strength);
        }

        // Step 4
        var amounts = drafts.Count > 0 ? Amounts.Of(said) : [];
        drafts.Sort((a, b) => a.Sure != b.Sure ? b.Sure.CompareTo(a.Sure) : a.At.CompareTo(b.At));
        var found = new List<Mismatch>();
        foreach (var draft in drafts)
        {
            if (found.Count == Most) break;
            if (Finish(said, draft, amounts.FindAll(a => Owner(said, a, drafts) == draft)) is { Sure: >= Least } mismatch) found.Add(mismatch);
        }

        found.Sort((a, b) => b.Sure.CompareTo(a.Sure));
        return found;
    }

    // An amount belongs to what stands nearest to it; to the surest where several are as near.
    private static Draft? Owner(Said said, Amount amount, List<Draft> drafts)
    {
        Draft? owner = null;
        var least = int.MaxValue;
        foreach (var draft in drafts)
        {
            var apart = Apart(said, amount, draft.At, draft.End);
            if (draft.Expected is { } e) apart = Math.Min(apart, Apart(said, amount, e.From, e.End));
            if (draft.Delivered is { } d) apart = Math.Min(apart, Apart(said, amount, d.From, d.End));
            if (apart < least) (owner, least) = (draft, apart);
        }

        return owner;
    }

    private static int Apart(Said said, Amount amount, int from, int end) => amount.At >= from && amount.End <= end ? 0
        : Math.Abs(said.Sentence(amount.At) - said.Sentence(from)) * 100 + (amount.At >= end ? amount.At - end : Math.Max(0, from - amount.End)) + 1;

    // What is asked, hoped or feared has not happened.
    private static double Doubt(Said said, int at)
    {
        var start = said.StartOfSentence(at);
        var end = said.EndOfSentence(at);
        var last = said.Tokens[end - 1].Start + said.Tokens[end - 1].Length;
        var asks = last < said.Text.Length && said.Text.AsSpan(last, Math.Min(3, said.Text.Length - last)).Contains('?');
        if (asks && said.Tokens[start].Folded is "is" or "are" or "will" or "does" or "do" or "any" or "can" or "was" or "ist" or "sind" or "wird" or "est" or "hay") return 0.6;
        for (var i = Math.Max(start, at - 6); i < at; i++)
        {
            if (said.Tokens[i].Folded is "if" or "hope" or "hopefully" or "hoping" or "might" or "unless" or "avoid" or "wenn" or "falls" or "hoffe" or "hoffentlich" or "espero" or "si" or "jespere" or "se" or "tomara") return 0.5;
        }

        return 1;
    }

    private static void Join(List<Draft> drafts, Draft draft)
    {
        var known = drafts.FindIndex(d => d.Attribute == draft.Attribute);
        if (known < 0) drafts.Add(draft);
        else drafts[known] = (drafts[known].Sure >= draft.Sure ? drafts[known] : draft) with { Sure = Math.Min(0.85, Surer(Math.Max(drafts[known].Sure, draft.Sure), Math.Min(drafts[known].Sure, draft.Sure) * 0.3)) };
    }

    private static void Meet(List<Draft> drafts, Said said, Frame frame, List<Hit<string>> things, double strength)
    {
        var evidence = frame.Kind switch { Expectation.Promised => 0.5, Expectation.Due => 0.4, Expectation.Instead => 0.35, _ => 0.3 };
        var best = -1;
        for (var i = 0; i < drafts.Count; i++)
        {
            if (best < 0 || Distance(said, frame, drafts[i]) < Distance(said, frame, drafts[best])) best = i;
        }

        if (best >= 0 && drafts[best].Expected is null)
        {
            drafts[best] = drafts[best] with { Expected = (frame.From, frame.End), Delivered = frame.Delivered, Sure = Surer(drafts[best].Sure, evidence) };
            return;
        }

        // Nothing failed in so many words: that something else came than was expected says enough.
        if (best >= 0 || frame.Delivered is not { } delivered || strength > 0.3 || !frame.Turns && strength > -0.1) return;
        var end = Math.Max(delivered.End, frame.End);
        var named = things.FindIndex(t => Topics.IsTopic(t.Value) && t.Value != "advertising" && said.Sentence(t.At) >= said.Sentence(frame.At) && t.At < end);
        var attribute = named >= 0 ? things[named].Value : Thing(said, frame, things);
        if (attribute is null) return;
        var (at, until) = named >= 0 ? (things[named].At, things[named].End) : (frame.At, frame.From);
        drafts.Add(new(attribute, at, until, at, until, frame.Turns ? evidence + 0.1 : evidence) { Expected = (frame.From, frame.End), Delivered = delivered });
    }

    private static string? Thing(Said said, Frame frame, List<Hit<string>> things)
    {
        if (things.Exists(t => t.Value == "~flight")) return "delay";
        if ((things.Exists(t => t.Value == "~order") || said.Find(said.Lexicon.Fulfilled, Cue.Fulfilled).Exists(f => f.Value == "late")) && Amounts.Of(said).Exists(a => Amounts.IsTime(a.Unit))) return "delivery-time";
        return frame.Kind == Expectation.Promised ? "advertising" : frame.Kind == Expectation.Paid ? "quality" : null;
    }

    private static int Distance(Said said, Frame frame, Draft draft) =>
        Math.Abs(said.Sentence(draft.At) - said.Sentence(frame.At)) * 100 + (draft.At >= frame.End ? draft.At - frame.End : Math.Max(0, frame.At - draft.End));

    private static Mismatch Finish(Said said, Draft draft, List<Amount> amounts)
    {
        var delivered = draft.Delivered ?? Around(said, draft, amounts);
        var size = Sizes.Of(said, draft.Expected, delivered, amounts);
        var sure = size is null ? draft.Sure : Surer(draft.Sure, 0.15);
        return new(draft.Attribute, draft.Expected is { } e ? said.Span(e.From, e.End) : null, said.Span(delivered.From, delivered.End), size, null, Math.Round(Math.Min(0.97, sure), 2), said.Span(draft.At, draft.End));
    }

    // The failure with the thing that failed, and with an amount beside them.
    private static (int From, int End) Around(Said said, Draft draft, List<Amount> amounts)
    {
        var (from, end) = draft.Until - draft.From <= 14 ? (draft.From, draft.Until) : (draft.At, draft.End);
        foreach (var amount in amounts)
        {
            if (said.Sentence(amount.At) != said.Sentence(draft.At)) continue;
            if (amount.End <= from && from - amount.End <= 4 || amount.At >= end && amount.At - end <= 4) (from, end) = (Math.Min(from, amount.At), Math.Max(end, amount.End));
        }

        return (from, end);
    }

    private static double Surer(double sure, double evidence) => 1 - (1 - sure) * (1 - evidence);

    private sealed record Draft(string Attribute, int At, int End, int From, int Until, double Sure)
    {
        public (int From, int End)? Expected { get; init; }

        public (int From, int End)? Delivered { get; init; }
    }
}
