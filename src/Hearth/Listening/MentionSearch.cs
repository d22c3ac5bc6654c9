using System.Text;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// Full-text search over mentions, the same on both databases because our own tokeniser feeds both: a mention keeps its folded words with a space
/// between ("words"); SQLite indexes them with FTS5, PostgreSQL as a tsvector under GIN. What a person types goes through that tokeniser as well, so it
/// never reaches a database as syntax.
/// </summary>
internal static class MentionSearch
{
    /// <summary>The words of a text in order, then its tags once more with their '#': "delta" finds "#delta", "#delta" finds only the tag.</summary>
    public static string Words(List<Token> tokens)
    {
        var words = new StringBuilder();
        foreach (var token in tokens) Put(token.Kind == TokenKind.Handle ? "@" : "", token.Folded);
        foreach (var token in tokens.Where(t => t.Kind == TokenKind.Tag)) Put("#", token.Folded);
        return words.ToString();

        void Put(string mark, string word)
        {
            if (words.Length > 0) words.Append(' ');
            words.Append(mark);
            foreach (var c in word) words.Append(c < 0x80 && !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '#' or '@') ? '_' : c); // the dots of a handle
        }
    }

    /// <summary>Mentions that hold every word of <paramref name="asked"/>; <c>"a phrase"</c> in that order, <c>word*</c> as a beginning. Null when it asks for nothing.</summary>
    public static IQueryable<MentionRow>? Find(Database db, string asked)
    {
        var (words, phrases) = Read(asked);
        if (words.Count == 0) return null;
        var found = db.Kind == DatabaseKind.Sqlite ? Sqlite(db, words) : Postgres(db, words);
        return phrases.Aggregate(found, (rows, phrase) => rows.Where(m => (" " + m.Words + " ").Contains(phrase)));
    }

    public static IEnumerable<string> Objects(DatabaseKind kind) => kind == DatabaseKind.Sqlite
        ?
        [
            // ascii: every character beyond ASCII belongs to a word, and ours are already folded and split.
            """CREATE VIRTUAL TABLE IF NOT EXISTS listening_mentions_fts USING fts5(words, content='listening_mentions', content_rowid='number', tokenize="ascii tokenchars '#@_'", detail=none)""",
            "CREATE TRIGGER IF NOT EXISTS listening_mentions_in AFTER INSERT ON listening_mentions BEGIN INSERT INTO listening_mentions_fts(rowid, words) VALUES (new.number, new.words); END",
            "CREATE TRIGGER IF NOT EXISTS listening_mentions_out AFTER DELETE ON listening_mentions BEGIN INSERT INTO listening_mentions_fts(listening_mentions_fts, rowid, words) VALUES ('delete', old.number, old.words); END",
            """
            CREATE TRIGGER IF NOT EXISTS listening_mentions_new AFTER UPDATE OF words ON listening_mentions BEGIN
              INSERT INTO listening_mentions_fts(listening_mentions_fts, rowid, words) VALUES ('delete', old.number, old.words);
              INSERT INTO listening_mentions_fts(rowid, words) VALUES (new.number, new.words);
            END
            """,
        ]
        :
        [
            "ALTER TABLE listening_mentions ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
            "CREATE INDEX IF NOT EXISTS ix_listening_mentions_search ON listening_mentions USING gin (search)",
        ];

    private static IQueryable<MentionRow> Sqlite(Database db, List<(string Word, bool IsPrefix)> words)
    {
        var match = string.Join(" AND ", words.Select(w => $"\"{w.Word}\"{(w.IsPrefix ? "*" : "")}"));
        return db.Set<MentionRow>().FromSql($"SELECT * FROM listening_mentions WHERE number IN (SELECT rowid FROM listening_mentions_fts WHERE listening_mentions_fts MATCH {match})");
    }

    private static IQueryable<MentionRow> Postgres(Database db, List<(string Word, bool IsPrefix)> words)
    {
        var match = string.Join(" & ", words.Select(w => $"'{w.Word}'{(w.IsPrefix ? ":*" : "")}"));
        return db.Set<MentionRow>().FromSql($"SELECT * FROM listening_mentions WHERE search @@ CAST({match} AS tsquery)");
    }

    private static (List<(string Word, bool IsPrefix)> Words, List<string> Phrases) Read(string asked)
    {
        var words = new List<(string, bool)>();
        var phrases = new List<string>();
        var parts = asked.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            var tokens = Tokens.Of(parts[i]);
            if (tokens.Count == 0) continue;
            var isPhrase = i % 2 == 1 && tokens.Count > 1;
            if (isPhrase) phrases.Add($" {Words([.. tokens.Select(t => t.Kind == TokenKind.Tag ? t with { Kind = TokenKind.Word } : t)])} ");
            foreach (var token in tokens)
            {
                var end = token.Start + token.Length;
                var word = token.Kind == TokenKind.Tag ? "#" + token.Folded : Words([token]);
                words.Add((word, !isPhrase && end < parts[i].Length && parts[i][end] == '*'));
            }
        }

        return (words, phrases);
    }
}
