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
    private const double Common = 0.005;

    /// <summary>A word in more ideas than this is not looked for by SQLite's index, which would read its whole list, but in the ideas that hold the others.</summary>
    private const double Everywhere = 0.05;

    /// <summary>The ideas that hold all words of <paramref name="text"/>; all ideas when it holds no word worth looking for.</summary>
    public static IQueryable<Idea> Found(this Database db, string text, TitleStatistics? known = null, bool withComments = false)
    {
        var words = LikeWords.Folded(text).Where(w => !LikeWords.IsSmall(w)).Take(MaxWords).ToList();
        if (words.Count == 0) return db.Ideas;
        List<AskedWord> stems = [.. words.Select(w => new AskedWord(EnglishStem.Of(w)))];
        var isCommon = known?.Holding(stems) > Common;

        // "batterie" is no stem of a word that it begins: the last one is looked for both ways, unless it is common as it is.
        var match = char.IsWhiteSpace(text[^1]) || isCommon ? FullText.All(db.Kind, stems) : FullText.AnyOf(db.Kind, [stems, [.. stems[..^1], new(words[^1], true)]]);
        var said = withComments ? db.Discussed(match) : null;
        if (db.Kind == DatabaseKind.Sqlite && isCommon) return Walked(db, stems, said);
        if (db.Kind == DatabaseKind.Sqlite && said is null && stems.Count > 1 && known is not null && Rare(db, known, words, stems, text) is { } few) return few;
        var found = db.Kind == DatabaseKind.Postgres
            ? db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE number IN (SELECT number FROM ideas_words WHERE search @@ CAST({match} AS tsquery))")
            : db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE number IN (SELECT rowid FROM ideas_words_fts WHERE ideas_words_fts MATCH {match})");
        if (said is null) return found;
        var numbers = found.Select(i => i.Number);
        return db.Ideas.Where(i => numbers.Contains(i.Number) || said.Contains(i.Id));
    }

    // Null when no word is everywhere, or all are.
    private static IQueryable<Idea>? Rare(Database db, TitleStatistics known, List<string> words, List<AskedWord> stems, string text)
    {
        var everywhere = stems.ConvertAll(s => known.Holding([s]) > Everywhere);
        if (!everywhere.Contains(true) || !everywhere.Contains(false)) return null;
        var isBegun = !char.IsWhiteSpace(text[^1]);
        List<AskedWord> rare = [.. stems.Where((_, i) => !everywhere[i])];
        var match = isBegun && !everywhere[^1] ? FullText.AnyOf(db.Kind, [rare, [.. rare[..^1], new(words[^1], true)]]) : FullText.All(db.Kind, rare);
        var rows = db.IdeaWordRows.FromSql($"SELECT * FROM ideas_words WHERE number IN (SELECT rowid FROM ideas_words_fts WHERE ideas_words_fts MATCH {match})");
        for (var i = 0; i < stems.Count; i++)
        {
            if (!everywhere[i]) continue;
            var (whole, begun) = ($" {stems[i].Word} ", isBegun && i == stems.Count - 1 ? $" {words[i]}" : $" {stems[i].Word} ");
            rows = rows.Where(w => (" " + w.Words + " ").Contains(whole) || (" " + w.Words + " ").Contains(begun));
        }

        var numbers = rows.Select(w => w.Number);
        return db.Ideas.Where(i => numbers.Contains(i.Number));
    }

    private static IQueryable<Idea> Walked(Database db, List<AskedWord> stems, IQueryable<IdeaId>? said)
    {
        var rows = db.IdeaWordRows.AsQueryable();
        foreach (var part in stems.Select(s => $" {s.Word} ")) rows = rows.Where(w => (" " + w.Words + " ").Contains(part));
        return said is null ? db.Ideas.Where(i => rows.Any(w => w.Number == i.Number)) : db.Ideas.Where(i => rows.Any(w => w.Number == i.Number) || said.Contains(i.Id));
    }
}
