using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

internal sealed class IdeasSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Idea>(e =>
        {
            e.ToTable("ideas_ideas");
            e.HasKey(i => i.Number);
            e.Property(i => i.Number).ValueGeneratedOnAdd();
            e.HasIndex(i => i.Id).IsUnique();
            e.HasIndex(i => new { i.Score, i.Number });
            e.HasIndex(i => new { i.Points, i.Number });
            e.HasIndex(i => new { i.At, i.Number });
            e.HasIndex(i => new { i.Status, i.Score, i.Number });
            e.HasIndex(i => new { i.Category, i.Score, i.Number });
            e.HasIndex(i => new { i.Author, i.At });
            e.HasIndex(i => new { i.AnsweredAt, i.At });
        });
        model.Entity<IdeaVote>(e =>
        {
            e.ToTable("ideas_votes");
            e.HasKey(v => new { v.Idea, v.User });
            e.HasIndex(v => new { v.User, v.At });
        });
        model.Entity<IdeaComment>(e =>
        {
            e.ToTable("ideas_comments");
            e.HasKey(c => c.Number);
            e.HasIndex(c => c.Id).IsUnique();
            e.HasIndex(c => new { c.Idea, c.Number });
        });
        model.Entity<IdeaMove>(e =>
        {
            e.ToTable("ideas_moves");
            e.HasKey(m => m.Number);
            e.HasIndex(m => new { m.Idea, m.Number });
        });
        model.Entity<IdeaCategory>(e =>
        {
            e.ToTable("ideas_categories");
            e.HasKey(c => c.Slug);
        });
        model.Entity<IdeaRank>(e =>
        {
            e.ToTable("ideas_rank");
            e.Property(r => r.Id).ValueGeneratedNever();
        });
    }

    public IEnumerable<string> Objects(DatabaseKind kind) =>
    [
        "INSERT INTO ideas_categories (slug, name, place) VALUES ('general', 'General', 1000) ON CONFLICT DO NOTHING",
        .. kind == DatabaseKind.Sqlite ? SqliteSearch : PostgresSearch,
    ];

    // The index keeps no text of its own: it reads the idea's row when it must, and the triggers keep it in step.
    private static readonly string[] SqliteSearch =
    [
        """
        CREATE VIRTUAL TABLE IF NOT EXISTS ideas_search USING fts5(
            title, body, content='ideas_ideas', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')
        """,
        """
        CREATE TRIGGER IF NOT EXISTS ideas_search_insert AFTER INSERT ON ideas_ideas BEGIN
            INSERT INTO ideas_search (rowid, title, body) VALUES (new.number, new.title, new.body);
        END
        """,
        """
        CREATE TRIGGER IF NOT EXISTS ideas_search_update AFTER UPDATE OF title, body ON ideas_ideas BEGIN
            INSERT INTO ideas_search (ideas_search, rowid, title, body) VALUES ('delete', old.number, old.title, old.body);
            INSERT INTO ideas_search (rowid, title, body) VALUES (new.number, new.title, new.body);
        END
        """,
        """
        CREATE TRIGGER IF NOT EXISTS ideas_search_delete AFTER DELETE ON ideas_ideas BEGIN
            INSERT INTO ideas_search (ideas_search, rowid, title, body) VALUES ('delete', old.number, old.title, old.body);
        END
        """,
    ];

    private static readonly string[] PostgresSearch =
    [
        """
        ALTER TABLE ideas_ideas ADD COLUMN IF NOT EXISTS search tsvector
            GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED
        """,
        "CREATE INDEX IF NOT EXISTS ix_ideas_ideas_search ON ideas_ideas USING gin (search)",
    ];
}
