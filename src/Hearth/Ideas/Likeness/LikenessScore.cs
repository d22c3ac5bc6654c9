namespace Hearth.Ideas.Likeness;

/// <summary>How alike a title is to what was typed.</summary>
/// <param name="Rank">What results are sorted by, highest first. It has no unit.</param>
/// <param name="Covered">Which part of the weight of the words asked for the title holds. 0 to 1.</param>
internal readonly record struct Alikeness(double Rank, double Covered);

/// <summary>
/// Scores titles against one text: a weighted sum of how much of the text's words and of its three-letter runs a title holds, and of the cosines of both, each weighted by how
/// rare it is, once more over as much of the title as was typed; longer titles come a little lower. The runs forgive misspelling and compounds, the words bring meaning.
/// </summary>
/// <remarks>
/// The weights were chosen on the training half of question pairs (docs/accuracy.md), which is looked at half typed, three quarters typed and whole, and rounded. Neither
/// the pairs nor words from them are kept. One text is scored by one thread.
/// </remarks>
internal sealed class LikenessScore
{
    private const double GramCosine = 1, StartCosine = 2, WordCosine = 3, WordsHeld = 4, GramsHeld = 6, Longer = -0.7;

    /// <summary>The start of a title is as long as what was typed, and this part of it more.</summary>
    private const double Start = 1.3;

    /// <summary>What a begun word is worth beside a whole one.</summary>
    private const double BegunShare = 0.7;

    private readonly TitleStatistics _board;
    private readonly Dictionary<string, double> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<long, double> _grams = [];
    private readonly (string Word, string Stem)? _begun;
    private readonly double _wordSum, _wordNorm, _gramSum, _gramNorm;

    public LikenessScore(TitleWords asked, TitleStatistics board)
    {
        _board = board;
        foreach (var stem in asked.Stems) _words[stem] = board.WeightOf(stem);
        foreach (var gram in asked.Grams) _grams[gram] = board.WeightOf(gram);
        if (asked.Begun is { Length: >= 2 } begun && asked.Stems.Count > 0) _begun = (begun, asked.Stems[^1]);
        (_wordSum, _wordNorm) = (_words.Values.Sum(), Norm(_words.Values));
        (_gramSum, _gramNorm) = (_grams.Values.Sum(), Norm(_grams.Values));
    }

    public Alikeness Of(TitleWords title)
    {
        if (_words.Count == 0 || _grams.Count == 0 || title.Stems.Count == 0) return default;
        double dot = 0, held = 0, norm = 0;
        foreach (var stem in title.Stems.Distinct(StringComparer.Ordinal))
        {
            var weight = _words.TryGetValue(stem, out var known) ? known : _board.WeightOf(stem);
            norm += weight * weight;
            if (!_words.ContainsKey(stem)) continue;
            dot += weight * weight;
            held += weight;
        }

        if (_begun is var (word, asked) && !title.Stems.Contains(asked, StringComparer.Ordinal) &&
            title.Stems.FirstOrDefault(s => s.StartsWith(word, StringComparison.Ordinal)) is { } meant)
        {
            dot += BegunShare * _board.WeightOf(meant) * _board.WeightOf(meant);
            held += BegunShare * _words[asked];
        }

        double gramDot = 0, gramsHeld = 0, gramNorm = 0, startDot = 0, startNorm = 0;
        var start = Start * _grams.Count;
        foreach (var gram in title.Grams)
        {
            var isAsked = _grams.TryGetValue(gram, out var weight);
            if (!isAsked) weight = _board.WeightOf(gram);
            gramNorm += weight * weight;
            if (isAsked)
            {
                gramDot += weight * weight;
                gramsHeld += weight;
            }

            if (start-- > 0) (startDot, startNorm) = (gramDot, gramNorm);
        }

        var rank = GramCosine * gramDot / (_gramNorm * Math.Sqrt(gramNorm)) + StartCosine * startDot / (_gramNorm * Math.Sqrt(startNorm)) + WordCosine * dot / (_wordNorm * Math.Sqrt(norm)) +
            WordsHeld * held / _wordSum + GramsHeld * gramsHeld / _gramSum + Longer * Math.Log(1 + title.Grams.Count);
        return new(rank, held / _wordSum);
    }

    private static double Norm(IEnumerable<double> weights) => Math.Sqrt(weights.Sum(w => w * w));
}
