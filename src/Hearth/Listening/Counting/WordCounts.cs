using Hearth.Listening.Understanding;

namespace Hearth.Listening.Counting;

/// <summary>In how many mentions each word stands, by language.</summary>
internal sealed class WordCounts
{
    private readonly Dictionary<string, Vocabulary> _byLanguage = new(StringComparer.Ordinal);

    /// <summary>Adds the words of one mention, each once.</summary>
    /// <param name="language">Of the mention; its grammar words are left out.</param>
    /// <param name="words">As <see cref="MentionSearch"/> keeps them.</param>
    public void Add(string language, string words)
    {
        if (!_byLanguage.TryGetValue(language, out var vocabulary)) _byLanguage[language] = vocabulary = new(language);
        vocabulary.Add(words);
    }

    /// <summary>The words that tell these mentions from others: by log-likelihood against a background (Rayson and Garside, "Comparing corpora using frequency profiling", 2000).</summary>
    /// <param name="background">What is usual; null ranks by the number of mentions alone.</param>
    /// <param name="most">At most so many.</param>
    public List<TopWord> Top(WordCounts? background, int most)
    {
        var words = new Dictionary<string, TopWord>(StringComparer.Ordinal);
        foreach (var (language, here) in _byLanguage)
        {
            var usual = background is null ? null : background._byLanguage.GetValueOrDefault(language) ?? new(language);
            foreach (var (word, count) in here.Counts())
            {
                var score = usual is null ? 0 : LogLikelihood(count, here.Mentions, usual.Count(word), usual.Mentions);
                words[word] = words.TryGetValue(word, out var same) ? same with { Mentions = same.Mentions + count, Score = Math.Max(same.Score, score) } : new(word, count, score);
            }
        }

        var least = Math.Min(3, words.Count == 0 ? 0 : words.Values.Max(w => w.Mentions));
        var ranked = background is null
            ? words.Values.OrderByDescending(w => w.Mentions)
            : words.Values.Where(w => w.Score > 3.84 && w.Mentions >= least).OrderByDescending(w => w.Score); // 3.84: one chance in twenty that it is chance (chi-square, one degree of freedom)
        return [.. ranked.ThenBy(w => w.Word, StringComparer.Ordinal).Take(most).Select(w => w with { Score = Math.Round(w.Score, 1) })];
    }

    /// <summary>Twice the logarithm of how much likelier two rates are than one; 0 when the word is no more usual here than elsewhere.</summary>
    internal static double LogLikelihood(double here, double allHere, double there, double allThere)
    {
        if (allHere == 0 || allThere == 0 || here / allHere <= there / allThere) return 0;
        var rate = (here + there) / (allHere + allThere);
        return 2 * (here * Math.Log(here / (allHere * rate)) + (there == 0 ? 0 : there * Math.Log(there / (allThere * rate))));
    }

    private sealed class Vocabulary
    {
        private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
        private readonly List<(int Count, int Last)> _counts = [];
        private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>>[] _stop;

        public Vocabulary(string language)
        {
            _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
            // Who cannot tell the language leaves out the grammar words of all that are known.
            var languages = Lexicon.Languages.Contains(language) ? [language] : Lexicon.Languages;
            _stop = [.. languages.Select(l => Lexicon.Of(l).Stop.GetAlternateLookup<ReadOnlySpan<char>>())];
        }

        public int Mentions { get; private set; }

        public void Add(string words)
        {
            Mentions++;
            foreach (var range in words.AsSpan().Split(' '))
            {
                var word = words.AsSpan(range);
                if (!IsTelling(word)) continue;
                if (!_lookup.TryGetValue(word, out var id))
                {
                    _ids[word.ToString()] = id = _counts.Count;
                    _counts.Add(default);
                }

                if (_counts[id].Last != Mentions) _counts[id] = (_counts[id].Count + 1, Mentions);
            }
        }

        public int Count(string word) => _ids.TryGetValue(word, out var id) ? _counts[id].Count : 0;

        public IEnumerable<(string Word, int Count)> Counts() => _ids.Select(w => (w.Key, _counts[w.Value].Count));

        // A word of three letters at least; no tag, handle, link or number.
        private bool IsTelling(ReadOnlySpan<char> word)
        {
            if (word.Length < 3 || !char.IsLetter(word[0])) return false;
            foreach (var stop in _stop)
            {
                if (stop.Contains(word)) return false;
            }

            return true;
        }
    }
}
