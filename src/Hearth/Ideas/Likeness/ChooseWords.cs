using Hearth.Platform;

namespace Hearth.Ideas.Likeness;

/// <summary>
/// Which titles to look at: an OR over all words of a text walks through half a large board (measured with FTS5 on a million titles: 410 ms), so the rare words are asked for
/// alone and the common ones only together.
/// </summary>
internal static class ChooseWords
{
    /// <summary>More words than these rarest are left out.</summary>
    private const int MaxWords = 6;

    /// <summary>A title is scored in about 15 microseconds.</summary>
    public const int MaxTitles = 1_000;

    private const int MaxRounds = 3;

    /// <summary>Words that come in more titles than this are asked for only together with another.</summary>
    private const int Alone = 800;

    /// <summary>A beginning that more titles have tells nothing yet and is slow to look up.</summary>
    private const int Begun = 20_000;

    /// <summary>Two words that stand together do so this much oftener than chance.</summary>
    private const double Together = 10;

    /// <summary>
    /// Rounds of groups of words; a title of a round holds a whole group. The telling groups come first, and who has <see cref="MaxTitles"/> titles needs no further round.
    /// </summary>
    public static IEnumerable<IReadOnlyList<IReadOnlyList<AskedWord>>> Rounds(TitleWords asked, TitleStatistics board)
    {
        var round = new List<IReadOnlyList<AskedWord>>();
        var (titles, rounds) = (0.0, 0);
        foreach (var (words, expected) in Groups(asked, board))
        {
            if (round.Count > 0 && titles + expected > MaxTitles)
            {
                yield return round;
                if (++rounds == MaxRounds) yield break;
                (round, titles) = ([], 0);
            }

            round.Add(words);
            titles += expected;
        }

        if (round.Count > 0) yield return round;
    }

    private static IEnumerable<(IReadOnlyList<AskedWord> Words, double Titles)> Groups(TitleWords asked, TitleStatistics board)
    {
        var words = asked.Stems.Distinct(StringComparer.Ordinal).Select(s => (Word: Marked(s), Titles: board.TitlesWith(s))).ToList();
        if (asked.Begun is { Length: >= 2 } begun && asked.Stems.Count > 0)
        {
            // As typed it is no word yet, unless the board knows it.
            words.RemoveAll(w => w.Word == Marked(asked.Stems[^1]) && w.Titles < 1);
            var titles = board.TitlesWithBegun(begun);
            if (titles <= Begun) words.Add((Marked(begun, true), titles));
        }

        var rare = words.OrderBy(w => w.Titles).ThenBy(w => w.Word.Word, StringComparer.Ordinal).Take(MaxWords).ToList();
        var groups = rare.Select(w => (Words: (IReadOnlyList<AskedWord>)[w.Word], w.Titles)).Where(g => g.Titles <= Alone || board.Board <= MaxTitles).ToList();
        for (var i = 0; i < rare.Count; i++)
        {
            for (var j = i + 1; j < rare.Count; j++)
            {
                groups.Add(([rare[i].Word, rare[j].Word], Both(rare[i].Titles, rare[j].Titles, board.Board)));
                for (var k = j + 1; k < rare.Count; k++)
                {
                    groups.Add(([rare[i].Word, rare[j].Word, rare[k].Word], Both(Both(rare[i].Titles, rare[j].Titles, board.Board), rare[k].Titles, board.Board)));
                }
            }
        }

        // Nothing but words that are everywhere: the rarest of them, newest titles first.
        if (rare.Count > 0) groups.Add(([rare[0].Word], rare[0].Titles));
        return groups.OrderBy(g => g.Titles);
    }

    private static AskedWord Marked(string stem, bool isBegun = false) => new(LikeWords.TitleMark + stem, isBegun);

    private static double Both(double one, double other, long board) => Math.Min(Math.Min(one, other), one * other / Math.Max(board, 1) * Together);
}
