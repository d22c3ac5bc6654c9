using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>The one place where a conversation lies, made by the database of its standing, status and snooze. Kept as a number; the order is that of the list below.</summary>
public enum Drawer
{
    /// <summary>The person spoke last, nobody put it aside: it waits for us.</summary>
    Open,

    /// <summary>We spoke last.</summary>
    Waiting,

    /// <summary>Open or waiting, but out of sight for a while.</summary>
    Snoozed,

    Closed,

    Spam,

    /// <summary>In none: what was said in it shows in another conversation.</summary>
    Merged,
}

/// <summary>A change of how many conversations lie in a drawer, of a department, with a person; the sum of all is the count.</summary>
/// <remarks>
/// Appended by triggers, whoever changes a conversation, and folded once a minute. Appending takes no lock that two agents could wait for, and a sum over few
/// rows costs the same with a hundred conversations as with a million.
/// </remarks>
internal sealed class TallyRow
{
    public long Number { get; init; }

    public required Drawer Drawer { get; init; }

    public Department? Department { get; init; }

    public UserId? Assignee { get; init; }

    public required int Change { get; init; }
}

/// <summary>The same for labels.</summary>
internal sealed class LabelTally
{
    public long Number { get; init; }

    public required string Label { get; init; }

    public required int Change { get; init; }
}

/// <summary>The triggers behind the counts, and behind the places that labels keep of their conversations so that a label's list needs no sorting.</summary>
internal static class Tallies
{
    public const string DrawerSql =
        "CASE WHEN standing = 'Merged' THEN 5 WHEN standing = 'Spam' THEN 4 WHEN status = 'Closed' THEN 3 WHEN snoozed_until IS NOT NULL THEN 2 WHEN status = 'Waiting' THEN 1 ELSE 0 END";

