using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;

namespace Hearth.Conversations;

/// <summary>The drawers of the inbox.</summary>
public enum InboxView
{
    /// <summary>Not done, in sight, and mine.</summary>
    Mine,

    /// <summary>Not done, in sight, and nobody's.</summary>
    Unassigned,

    /// <summary>Not done, in sight, and my department's.</summary>
    Department,

    /// <summary>A note names me.</summary>
    MentionedMe,

    /// <summary>The person spoke last.</summary>
    WaitingForUs,

    /// <summary>We spoke last.</summary>
    WaitingForThem,

    /// <summary>Out of sight until a time, or until the person speaks.</summary>
    Snoozed,

    /// <summary>A service level's clock has run out; the longest overdue comes first.</summary>
    Overdue,

    Closed,

    Spam,

    /// <summary>Everything but spam.</summary>
    All,
}

/// <summary>What to show of the inbox; each part narrows it further.</summary>
/// <param name="View">Which drawer.</param>
/// <param name="Me">Whose "mine" is.</param>
/// <param name="Department">Given to this department.</param>
/// <param name="Label">Bears this label.</param>
/// <param name="Search">Every word was said or noted in it, the last one as a beginning; "@handle" finds a person's.</param>
/// <param name="Person">With this person.</param>
/// <param name="OldestFirst">Who has waited longest comes first.</param>
public sealed record InboxFilter(InboxView View, UserId? Me = null, Department? Department = null, string? Label = null, string? Search = null, PersonId? Person = null,
    bool OldestFirst = false)
{
    /// <summary>All who are one with <see cref="Person"/>, itself among them; found when the inbox is walked.</summary>
    internal IReadOnlyList<PersonId> Persons { get; init; } = [];

    /// <summary>Whose "my department" is.</summary>
    public Department? MyDepartment { get; init; }

    /// <summary>As pressing as this.</summary>
    public ConversationPriority? Priority { get; init; }

    /// <summary>On this network.</summary>
    public string? Network { get; init; }

    /// <summary>Belongs to this person of ours.</summary>
    public UserId? Assignee { get; init; }

    /// <summary>The urgent ones come first, then the watched; among equals the order is the other one's. Overdue conversations keep theirs.</summary>
    public bool PressingFirst { get; init; }

    /// <summary>The same, seen by one of ours.</summary>
    public InboxFilter By(Actor? who) => this with { Me = who?.Id, MyDepartment = who?.Department };

    internal IReadOnlyList<Drawer> Drawers => View switch
    {
        InboxView.Mine or InboxView.Unassigned or InboxView.Department or InboxView.Overdue => [Drawer.Open, Drawer.Waiting],
        InboxView.WaitingForUs => [Drawer.Open],
        InboxView.WaitingForThem => [Drawer.Waiting],
        InboxView.Snoozed => [Drawer.Snoozed],
        InboxView.Closed => [Drawer.Closed],
        InboxView.Spam => [Drawer.Spam],
        _ => [Drawer.Open, Drawer.Waiting, Drawer.Snoozed, Drawer.Closed],
    };
}

/// <summary>A row of the inbox.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Number">What people call it by, from 1.</param>
/// <param name="Network">"bluesky", "web" ...</param>
/// <param name="Person">With whom; null when the source named nobody.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Handle">Without the @.</param>
/// <param name="Avatar">Address of their picture.</param>
/// <param name="Status">Open waits for us, waiting for them.</param>
/// <param name="Department">Whose department's it is.</param>
/// <param name="Assignee">Whose it is.</param>
/// <param name="AssigneeName">Their name.</param>
/// <param name="Preview">The beginning of what the person said last; empty when it was removed.</param>
/// <param name="LastAt">When anybody spoke last.</param>
/// <param name="Mentions">How often the person spoke.</param>
/// <param name="Labels">In alphabetical order.</param>
/// <param name="SourceName">The source that brought it ("Trailtalk forum").</param>
public sealed record InboxRow(ConversationId Id, long Number, string Network, PersonId? Person, string Name, string? Handle, string? Avatar, ConversationStatus Status, Department? Department,
    UserId? Assignee, string? AssigneeName, string Preview, DateTimeOffset LastAt, int Mentions, IReadOnlyList<string> Labels, string SourceName)
{
    /// <summary>How pressing it is.</summary>
    public ConversationPriority Priority { get; init; }

    /// <summary>Where it lies: open, waiting, snoozed, closed or spam.</summary>
    public Drawer Drawer { get; init; }

    /// <summary>Out of sight until then; the year 9999 stands for "until they speak".</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When the earliest running clock of its service level ends; null when none runs.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>How many conversations lie in each view. Those that name the reader, and those overdue, are counted up to 1,000.</summary>
public sealed record InboxCounts(int Mine, int Unassigned, int WaitingForUs, int WaitingForThem, int Closed, int All)
{
    public const int Most = 1_000;

    /// <summary>The reader's department's.</summary>
    public int Department { get; init; }

    public int MentionedMe { get; init; }

    public int Snoozed { get; init; }

    public int Overdue { get; init; }

    public int Spam { get; init; }

    public int Of(InboxView view) => view switch
    {
        InboxView.Mine => Mine,
        InboxView.Unassigned => Unassigned,
        InboxView.Department => Department,
        InboxView.MentionedMe => MentionedMe,
        InboxView.WaitingForUs => WaitingForUs,
        InboxView.WaitingForThem => WaitingForThem,
        InboxView.Snoozed => Snoozed,
        InboxView.Overdue => Overdue,
        InboxView.Spam => Spam,
        InboxView.Closed => Closed,
        _ => All,
    };
}

/// <summary>A label and how many conversations bear it.</summary>
public sealed record LabelCount(string Label, int Conversations);
