using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>
/// Full-text search over what was said and noted. Listening's tokeniser folds the words on the way in and on the way asked, so both databases index
/// the same words and nothing that a person types reaches them as syntax.
/// </summary>
internal static class ConversationSearch
{
    public static string Words(string text) => string.Join(' ', Tokens.Of(text).Where(t => t.Kind != TokenKind.Symbol).Select(t => Plain(t.Folded)));

    /// <summary>Ids of conversations with an entry that holds every word asked for, the last one as a beginning; null when it asks for no word.</summary>
    public static IQueryable<ConversationId>? Find(Database db, string asked)
    {
        var words = Words(asked).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        return (db.Kind == DatabaseKind.Sqlite ? Sqlite(db, words) : Postgres(db, words)).Select(e => e.ConversationId);
    }

    public static IEnumerable<string> Objects(DatabaseKind kind) => kind == DatabaseKind.Sqlite
        ?
        [
            // ascii: every character beyond ASCII belongs to a word, and ours are already folded and split.
            """CREATE VIRTUAL TABLE IF NOT EXISTS conversations_entries_fts USING fts5(words, content='conversations_entries', content_rowid='position', tokenize="ascii tokenchars '_'", detail=none)""",
            "CREATE TRIGGER IF NOT EXISTS conversations_entries_in AFTER INSERT ON conversations_entries BEGIN INSERT INTO conversations_entries_fts(rowid, words) VALUES (new.position, new.words); END",
            "CREATE TRIGGER IF NOT EXISTS conversations_entries_out AFTER DELETE ON conversations_entries BEGIN INSERT INTO conversations_entries_fts(conversations_entries_fts, rowid, words) VALUES ('delete', old.position, old.words); END",
            """
            CREATE TRIGGER IF NOT EXISTS conversations_entries_new AFTER UPDATE OF words ON conversations_entries BEGIN
              INSERT INTO conversations_entries_fts(conversations_entries_fts, rowid, words) VALUES ('delete', old.position, old.words);
              INSERT INTO conversations_entries_fts(rowid, words) VALUES (new.position, new.words);
            END
            """,
        ]
        :
        [
            "ALTER TABLE conversations_entries ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED",
            "CREATE INDEX IF NOT EXISTS ix_conversations_entries_search ON conversations_entries USING gin (search)",
        ];

    private static IQueryable<Entry> Sqlite(Database db, string[] words)
    {
        var match = string.Join(" AND ", words.Select((w, i) => $"\"{w}\"{(i == words.Length - 1 ? "*" : "")}"));
        return db.Set<Entry>().FromSql($"SELECT * FROM conversations_entries WHERE position IN (SELECT rowid FROM conversations_entries_fts WHERE conversations_entries_fts MATCH {match})");
    }

    private static IQueryable<Entry> Postgres(Database db, string[] words)
    {
        var match = string.Join(" & ", words.Select((w, i) => $"'{w}'{(i == words.Length - 1 ? ":*" : "")}"));
        return db.Set<Entry>().FromSql($"SELECT * FROM conversations_entries WHERE search @@ CAST({match} AS tsquery)");
    }

    // The dots and hyphens inside a handle.
    private static string Plain(string word) => string.Concat(word.Select(c => c < 0x80 && !char.IsAsciiLetterOrDigit(c) ? '_' : c));
}
