using System.Globalization;
using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>
/// Adds up what a text's words weigh. The rules are those that people agree on: "not" turns a word around, though not wholly; "very" and capitals add;
/// what follows "but" counts more than what came before; exclamation marks add to what is there. After Hutto and Gilbert, "VADER", ICWSM 2014, with our own words and figures.
/// </summary>
internal static class WeighSentiment
{
    private const double Turned = -0.7;
    private const double More = 1.3;
    private const double Less = 0.7;
    private const double BeforeBut = 0.6;
    private const double AfterBut = 1.4;

    /// <summary>How far back a negation reaches, in words of the same sentence.</summary>
    private const int Reach = 3;

    /// <summary>Returns -1 to 1 and adds the deciding words to <paramref name="reasons"/>.</summary>
    public static double Of(Said said, List<Reason> reasons)
    {
        var (text, tokens, lexicon) = (said.Text, said.Tokens, said.Lexicon);
        var isShouted = IsShouted(text);
        var first = reasons.Count;
        var but = -1;
        for (var i = 0; i < tokens.Count;)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Handle)
            {
                i++;
                continue;
            }

            if (token.Kind == TokenKind.Symbol)
            {
                if (Symbols.Weight(token.Folded, out var emoji)) reasons.Add(new(token.Start, token.Length, "sentiment", "emoji", emoji * 0.8));
                i++;
                continue;
            }

            if (!said.May(i, Cue.Weight | Cue.Modifier))
            {
                i++;
                continue;
            }

            var length = 0;
            var weight = 0;
            if (said.May(i, Cue.Weight) && (length = lexicon.Weights.Match(tokens, i, out weight)) == 0 && lexicon.Stems.TryGetValue(token.Folded, out weight)) length = 1;
            if (length > 0)
            {
                reasons.Add(Weigh(said, i, length, weight, isShouted));
                i += length;
                continue;
            }

            if (lexicon.Modifiers.Word(token.Folded, out var modifier) && modifier == Modifier.But) but = token.Start;
            i++;
        }

        foreach (var (start, length, weight) in Symbols.Emoticons(text)) reasons.Add(new(start, length, "sentiment", "emoticon", weight * 0.8));
        var sum = 0.0;
        for (var i = first; i < reasons.Count; i++) sum += reasons[i].Weight * (but < 0 ? 1 : reasons[i].Start < but ? BeforeBut : AfterBut);
        sum *= 1 + 0.06 * Math.Min(4, text.Count('!'));
        return sum / Math.Sqrt(sum * sum + 12);
    }

    private static Reason Weigh(Said said, int at, int length, int weight, bool isShouted)
    {
        var (text, tokens, lexicon) = (said.Text, said.Tokens, said.Lexicon);
        var end = tokens[at + length - 1].Start + tokens[at + length - 1].Length;
        var (factor, why) = (1.0, "");
        for (var back = 1; back <= Reach && at - back >= 0; back++)
        {
            var before = tokens[at - back];
            var next = tokens[at - back + 1];
            if (before.Kind is TokenKind.Handle or TokenKind.Symbol || EndsSentence(text, before.Start + before.Length, next.Start)) break;
            if (!said.May(at - back, Cue.Modifier) || !lexicon.Modifiers.Word(before.Folded, out var modifier)) continue;
            var word = text.Substring(before.Start, before.Length);
            if (modifier == Modifier.Negate)
            {
                factor *= Turned;
                why += $", turned by '{word}'";
                break;
            }

            if (back > 2 || modifier == Modifier.But) continue;
            factor *= modifier == Modifier.More ? More : Less;
            why += modifier == Modifier.More ? $", stressed by '{word}'" : $", softened by '{word}'";
        }

        if (!isShouted && end - tokens[at].Start > 2 && IsShouted(text.AsSpan(tokens[at].Start, end - tokens[at].Start)))
        {
            factor *= More;
            why += ", in capitals";
        }

        return new(tokens[at].Start, end - tokens[at].Start, "sentiment", $"{weight.ToString("+0;-0", CultureInfo.InvariantCulture)}{why}", Math.Round(weight * factor, 2));
    }

    private static bool EndsSentence(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text[i] is '.' or '!' or '?' or ';' or ':' or '\n' or ',') return true;
        }

        return false;
    }

    private static bool IsShouted(ReadOnlySpan<char> text)
    {
        var (upper, lower) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsUpper(c)) upper++;
            else if (char.IsLower(c)) lower++;
        }

        return upper > 2 && upper > lower * 3;
    }
}
