namespace Hearth.Listening.Understanding;

/// <summary>How far expectation and experience are apart, where both or the difference are amounts or days of the week.</summary>
internal static class Sizes
{
    public static MismatchSize? Of(Said said, (int From, int End)? expected, (int From, int End) delivered, List<Amount> amounts)
    {
        var wanted = expected is { } e ? First(amounts, e.From, e.End) : null;
        var came = Inside(amounts, delivered, expected) ?? Beside(said, amounts, delivered, expected);
        if (wanted is { } unit && came is null) came = Bare(said, delivered, unit.Unit);
        if (came is { } late && IsDifference(said, late)) return new(wanted is { } w && w.Unit == late.Unit ? w.Value : null, null, late.Value, late.Unit);
        if (wanted is { } want && came is { } got && Amounts.Alike(want, got) is { } both) return new(both.First, both.Second, Math.Abs(both.Second - both.First), both.Unit);
        if (expected is { } said1 && Day(said, said1.From, said1.End) is { } due && Day(said, said1.End, said.Count) is { } now && now != due) return new(null, null, (now - due + 7) % 7, "days");
        if (came is { } only) return new(null, only.Value, null, only.Unit);
        return wanted is { } promised ? new(promised.Value, null, null, promised.Unit) : null;
    }

    // "supposed to last 10 hours but only lasts 3"
    private static Amount? Bare(Said said, (int From, int End) delivered, string unit)
    {
        for (var i = delivered.From; i < delivered.End; i++)
        {
            var word = said.Tokens[i].Folded;
            if (word.Length <= 4 && word.All(char.IsAsciiDigit)) return new(decimal.Parse(word, System.Globalization.CultureInfo.InvariantCulture), unit, i, i + 1);
            if (said.May(i, Cue.Number) && said.Lexicon.Numbers.Match(said.Tokens, i, out var number) is > 0 and var length && number > 1) return new(number, unit, i, i + length);
        }

        return null;
    }

    private static Amount? First(List<Amount> amounts, int from, int end)
    {
        foreach (var amount in amounts)
        {
            if (amount.At >= from && amount.End <= end) return amount;
        }

        return null;
    }

    private static Amount? Inside(List<Amount> amounts, (int From, int End) delivered, (int From, int End)? expected)
    {
        foreach (var amount in amounts)
        {
            if (amount.At >= delivered.From && amount.End <= delivered.End && !(expected is { } e && amount.At >= e.From && amount.End <= e.End)) return amount;
        }

        return null;
    }

    // The nearest in the same sentence, outside of what was expected.
    private static Amount? Beside(Said said, List<Amount> amounts, (int From, int End) delivered, (int From, int End)? expected)
    {
        Amount? best = null;
        var least = int.MaxValue;
        foreach (var amount in amounts)
        {
            if (said.Sentence(amount.At) != said.Sentence(delivered.From) || expected is { } e && amount.At >= e.From && amount.End <= e.End) continue;
            var distance = Math.Min(Math.Abs(amount.At - delivered.End), Math.Abs(delivered.From - amount.End));
            if (distance < least && distance <= 8) (best, least) = (amount, distance);
        }

        return best;
    }

    // "two hours late", "a 3 hour delay", "delayed by 40 minutes"
    private static bool IsDifference(Said said, Amount amount)
    {
        for (var i = amount.End; i < Math.Min(amount.End + 2, said.Count); i++)
        {
            if (said.May(i, Cue.Late) && said.Lexicon.Late.Match(said.Tokens, i, out _) > 0 && said.Sentence(i) == said.Sentence(amount.At)) return true;
        }

        for (var i = amount.At - 1; i >= Math.Max(0, amount.At - 3) && said.Sentence(i) == said.Sentence(amount.At); i--)
        {
            if (said.May(i, Cue.Late) && said.Lexicon.Late.Match(said.Tokens, i, out _) > 0) return true;
        }

        return false;
    }

    private static int? Day(Said said, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            if (said.May(i, Cue.Day) && said.Lexicon.Days.Match(said.Tokens, i, out var day) > 0) return day;
        }

        return null;
    }
}
