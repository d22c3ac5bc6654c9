using Hearth.Platform;

namespace Hearth.Ideas.Likeness;

/// <summary>How rare each word and each run of three characters is in the titles of a board. Never changes.</summary>
internal sealed class TitleStatistics
{
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _raw = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _grams = [];
    private readonly int _titles;
    private readonly string[] _words;

    /// <summary>Reads titles: all of a board, or a fair part of them.</summary>
    /// <param name="titles">The titles.</param>
    /// <param name="board">How many ideas the board has; at least as many as titles.</param>
    /// <param name="kept">What full-text search keeps of some ideas, taken as fairly.</param>
    public TitleStatistics(IEnumerable<string> titles, long board, IEnumerable<string>? kept = null)
    {
        _words = [.. (kept ?? []).Select(w => $" {w} ")];
        foreach (var title in titles)
        {
            _titles++;
            var words = LikeWords.Of(title);
            foreach (var stem in words.Stems.Distinct(StringComparer.Ordinal)) _stems[stem] = _stems.GetValueOrDefault(stem) + 1;
            foreach (var word in LikeWords.Folded(title).Distinct(StringComparer.Ordinal)) _raw[word] = _raw.GetValueOrDefault(word) + 1;
            foreach (var gram in words.Grams) _grams[gram] = _grams.GetValueOrDefault(gram) + 1;
        }

        Board = Math.Max(board, _titles);
    }

    public static TitleStatistics None { get; } = new([], 0);

    /// <summary>How many ideas the board has, about.</summary>
    public long Board { get; }

    /// <summary>How many titles of the board hold the word, about; half a title of those that were read when none of them does.</summary>
    public double TitlesWith(string stem) => _titles == 0 ? 0 : Math.Max(_stems.GetValueOrDefault(stem), 0.5) / _titles * Board;

    /// <summary>How many titles of the board hold a word that begins so, about.</summary>
    public double TitlesWithBegun(string begun) =>
        _titles == 0 ? 0 : (0.5 + _stems.Where(s => s.Key.StartsWith(begun, StringComparison.Ordinal)).Sum(s => s.Value)) / _titles * Board;

    /// <summary>Which part of the ideas holds all of the words in title or body, about; the last one may be only begun. 0 to 1.</summary>
    public double Holding(IReadOnlyList<AskedWord> asked)
    {
        if (_words.Length == 0) return 0;
        string[] parts = [.. asked.Select(a => a.IsBegun ? $" {a.Word}" : $" {a.Word} ")];
        return _words.Count(w => parts.All(p => w.Contains(p, StringComparison.Ordinal))) / (double)_words.Length;
    }

    /// <summary>Inverse document frequency of a word as in BM25, ln(1 + (n − f + ½) / (f + ½)); above zero.</summary>
    public double WeightOf(string stem) => Weight(_stems.GetValueOrDefault(stem));

    /// <summary>The same of a word as it is written, folded; small words too.</summary>
    public double WeightOfRaw(string word) => Weight(_raw.GetValueOrDefault(word));

    /// <summary>The same of a run of three characters.</summary>
    public double WeightOf(long gram) => Weight(_grams.GetValueOrDefault(gram));

    private double Weight(int holding) => Math.Log(1 + (_titles - holding + 0.5) / (holding + 0.5));
}
