using Hearth.Ideas.Likeness.Ranking;
using Hearth.Platform;

namespace Hearth.Ideas.Likeness;

/// <summary>The finder's choice of words and its ranking, over titles that are all in memory instead of in a database.</summary>
internal sealed class TitlesInMemory
{
    private readonly TitleWords[] _titles;
    private readonly ComparedTitle[] _compared;
    private readonly TitleStatistics _statistics;
    private readonly SortedDictionary<string, List<int>> _postings = new(StringComparer.Ordinal);
    private readonly string[] _words;

    public TitlesInMemory(IReadOnlyList<string> titles)
    {
        _titles = [.. titles.Select(t => LikeWords.Of(t))];
        _statistics = new(titles, titles.Count);
        _compared = [.. titles.Select((t, i) => new ComparedTitle(t, _titles[i], _statistics))];
        for (var i = 0; i < _titles.Length; i++)
        {
            foreach (var stem in _titles[i].Stems.Distinct(StringComparer.Ordinal))
            {
                var word = LikeWords.TitleMark + stem;
                if (!_postings.TryGetValue(word, out var postings)) _postings[word] = postings = [];
                postings.Add(i);
            }
        }

        _words = [.. _postings.Keys];
    }

    /// <summary>The titles found for a text, in the order of the first day, and the numbers of the first of them.</summary>
    /// <param name="text">What was asked.</param>
    /// <param name="isBegun">True while it is being typed.</param>
    /// <param name="except">A title not to be found.</param>
    public (int[] Found, float[][] Numbers) Ranked(string text, bool isBegun, int except)
    {
        var asked = LikeWords.Of(text, isBegun);
        var score = new LikenessScore(asked, _statistics);
        var ranked = Chosen(asked).Where(t => t != except).Select(t => (Title: t, score.Of(_titles[t]).Rank)).OrderByDescending(t => t.Rank).ThenBy(t => t.Title).ToList();
        var first = ranked.Take(PairFeatures.Most).ToList();
        return ([.. ranked.Select(r => r.Title)],
            first.Count == 0 ? [] : PairFeatures.Of(new(text, asked, _statistics), [.. first.Select(r => _compared[r.Title])], [.. first.Select(r => r.Rank)], _statistics));
    }

    private HashSet<int> Chosen(TitleWords asked)
    {
        var chosen = new HashSet<int>();
        foreach (var round in ChooseWords.Rounds(asked, _statistics))
        {
            var found = round.SelectMany(g => g.Select(With).Aggregate((IEnumerable<int>)null!, (all, word) => all is null ? word : all.Intersect(word)));
            chosen.UnionWith(found.Distinct().OrderDescending().Take(ChooseWords.MaxTitles).ToList());
            if (chosen.Count >= ChooseWords.MaxTitles) break;
        }

        return chosen;
    }

    private IEnumerable<int> With(AskedWord word)
    {
        if (!word.IsBegun) return _postings.GetValueOrDefault(word.Word) ?? [];
        var from = Array.BinarySearch(_words, word.Word, StringComparer.Ordinal);
        return _words.Skip(from < 0 ? ~from : from).TakeWhile(w => w.StartsWith(word.Word, StringComparison.Ordinal)).SelectMany(w => _postings[w]);
    }
}
