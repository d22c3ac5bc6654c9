namespace Hearth.Platform;

/// <summary>One word asked for.</summary>
/// <param name="Word">Folded, as the room keeps its words.</param>
/// <param name="IsBegun">True when words that begin so count too.</param>
public readonly record struct AskedWord(string Word, bool IsBegun = false);

/// <summary>
/// Full-text search over a column <c>words</c> that a room fills with the words of a text, folded by our own tokeniser and with a space between: SQLite indexes them with
/// FTS5, PostgreSQL as a tsvector under GIN. Both hold the same words, and what a person types goes through that tokeniser too, so it never reaches a database as syntax.
/// </summary>
public static class FullText
{
    /// <summary>A word as it may stand among others: signs inside it ("o.k.") become underscores, the marks given stay.</summary>
    public static string Plain(string word, string marks = "")
    {
        return word.All(IsPlain) ? word : string.Concat(word.Select(c => IsPlain(c) ? c : '_'));

        bool IsPlain(char c) => c >= 0x80 || char.IsAsciiLetterOrDigit(c) || c == '_' || marks.Contains(c, StringComparison.Ordinal);
    }

    private const int BlockBits = 13;

    /// <summary>Which block of 8,192 rows a key lies in.</summary>
    public static long BlockOf(long key) => key >> BlockBits;

    /// <summary>The first key of a block.</summary>
    public static long FirstOf(long block) => block << BlockBits;

    /// <summary>All of the words in rows of these blocks, in PostgreSQL's syntax. See <see cref="Objects"/>.</summary>
    public static string AllIn(IEnumerable<AskedWord> words, long first, long last)
    {
        var blocks = Enumerable.Range(0, (int)(last - first + 1)).Select(n => $"'#{first + n}'");
        return $"{All(DatabaseKind.Postgres, words)} & ({string.Join(" | ", blocks)})";
    }

    /// <summary>All of the words, in the syntax of the database's index.</summary>
    public static string All(DatabaseKind kind, IEnumerable<AskedWord> words) => string.Join(kind == DatabaseKind.Sqlite ? " AND " : " & ", words.Select(w => One(kind, w)));

    /// <summary>Any of the groups, each of which asks for all of its words.</summary>
    public static string AnyOf(DatabaseKind kind, IEnumerable<IEnumerable<AskedWord>> groups) =>
        string.Join(kind == DatabaseKind.Sqlite ? " OR " : " | ", groups.Select(g => $"({All(kind, g)})"));

    /// <summary>The index and what keeps it in step with the table; safe to run again.</summary>
    /// <param name="kind">The database.</param>
    /// <param name="table">A table with the columns <c>words</c> and <paramref name="key"/>; a row whose words are null is not found.</param>
    /// <param name="key">Its integer key.</param>
    /// <param name="marks">Signs other than the underscore that belong to words.</param>
    /// <param name="blocks">
    /// True when the latest rows are to be found without looking at all: FTS5 goes along the keys by itself; in GIN, which has no order, each row gets its block as one more word.
    /// </param>
    public static IEnumerable<string> Objects(DatabaseKind kind, string table, string key, string marks = "", bool blocks = false) => kind == DatabaseKind.Sqlite
        ?
        [
            // ascii: every character beyond ASCII belongs to a word, and ours are already folded and split.
            $"""CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5(words, content='{table}', content_rowid='{key}', tokenize="ascii tokenchars '{marks}_'", detail=none)""",
            $"CREATE TRIGGER IF NOT EXISTS {table}_in AFTER INSERT ON {table} BEGIN INSERT INTO {table}_fts(rowid, words) VALUES (new.{key}, new.words); END",
            $"CREATE TRIGGER IF NOT EXISTS {table}_out AFTER DELETE ON {table} BEGIN INSERT INTO {table}_fts({table}_fts, rowid, words) VALUES ('delete', old.{key}, old.words); END",
            $"""
            CREATE TRIGGER IF NOT EXISTS {table}_new AFTER UPDATE OF words ON {table} BEGIN
              INSERT INTO {table}_fts({table}_fts, rowid, words) VALUES ('delete', old.{key}, old.words);
              INSERT INTO {table}_fts(rowid, words) VALUES (new.{key}, new.words);
            END
            """,
        ]
        :
        [
            $"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(words, ' '), ''){(blocks ? $" || ('#' || ({key} >> {BlockBits})::text)" : "")})) STORED",
            $"CREATE INDEX IF NOT EXISTS ix_{table}_search ON {table} USING gin (search)",
        ];

    private static string One(DatabaseKind kind, AskedWord asked) =>
        kind == DatabaseKind.Sqlite ? $"\"{asked.Word}\"{(asked.IsBegun ? "*" : "")}" : $"'{asked.Word}'{(asked.IsBegun ? ":*" : "")}";
}
