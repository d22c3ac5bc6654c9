using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Conversations;

/// <summary>What can be done with a conversation, and undone.</summary>
public enum StepKind
{
    /// <summary>Given to a person, or to nobody.</summary>
    Assigned,

    /// <summary>Given to a department, or to none.</summary>
    Routed,

    /// <summary>Opened, set to wait, or closed.</summary>
    Moved,

    Prioritised,

    Labelled,

    Unlabelled,

    /// <summary>Snoozed or woken.</summary>
    Snoozed,

    /// <summary>Marked as spam, or as none.</summary>
    Spam,

    Noted,
}

/// <summary>One step: what was so before it, and after. The undo log.</summary>
internal sealed class StepRow
{
    public long Number { get; init; }

    /// <summary>All steps of one request or bulk action bear the same.</summary>
    public required Guid Batch { get; init; }

    public required ConversationId ConversationId { get; init; }

    public required StepKind Kind { get; init; }

    /// <summary>In the kind's own writing, as <see cref="Became"/>: "0198...|Ada Brandt", "Care", "Closed", a label, microseconds, a note's position. Null for none.</summary>
    public string? Was { get; init; }

    public string? Became { get; init; }

    public UserId? By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>Keeps what is done in one unit of work, so that it can be undone.</summary>
public sealed class StepLog(Database db, TimeProvider clock)
{
    /// <summary>How long a step can be undone from the log; what it did stays on the timeline.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Names all that was done in this scope; give it to <see cref="UndoSteps"/>.</summary>
    public Guid Batch { get; private set; } = Ids.New();

    /// <summary>How many steps were taken in this scope; those that changed nothing are none.</summary>
    public int Count { get; private set; }

    /// <summary>What follows is another batch.</summary>
    public void Begin() => (Batch, Count) = (Ids.New(), 0);

    // Saved with the step itself, by whoever takes it.
    internal void Keep(ConversationId conversation, StepKind kind, string? was, string? became, Doer by)
    {
        Count++;
        db.Add(new StepRow { Batch = Batch, ConversationId = conversation, Kind = kind, Was = was, Became = became, By = by.Id, ByName = by.Name, At = clock.Now() });
    }

    internal static string? Of(UserId? id, string? name) => id is { } user ? $"{user.Value}|{name}" : null;

    internal static Actor? Assignee(string? kept) =>
        kept?.Split('|', 2) is [var id, var name] ? new(UserId.From(Guid.Parse(id)), name, "", null, Role.Agent) : null;

    internal static string? Of(DateTimeOffset? at) => at?.ToUnixMicroseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static DateTimeOffset? Time(string? kept) => kept is null ? null : Platform.Time.FromUnixMicroseconds(long.Parse(kept, System.Globalization.CultureInfo.InvariantCulture));
}
