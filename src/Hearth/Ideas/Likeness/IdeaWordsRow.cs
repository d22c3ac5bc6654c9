using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness;

/// <summary>
/// An idea's words for search and likeness. They stand in a table of their own because a vote rewrites the idea's row, and every index of a rewritten row with it.
/// The database makes and unmakes the row with the idea, however that was written; <see cref="IndexIdeas"/> fills in its words.
/// </summary>
internal sealed class IdeaWordsRow
{
    /// <summary>The idea's own.</summary>
    public long Number { get; private set; }
    public required IdeaId Idea { get; init; }
    public required string Title { get; init; }

    /// <summary>What <see cref="LikeWords"/> keeps of it; null until they were worked out.</summary>
    public string? Words { get; private set; }

    public static void Build(ModelBuilder model) => model.Entity<IdeaWordsRow>(e =>
    {
        e.ToTable("ideas_words");
        e.HasKey(t => t.Number);
        e.Property(t => t.Number).ValueGeneratedOnAdd();
        e.HasIndex(t => t.Idea).IsUnique();
        e.HasIndex(t => t.Number, "ix_ideas_words_missing").HasFilter("words IS NULL");
    });

    public static IEnumerable<string> Objects(DatabaseKind kind) =>
    [
        .. FullText.Objects(kind, "ideas_words", "number", "~"),
        .. kind == DatabaseKind.Sqlite ? Sqlite : Postgres,

        // Ideas from before there was this table.
        "INSERT INTO ideas_words (number, idea, title) SELECT number, id, title FROM ideas_ideas WHERE NOT EXISTS (SELECT 1 FROM ideas_words)",
    ];

    private static readonly string[] Sqlite =
    [
        // The search that this one replaced.
        "DROP TRIGGER IF EXISTS ideas_search_insert", "DROP TRIGGER IF EXISTS ideas_search_update", "DROP TRIGGER IF EXISTS ideas_search_delete", "DROP TABLE IF EXISTS ideas_search",
        "CREATE TRIGGER IF NOT EXISTS ideas_text_in AFTER INSERT ON ideas_ideas BEGIN INSERT INTO ideas_words (number, idea, title) VALUES (new.number, new.id, new.title); END",
        """
        CREATE TRIGGER IF NOT EXISTS ideas_text_new AFTER UPDATE OF title, body ON ideas_ideas BEGIN
            UPDATE ideas_words SET title = new.title, words = NULL WHERE idea = new.id;
        END
        """,
        "CREATE TRIGGER IF NOT EXISTS ideas_text_out AFTER DELETE ON ideas_ideas BEGIN DELETE FROM ideas_words WHERE idea = old.id; END",
    ];

    private static readonly string[] Postgres =
    [
        "ALTER TABLE ideas_ideas DROP COLUMN IF EXISTS search",

        // A word waiting in the index's pending list makes every search read that list.
        "ALTER INDEX ix_ideas_words_search SET (fastupdate = off)",
        """
        CREATE OR REPLACE FUNCTION ideas_text() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN INSERT INTO ideas_words (number, idea, title) VALUES (new.number, new.id, new.title);
            ELSIF TG_OP = 'UPDATE' THEN UPDATE ideas_words SET title = new.title, words = NULL WHERE idea = new.id;
            ELSE DELETE FROM ideas_words WHERE idea = old.id;
            END IF;
            RETURN NULL;
        END $$
        """,
        "CREATE OR REPLACE TRIGGER ideas_text AFTER INSERT OR DELETE OR UPDATE OF title, body ON ideas_ideas FOR EACH ROW EXECUTE FUNCTION ideas_text()",
    ];
}

internal static class IdeaWordsTables
{
    extension(Database db)
    {
        internal DbSet<IdeaWordsRow> IdeaWordRows => db.Set<IdeaWordsRow>();
    }
}
