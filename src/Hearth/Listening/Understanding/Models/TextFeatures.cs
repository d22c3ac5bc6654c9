using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// Turns a text into features. 1. Words in ones and twos, a run of the same letter cut to two, digits alike, names of accounts alike; a word that a negation reaches also counts as its
/// opposite. 2. Characters in twos to fives within a word and its edges, which carries endings, compounds and misspellings in any language. 3. What the lexicon says, as a few numbers
/// that mean the same in all languages. After Mohammad, Kiritchenko and Zhu, "NRC-Canada: Building the State-of-the-Art in Sentiment Analysis of Tweets", SemEval 2013.
/// </summary>
internal static class TextFeatures
{
    /// <summary>Numbers that the lexicon gives; see <see cref="Say"/>.</summary>
    public const int DenseCount = 32;

    private const int LongestGram = 5;
    private const int NegationReach = 4;
    private const int Bins = 10;

    public static void Of(string text, List<Token> tokens, Reading reading, FeatureList to)
    {
        to.Clear();
        Words(text, tokens, Lexicon.Of(reading.Language), to);
        foreach (var topic in reading.Topics) to.Add(Mix(Hash(topic) ^ Seed.Topic));
        to.EndWords();
        Characters(tokens, to);
        Say(text, tokens, reading, to.Dense);
    }

    /// <summary>What a plain linear model sees: words in ones and twos.</summary>
    public static void Plain(List<Token> tokens, FeatureList to)
    {
        to.Clear();
        var before = Seed.Start;
        foreach (var token in tokens)
        {
            var word = Hash(token.Folded) ^ (uint)token.Kind;
            to.Add(Mix(word));
            if (before != Seed.Start) to.Add(Mix(before * 31 + word));
            before = word;
        }

        to.EndWords();
    }

    private static void Words(string text, List<Token> tokens, Lexicon lexicon, FeatureList to)
    {
        var (before, last, reach, end) = (Seed.Start, -1, 0, 0);
        foreach (var token in tokens)
        {
            if (last >= 0 && token.Position > last + 1) before = Pair(Seed.Link, to, before); // a link took the place between
            var isBroken = Breaks(text, end, token.Start);
            if (isBroken) reach = 0;
            var word = token.Kind == TokenKind.Handle ? Seed.Handle : Hash(token.Folded);
            to.Add(Mix(word));
            if (reach > 0)
            {
                to.Add(Mix(word ^ Seed.Negated));
                reach--;
            }

            to.Add(Mix(before * 31 + word));
            if (token.Kind == TokenKind.Word && lexicon.Modifiers.Word(token.Folded, out var modifier)) reach = modifier == Modifier.Negate ? NegationReach : modifier == Modifier.But ? 0 : reach;
            (before, last, end) = (word, token.Position, token.Start + token.Length);
        }

        to.Add(Mix(before * 31 + Seed.End));
        foreach (var (start, length, _) in Symbols.Emoticons(text)) to.Add(Mix(Hash(text.AsSpan(start, length)) ^ Seed.Face));
    }

    private static uint Pair(uint word, FeatureList to, uint before)
    {
        to.Add(Mix(word));
        to.Add(Mix(before * 31 + word));
        return word;
    }

    // 2. The edges of a word are characters too: " un" is not the "un" of "fun".
    private static void Characters(List<Token> tokens, FeatureList to)
    {
        Span<char> word = stackalloc char[Tokens.MaxLength + 2];
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Handle or TokenKind.Symbol) continue;
            var length = 1;
            word[0] = ' ';
            foreach (var c in token.Folded)
            {
                if (length > 2 && c == word[length - 1] && c == word[length - 2]) continue;
                if (length > Tokens.MaxLength) break;
                word[length++] = char.IsAsciiDigit(c) ? '0' : c;
            }

            word[length++] = ' ';
            for (var from = 0; from + 1 < length; from++)
            {
                var hash = Seed.Characters + word[from];
                for (var i = from + 1; i < Math.Min(length, from + LongestGram); i++)
                {
                    hash = (hash + word[i]) * 0x9E3779B1;
                    to.Add(Mix(hash));
                }
            }
        }
    }

    // 3. Signs of how much was said for and against, how strongly, what was said last, and how it was said.
    private static void Say(string text, List<Token> tokens, Reading reading, float[] dense)
    {
        var (plus, minus, ups, downs, last, most, least) = (0.0, 0.0, 0, 0, 0.0, 0.0, 0.0);
        foreach (var reason in reading.Reasons)
        {
            if (reason.Says != "sentiment") continue;
            if (reason.Weight > 0) (plus, ups) = (plus + reason.Weight, ups + 1);
            else (minus, downs) = (minus - reason.Weight, downs + 1);
            (last, most, least) = (reason.Weight, Math.Max(most, reason.Weight), Math.Min(least, reason.Weight));
        }

        var shouted = 0;
        foreach (var token in tokens)
        {
            if (token.Kind == TokenKind.Word && token.Length > 2 && IsUpper(text.AsSpan(token.Start, token.Length))) shouted++;
        }

        dense[0] = (float)reading.Strength;
        dense[1] = (float)Math.Log(1 + plus);
        dense[2] = (float)Math.Log(1 + minus);
        dense[3] = MathF.Min(4, ups) / 4;
        dense[4] = MathF.Min(4, downs) / 4;
        dense[5] = (float)Math.Clamp(last / 4, -1, 1);
        dense[6] = (float)Math.Min(1, most / 4);
        dense[7] = (float)Math.Max(-1, least / 4);
        dense[8] = MathF.Min(3, text.Count('!')) / 3;
        dense[9] = MathF.Min(3, text.Count('?')) / 3;
        dense[10] = MathF.Min(4, shouted) / 4;
        dense[11] = ups > 0 && downs > 0 ? 1 : 0;
        dense[12] = MathF.Min(1, tokens.Count / 40f);
        foreach (var intent in reading.Intents)
        {
            if ((int)intent < 8) dense[13 + (int)intent] = 1;
        }

        dense[21 + Math.Clamp((int)((reading.Strength + 1) / 2 * Bins), 0, Bins - 1)] = 1;
        dense[31] = ups + downs == 0 ? 1 : 0;
    }

    private static bool Breaks(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text[i] is '.' or '!' or '?' or ';' or ':' or ',' or '\n') return true;
        }

        return false;
    }

    private static bool IsUpper(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsUpper(c)) return false;
        }

        return true;
    }

    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = Seed.Word;
        var (one, two) = ('\0', '\0');
        foreach (var c in word)
        {
            if (c == one && c == two) continue;
            hash = (hash ^ (char.IsAsciiDigit(c) ? '0' : c)) * 0x01000193;
            (two, one) = (one, c);
        }

        return hash;
    }

    // Spreads a hash over all its bits (murmur3's finaliser), since buckets are taken from the top.
    private static uint Mix(uint hash)
    {
        hash = (hash ^ hash >> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >> 13) * 0xC2B2AE35;
        return hash ^ hash >> 16;
    }

    private static class Seed
    {
        public const uint Word = 0x811C9DC5;
        public const uint Start = 0x1B873593;
        public const uint End = 0xCC9E2D51;
        public const uint Handle = 0x38B34AE5;
        public const uint Link = 0xA1E38B93;
        public const uint Negated = 0x7FEB352D;
        public const uint Topic = 0x5BD1E995;
        public const uint Face = 0x846CA68B;
        public const uint Characters = 0xE6546B64;
    }
}
