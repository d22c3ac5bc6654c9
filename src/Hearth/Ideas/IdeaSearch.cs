using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>Full-text search: every word must occur in title or body, by its English stem; the last one may be only begun.</summary>
internal static class IdeaSearch
{
    private const int MaxWords = 8;

    // PostgreSQL's English dictionary leaves these out and SQLite's does not; leaving them out here makes the two agree.
    private static readonly HashSet<string> Fillers = new(
        ["a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "i", "in", "is", "it", "my", "of", "on", "or", "that", "the", "this", "to", "was", "we", "with", "you"],
        StringComparer.Ordinal);

    /// <summary>The ideas that hold all words of <paramref name="text"/>; all ideas when it holds no word worth looking for.</summary>
    public static IQueryable<Idea> Found(this Database db, string text)
    {
        var words = Words(text);
        if (words.Count == 0) return db.Ideas;
        if (db.Kind == DatabaseKind.Sqlite)
        {
            var match = string.Join(" AND ", words.Select((w, i) => $"\"{w}\"{(i == words.Count - 1 ? "*" : "")}"));
            return db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE number IN (SELECT rowid FROM ideas_search WHERE ideas_search MATCH {match})");
        }

        var query = string.Join(" & ", words.Select((w, i) => $"'{w}'{(i == words.Count - 1 ? ":*" : "")}"));
        return db.Ideas.FromSql($"SELECT * FROM ideas_ideas WHERE search @@ to_tsquery('english', {query})");
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length && words.Count < MaxWords;)
        {
            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i])) i++;
            var word = text[start..i].ToLowerInvariant();
            if (word.Length > 0 && !Fillers.Contains(word)) words.Add(word);
            if (i == start) i++;
        }

        return words;
    }
}
