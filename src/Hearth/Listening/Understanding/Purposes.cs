namespace Hearth.Listening.Understanding;

/// <summary>Finds what a text is for; several at once, in the order of <see cref="Intent"/>.</summary>
internal static class Purposes
{
    public static List<Intent> Of(Said said, double strength, List<Reason> reasons)
    {
        var intents = new List<Intent>(3);
        if (strength < 0.1 && Find(Intent.Complaint) || strength <= -0.35) intents.Add(Intent.Complaint);
        if (Asks(said, reasons)) intents.Add(Intent.Question);
        if (strength >= 0.3 && Find(Intent.Praise) || strength >= 0.65) intents.Add(Intent.Praise);
        if (Find(Intent.Idea)) intents.Add(Intent.Idea);
        if (strength > -0.5 && Find(Intent.Purchase)) intents.Add(Intent.Purchase);
        if (Find(Intent.Claim)) intents.Add(Intent.Claim);
        if (IsSpam(said, reasons)) intents.Add(Intent.Spam);
        if (intents.Count == 0) intents.Add(Intent.Other);
        return intents;

        bool Find(Intent intent) => Because(said, intent, reasons) > 0;
    }

    private static Cue CueOf(Intent intent) => (Cue)((int)Cue.Intent << (int)intent);

    private static int Because(Said said, Intent intent, List<Reason> reasons)
    {
        var hits = said.Find(said.Lexicon.Intents[intent], CueOf(intent));
        foreach (var hit in hits)
        {
            var span = said.Span(hit);
            reasons.Add(new(span.Start, span.Length, Word(intent), Word(intent), 0));
        }

        return hits.Count;
    }

    // A question mark asks; so does a question word that opens the post, since many leave the mark out.
    private static bool Asks(Said said, List<Reason> reasons)
    {
        var text = said.Text;
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        while (mark >= 0 && mark + 1 < text.Length && char.IsLetterOrDigit(text[mark + 1])) mark = text.IndexOf('?', mark + 1); // "page?id=1"
        if (mark >= 0)
        {
            reasons.Add(new(mark, 1, "question", "a question mark", 0));
            return true;
        }

        var first = said.Tokens.FindIndex(t => t.Kind is Text.TokenKind.Word);
        if (first < 0 || !said.May(first, CueOf(Intent.Question)) || said.Lexicon.Intents[Intent.Question].Match(said.Tokens, first, out _) is not (> 0 and var length)) return false;
        var span = said.Span(first, first + length);
        reasons.Add(new(span.Start, span.Length, "question", "question", 0));
        return true;
    }

    // One phrase may be a customer's ("use code SPRING does not work"); two, or one with a link or many tags, are no customer's.
    private static bool IsSpam(Said said, List<Reason> reasons)
    {
        if (!said.Any.HasFlag(CueOf(Intent.Spam))) return false;
        var first = reasons.Count;
        var score = 2 * Because(said, Intent.Spam, reasons);
        if (score == 0) return false;
        if (Text.Tokens.Links(said.Text).Count > 0) score += 2;
        var tags = said.Tokens.Count(t => t.Kind == Text.TokenKind.Tag);
        score += tags >= 4 ? 2 : tags >= 2 ? 1 : 0;
        if (said.Text.Contains('$', StringComparison.Ordinal) || said.Text.Contains('€', StringComparison.Ordinal)) score++;
        if (score >= 3) return true;
        reasons.RemoveRange(first, reasons.Count - first);
        return false;
    }

    private static string Word(Intent intent) => intent.ToString().ToLowerInvariant();
}
