using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Talk;

/// <summary>
/// A comment's words for search, in a table of their own like those of ideas. The database makes and unmakes the row with the comment, and empties it when the comment is
/// changed or taken down, however that was written; <see cref="IndexComments"/> fills in its words.
/// </summary>
internal sealed class CommentWordsRow
{
    /// <summary>The comment's own.</summary>
    public long Number { get; private set; }

    /// <summary>Its words by stem; null until they were worked out.</summary>
    public string? Words { get; private set; }

    public static void Build(ModelBuilder model) => model.Entity<CommentWordsRow>(e =>
    {
        e.ToTable("ideas_comment_words");
        e.HasKey(t => t.Number);
        e.Property(t => t.Number).ValueGeneratedNever();
        e.HasIndex(t => t.Number, "ix_ideas_comment_words_missing").HasFilter("words IS NULL");
    });

    public static IEnumerable<string> Objects(DatabaseKind kind) =>
    [
        .. FullText.Objects(kind, "ideas_comment_words", "number"),
        .. kind == DatabaseKind.Sqlite ? Sqlite : Postgres,

        // Comments from before there was this table.
        "INSERT INTO ideas_comment_words (number) SELECT number FROM ideas_comments WHERE NOT EXISTS (SELECT 1 FROM ideas_comment_words)",
    ];

    private static readonly string[] Sqlite =
    [
        "CREATE TRIGGER IF NOT EXISTS ideas_comment_text_in AFTER INSERT ON ideas_comments BEGIN INSERT INTO ideas_comment_words (number) VALUES (new.number); END",
        """
        CREATE TRIGGER IF NOT EXISTS ideas_comment_text_new AFTER UPDATE OF body, removed, removed_at ON ideas_comments BEGIN
            UPDATE ideas_comment_words SET words = NULL WHERE number = new.number;
        END
        """,
        "CREATE TRIGGER IF NOT EXISTS ideas_comment_text_out AFTER DELETE ON ideas_comments BEGIN DELETE FROM ideas_comment_words WHERE number = old.number; END",
    ];

    private static readonly string[] Postgres =
    [
        "ALTER INDEX ix_ideas_comment_words_search SET (fastupdate = off)",
        """
        CREATE OR REPLACE FUNCTION ideas_comment_text() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN INSERT INTO ideas_comment_words (number) VALUES (new.number);
            ELSIF TG_OP = 'UPDATE' THEN UPDATE ideas_comment_words SET words = NULL WHERE number = new.number;
            ELSE DELETE FROM ideas_comment_words WHERE number = old.number;
            END IF;
            RETURN NULL;
        END $$
        """,
        "CREATE OR REPLACE TRIGGER ideas_comment_text AFTER INSERT OR DELETE OR UPDATE OF body, removed, removed_at ON ideas_comments FOR EACH ROW EXECUTE FUNCTION ideas_comment_text()",
    ];
}

internal static class CommentWordsTables
{
    /// <summary>A search looks at no more than the newest of the comments that hold its words.</summary>
    private const int Most = 2_000;

    extension(Database db)
    {
        internal DbSet<CommentWordsRow> CommentWordRows => db.Set<CommentWordsRow>();

        /// <summary>The ideas below which one of the newest 2,000 comments that hold all the words stands.</summary>
        internal IQueryable<IdeaId> Discussed(string match)
        {
            var rows = db.Kind == DatabaseKind.Sqlite
                ? db.CommentWordRows.FromSql($"SELECT * FROM ideas_comment_words WHERE number IN (SELECT rowid FROM ideas_comment_words_fts WHERE ideas_comment_words_fts MATCH {match} ORDER BY rowid DESC LIMIT {Most})")
                : db.CommentWordRows.FromSql($"SELECT * FROM ideas_comment_words WHERE search @@ CAST({match} AS tsquery) ORDER BY number DESC LIMIT {Most}");
            return rows.Join(db.IdeaComments.Where(c => c.RemovedAt == null && c.Removed == null), r => r.Number, c => c.Number, (_, c) => c.Idea);
        }
    }
}
