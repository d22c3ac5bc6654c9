using Hearth.Platform;

namespace Hearth.Ideas;

/// <summary>The triggers that keep <see cref="IdeaCount"/> and <see cref="IdeaAnswerCount"/>: whoever posts, moves, answers, merges or removes, the counts follow in its transaction.</summary>
internal static class IdeaCounting
{
    private const string Watched = "category, status, standing, answered_at";

    public static IEnumerable<string> Objects(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? Sqlite : Postgres;

    private static readonly string[] Sqlite =
    [
        Fill("ideas_counts", "category, status, answered, ideas", "category, status, answered_at IS NOT NULL, COUNT(*)", "1 = 1", "category, status, answered_at IS NOT NULL"),
        Fill("ideas_answer_counts", "category, hours, ideas", $"category, {Hours("")}, COUNT(*)", "answered_at IS NOT NULL", $"category, {Hours("")}"),
        $"CREATE TRIGGER IF NOT EXISTS ideas_counts_insert AFTER INSERT ON ideas_ideas BEGIN {One("new", 1)} END",
        $"CREATE TRIGGER IF NOT EXISTS ideas_counts_update AFTER UPDATE OF {Watched} ON ideas_ideas BEGIN {One("old", -1)} {One("new", 1)} END",
        $"CREATE TRIGGER IF NOT EXISTS ideas_counts_delete AFTER DELETE ON ideas_ideas BEGIN {One("old", -1)} END",
    ];

    // Statement by statement for what comes in bulk, so that a million imported ideas are not a million versions of the same count.
    private static readonly string[] Postgres =
    [
        Fill("ideas_counts", "category, status, answered, ideas", "category, status, answered_at IS NOT NULL, COUNT(*)", "1 = 1", "category, status, answered_at IS NOT NULL"),
        Fill("ideas_answer_counts", "category, hours, ideas", $"category, {Hours("")}, COUNT(*)", "answered_at IS NOT NULL", $"category, {Hours("")}"),
        $"""
        CREATE OR REPLACE FUNCTION ideas_counts_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            {Many("added", 1)}
            RETURN NULL;
        END $$
        """,
        $"""
        CREATE OR REPLACE FUNCTION ideas_counts_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            {Many("gone", -1)}
            RETURN NULL;
        END $$
        """,
        $"""
        CREATE OR REPLACE FUNCTION ideas_counts_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            {One("OLD", -1)}
            {One("NEW", 1)}
            RETURN NULL;
        END $$
        """,
        "CREATE OR REPLACE TRIGGER ideas_counts_insert AFTER INSERT ON ideas_ideas REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ideas_counts_insert()",
        "CREATE OR REPLACE TRIGGER ideas_counts_delete AFTER DELETE ON ideas_ideas REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ideas_counts_delete()",
        $"CREATE OR REPLACE TRIGGER ideas_counts_update AFTER UPDATE OF {Watched} ON ideas_ideas FOR EACH ROW EXECUTE FUNCTION ideas_counts_update()",
    ];

    // Hour by hour for ten days, day by day for a hundred, by ten days from then on: a shelf then has some hundred rows, however long somebody had to wait.
    private static string Hours(string row) => $"""
        CASE WHEN {row}answered_at - {row}at < 864000000000 THEN ({row}answered_at - {row}at) / 3600000000
            WHEN {row}answered_at - {row}at < 8640000000000 THEN ({row}answered_at - {row}at) / 86400000000 * 24
            ELSE ({row}answered_at - {row}at) / 864000000000 * 240 END
        """;

    // Counts what an older version left behind, once.
    private static string Fill(string table, string columns, string values, string where, string by) => $"""
        INSERT INTO {table} ({columns})
        SELECT {values} FROM ideas_ideas WHERE standing = 0 AND {where} AND NOT EXISTS (SELECT 1 FROM {table}) GROUP BY {by}
        """;

    private static string One(string row, int sign) => $"""
        INSERT INTO ideas_counts (category, status, answered, ideas) SELECT {row}.category, {row}.status, {row}.answered_at IS NOT NULL, {sign} WHERE {row}.standing = 0
            ON CONFLICT (category, status, answered) DO UPDATE SET ideas = ideas_counts.ideas + excluded.ideas;
        INSERT INTO ideas_answer_counts (category, hours, ideas) SELECT {row}.category, {Hours(row + ".")}, {sign} WHERE {row}.standing = 0 AND {row}.answered_at IS NOT NULL
            ON CONFLICT (category, hours) DO UPDATE SET ideas = ideas_answer_counts.ideas + excluded.ideas;
        """;

    private static string Many(string rows, int sign) => $"""
        INSERT INTO ideas_counts (category, status, answered, ideas)
            SELECT category, status, answered_at IS NOT NULL, {sign} * COUNT(*) FROM {rows} WHERE standing = 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            ON CONFLICT (category, status, answered) DO UPDATE SET ideas = ideas_counts.ideas + excluded.ideas;
        INSERT INTO ideas_answer_counts (category, hours, ideas)
            SELECT category, {Hours("")}, {sign} * COUNT(*) FROM {rows} WHERE standing = 0 AND answered_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
            ON CONFLICT (category, hours) DO UPDATE SET ideas = ideas_answer_counts.ideas + excluded.ideas;
        """;
}