    public static IEnumerable<string> Objects(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? [.. Fill, .. Sqlite] : [.. Fill, .. Postgres];

    // Counts what an older version left behind, once.
    public static readonly string[] Fill =
    [
        """
        INSERT INTO conversations_tallies (drawer, department, assignee, change)
        SELECT drawer, department, assignee, COUNT(*) FROM conversations_conversations WHERE NOT EXISTS (SELECT 1 FROM conversations_tallies) GROUP BY drawer, department, assignee
        """,
        """
        INSERT INTO conversations_label_tallies (label, change)
        SELECT label, COUNT(*) FROM conversations_labels WHERE NOT EXISTS (SELECT 1 FROM conversations_label_tallies) GROUP BY label
        """,
        """
        UPDATE conversations_labels SET
            last_at = (SELECT c.last_at FROM conversations_conversations c WHERE c.id = conversation_id), drawer = (SELECT c.drawer FROM conversations_conversations c WHERE c.id = conversation_id),
            number = (SELECT c.number FROM conversations_conversations c WHERE c.id = conversation_id)
        WHERE number = 0 AND EXISTS (SELECT 1 FROM conversations_conversations c WHERE c.id = conversation_id)
        """,
    ];

    private const string Watched = "status, standing, snoozed_until, department, assignee, last_at";

    private static readonly string[] Sqlite =
    [
        "CREATE TRIGGER IF NOT EXISTS conversations_tally_in AFTER INSERT ON conversations_conversations BEGIN INSERT INTO conversations_tallies (drawer, department, assignee, change) VALUES (new.drawer, new.department, new.assignee, 1); END",
        "CREATE TRIGGER IF NOT EXISTS conversations_tally_out AFTER DELETE ON conversations_conversations BEGIN INSERT INTO conversations_tallies (drawer, department, assignee, change) VALUES (old.drawer, old.department, old.assignee, -1); END",
        $"""
        CREATE TRIGGER IF NOT EXISTS conversations_tally_new AFTER UPDATE OF {Watched} ON conversations_conversations
        WHEN old.drawer <> new.drawer OR old.department IS NOT new.department OR old.assignee IS NOT new.assignee
        BEGIN
          INSERT INTO conversations_tallies (drawer, department, assignee, change) VALUES (old.drawer, old.department, old.assignee, -1), (new.drawer, new.department, new.assignee, 1);
        END
        """,
        $"""
        CREATE TRIGGER IF NOT EXISTS conversations_label_follow AFTER UPDATE OF {Watched} ON conversations_conversations WHEN old.drawer <> new.drawer OR old.last_at <> new.last_at
        BEGIN
          UPDATE conversations_labels SET drawer = new.drawer, last_at = new.last_at WHERE conversation_id = new.id;
        END
        """,
        """
        CREATE TRIGGER IF NOT EXISTS conversations_label_in AFTER INSERT ON conversations_labels
        BEGIN
          UPDATE conversations_labels SET (drawer, last_at, number) = (SELECT c.drawer, c.last_at, c.number FROM conversations_conversations c WHERE c.id = new.conversation_id)
          WHERE conversation_id = new.conversation_id AND label = new.label;
          INSERT INTO conversations_label_tallies (label, change) VALUES (new.label, 1);
        END
        """,
        "CREATE TRIGGER IF NOT EXISTS conversations_label_out AFTER DELETE ON conversations_labels BEGIN INSERT INTO conversations_label_tallies (label, change) VALUES (old.label, -1); END",
    ];

    private static readonly string[] Postgres =
    [
        """
        CREATE OR REPLACE FUNCTION conversations_tally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP <> 'INSERT' THEN INSERT INTO conversations_tallies (drawer, department, assignee, change) VALUES (OLD.drawer, OLD.department, OLD.assignee, -1); END IF;
            IF TG_OP <> 'DELETE' THEN INSERT INTO conversations_tallies (drawer, department, assignee, change) VALUES (NEW.drawer, NEW.department, NEW.assignee, 1); END IF;
            RETURN NULL;
        END $$
        """,
        """
        CREATE OR REPLACE FUNCTION conversations_label_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE conversations_labels SET drawer = NEW.drawer, last_at = NEW.last_at WHERE conversation_id = NEW.id;
            RETURN NULL;
        END $$
        """,
        """
        CREATE OR REPLACE FUNCTION conversations_label_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            SELECT c.drawer, c.last_at, c.number INTO NEW.drawer, NEW.last_at, NEW.number FROM conversations_conversations c WHERE c.id = NEW.conversation_id;
            RETURN NEW;
        END $$
        """,
        """
        CREATE OR REPLACE FUNCTION conversations_label_tally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'INSERT' THEN INSERT INTO conversations_label_tallies (label, change) VALUES (NEW.label, 1);
            ELSE INSERT INTO conversations_label_tallies (label, change) VALUES (OLD.label, -1); END IF;
            RETURN NULL;
        END $$
        """,
        "CREATE OR REPLACE TRIGGER conversations_tally_in AFTER INSERT OR DELETE ON conversations_conversations FOR EACH ROW EXECUTE FUNCTION conversations_tally()",
        """
        CREATE OR REPLACE TRIGGER conversations_tally_new AFTER UPDATE ON conversations_conversations FOR EACH ROW
        WHEN (OLD.drawer <> NEW.drawer OR OLD.department IS DISTINCT FROM NEW.department OR OLD.assignee IS DISTINCT FROM NEW.assignee) EXECUTE FUNCTION conversations_tally()
        """,
        """
        CREATE OR REPLACE TRIGGER conversations_label_follow AFTER UPDATE ON conversations_conversations FOR EACH ROW
        WHEN (OLD.drawer <> NEW.drawer OR OLD.last_at <> NEW.last_at) EXECUTE FUNCTION conversations_label_follow()
        """,
        "CREATE OR REPLACE TRIGGER conversations_label_in BEFORE INSERT ON conversations_labels FOR EACH ROW EXECUTE FUNCTION conversations_label_in()",
        "CREATE OR REPLACE TRIGGER conversations_label_tally AFTER INSERT OR DELETE ON conversations_labels FOR EACH ROW EXECUTE FUNCTION conversations_label_tally()",
    ];
}

/// <summary>Folds the counts, and forgets steps that are too old to be undone.</summary>
public sealed record TidyInbox : IJob;

internal sealed class TidyInboxRun(Database db, TimeProvider clock) : IRun<TidyInbox>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public async Task Run(TidyInbox job, CancellationToken ct)
    {
        await Fold(ct);
        var old = clock.Now() - StepLog.Kept;
        await db.Set<StepRow>().Where(s => s.At < old).ExecuteDeleteAsync(ct);
    }

    /// <summary>What is deleted is what is added up, whoever appends or folds meanwhile.</summary>
    internal Task Fold(CancellationToken ct) => db.InTransaction(async () =>
    {
        var split = await db.Set<TallyRow>().GroupBy(t => new { t.Drawer, t.Department, t.Assignee }).AnyAsync(g => g.Count() > 1, ct)
            || await db.Set<LabelTally>().GroupBy(t => t.Label).AnyAsync(g => g.Count() > 1, ct);
        if (!split) return;
        var tallies = await db.Set<TallyRow>().FromSqlRaw("DELETE FROM conversations_tallies RETURNING *").AsNoTracking().ToListAsync(ct);
        await db.InsertAll(tallies.GroupBy(t => (t.Drawer, t.Department, t.Assignee))
            .Select(g => new TallyRow { Drawer = g.Key.Drawer, Department = g.Key.Department, Assignee = g.Key.Assignee, Change = g.Sum(t => t.Change) }).Where(t => t.Change != 0).ToList(), ct);
        var labels = await db.Set<LabelTally>().FromSqlRaw("DELETE FROM conversations_label_tallies RETURNING *").AsNoTracking().ToListAsync(ct);
        await db.InsertAll(labels.GroupBy(t => t.Label, StringComparer.Ordinal).Select(g => new LabelTally { Label = g.Key, Change = g.Sum(t => t.Change) }).Where(t => t.Change != 0).ToList(), ct);
    }, ct);
}
