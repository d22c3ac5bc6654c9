using Hearth.Ideas.Likeness;
using Hearth.Ideas.Talk;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>
/// Full-text search: every word must occur in title or body, or where that is asked for in one comment, by its English stem, without accents; the last one may be only begun.
/// </summary>
internal static class IdeaSearch
{
    private const int MaxWords = 8;

    /// <summary>What more ideas hold than this part of a board is found sooner by walking down the list that is asked for than through the index and a sort.</summary>
    private const double Common = 0.004;

    /// <summary>A word in more ideas than this is not looked for by SQLite's index, which would read its whole list, but in the ideas that hold the others.</summary>
    private const double Everywhere = 0.05;

    /// <summary>The ideas that hold all words of <paramref name="text"/>; all ideas when it holds no word worth looking for.</summary>
    public static IQueryable<Idea> Found(this Database db, string text, TitleStatistics? known = null, bool withComments = false)
    {
        var words = LikeWords.Folded(text).Where(w => !LikeWords.IsSmall(w)).Distinct(StringComparer.Ordinal).Take(MaxWords).ToList();
        if (words.Count == 0) return db.Ideas;
        List<AskedWord> stems = [.. words.Select(w => new AskedWord(EnglishStem.Of(w)))];

        // "batterie" is no stem of a word that it begins: the last one is looked for both ways, unless it is common as it is.
        List<AskedWord>? begun = char.IsWhiteSpace(text[^1]) || IsCommon(stems) ? null : [.. stems[..^1], new(words[^1], true)];
        var match = begun is null ? FullText.All(db.Kind, stems) : FullText.AnyOf(db.Kind, [stems, begun]);
        var said = withComments ? db.Discussed(match) : null;
        var found = (db.Kind, IsCommon(begun ?? stems)) switch
        {
            (DatabaseKind.Sqlite, true) => Walked(db, Holding(db.IdeaWordRows, stems, begun)),
            (DatabaseKind.Sqlite, false) => Rare(db, known, stems, begun) ?? db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE number IN (SELECT rowid FROM ideas_words_fts WHERE ideas_words_fts MATCH {match})"),

            // What only the session itself may ask keeps it from being shared out: several processes walk far past what is wanted.
            (_, true) => db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE pg_backend_pid() <> 0 AND number IN (SELECT number FROM ideas_words WHERE search @@ CAST({match} AS tsquery))"),

            // As an array it is read first: the planner would rather walk the list than sort some thousands.
            _ => db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE number = ANY (ARRAY(SELECT number FROM ideas_words WHERE search @@ CAST({match} AS tsquery)))"),
        };
        if (said is null) return found;
        var numbers = found.Select(i => i.Number);
        return db.Ideas.Where(i => numbers.Contains(i.Number) || said.Contains(i.Id));

        bool IsCommon(List<AskedWord> asked) => known?.Holding(asked) > Common;
    }

    private static IQueryable<Idea> Walked(Database db, IQueryable<IdeaWordsRow> rows) => db.Ideas.Where(i => rows.Any(w => w.Number == i.Number));

    // The ideas with the words that are not everywhere, of those the ones with the others too. Null when no word is everywhere, or all are.
    private static IQueryable<Idea>? Rare(Database db, TitleStatistics? known, List<AskedWord> stems, List<AskedWord>? begun)
    {
        if (known is null || stems.Count == 1) return null;
        var everywhere = (begun ?? stems).ConvertAll(s => known.Holding([s]) > Everywhere);
        if (!everywhere.Contains(true) || !everywhere.Contains(false)) return null;
        List<AskedWord> rare = [.. stems.Where((_, i) => !everywhere[i])];
        var match = begun is null || everywhere[^1] ? FullText.All(db.Kind, rare) : FullText.AnyOf(db.Kind, [rare, [.. rare[..^1], begun[^1]]]);
        var rows = db.IdeaWordRows.FromSql($"SELECT * FROM ideas_words WHERE number IN (SELECT rowid FROM ideas_words_fts WHERE ideas_words_fts MATCH {match})");
        var numbers = Holding(rows, [.. stems.Where((_, i) => everywhere[i])], everywhere[^1] ? begun : null).Select(w => w.Number);
        return db.Ideas.Where(i => numbers.Contains(i.Number));
    }

    // Those that hold every stem; of the last one, also where it is only begun.
    private static IQueryable<IdeaWordsRow> Holding(IQueryable<IdeaWordsRow> rows, List<AskedWord> stems, List<AskedWord>? begun)
    {
        foreach (var part in stems.SkipLast(begun is null ? 0 : 1).Select(s => $" {s.Word} ")) rows = rows.Where(w => (" " + w.Words + " ").Contains(part));
        if (begun is null) return rows;
        var (whole, start) = ($" {stems[^1].Word} ", $" {begun[^1].Word}");
        return rows.Where(w => (" " + w.Words + " ").Contains(whole) || (" " + w.Words + " ").Contains(start));
    }
}
