namespace Hearth.Ideas.Likeness;

/// <summary>
/// The yardstick: BM25 over lower-case runs of letters and digits, nothing left out or stemmed, k₁ = 1.2, b = 0.75. S. Robertson and H. Zaragoza, The probabilistic relevance
/// framework: BM25 and beyond, 2009; the inverse document frequency as in Lucene, which is never negative.
/// </summary>
internal sealed class PlainBm25
{
    private const double K1 = 1.2, B = 0.75;

    private readonly Dictionary<string, List<(int Text, int Times)>> _postings = new(StringComparer.Ordinal);
    private readonly int[] _lengths;
    private readonly double _length;

    public PlainBm25(IReadOnlyList<string> texts)
    {
        _lengths = new int[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            var words = Words(texts[i]);
            _lengths[i] = words.Count;
            foreach (var group in words.GroupBy(w => w, StringComparer.Ordinal))
            {
                if (!_postings.TryGetValue(group.Key, out var postings)) _postings[group.Key] = postings = [];
                postings.Add((i, group.Count()));
            }
        }

        _length = _lengths.Length == 0 ? 1 : _lengths.Average();
    }

    /// <summary>The texts with a word of the question, best first, at most so many.</summary>
    public IEnumerable<int> Ranked(string question, int most)
    {
        var scores = new Dictionary<int, double>();
        foreach (var word in Words(question).Distinct(StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(word, out var postings)) continue;
            var rare = Math.Log(1 + (_lengths.Length - postings.Count + 0.5) / (postings.Count + 0.5));
            foreach (var (text, times) in postings)
            {
                scores[text] = scores.GetValueOrDefault(text) + rare * times * (K1 + 1) / (times + K1 * (1 - B + B * _lengths[text] / _length));
            }
        }

        return scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(most).Select(s => s.Key);
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        text = text.ToLowerInvariant();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i])) i++;
            if (i > start) words.Add(text[start..i]);
            else i++;
        }

        return words;
    }
}
