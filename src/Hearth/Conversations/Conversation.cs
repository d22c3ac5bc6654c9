using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Conversations;

/// <summary>What one author says in one thread, and what we answer.</summary>
internal sealed class Conversation
{
    /// <summary>Rises with every conversation; what people call it by.</summary>
    public long Number { get; init; }

    public required ConversationId Id { get; init; }

    /// <summary>One conversation per network, thread and author.</summary>
    public required string Key { get; init; }

    public required string Network { get; init; }

    public required string ThreadKey { get; init; }

    public required SourceId Source { get; init; }

    public PersonId? PersonId { get; init; }

    public ConversationStatus Status { get; set; }

    /// <summary>How pressing it is; kept as a number, so that the inbox can be sorted by it.</summary>
    public ConversationPriority Priority { get; set; }

    /// <summary>Out of sight until then, or until the person speaks; null when it is not snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; set; }

    public Standing Standing { get; set; }

    /// <summary>Where its posts show while its standing is merged; see <see cref="MergeTree"/>.</summary>
    public ConversationId? MergedInto { get; set; }

    /// <summary>Made by the database of what stands above; see <see cref="Tallies.DrawerSql"/>.</summary>
    public Drawer Drawer { get; private set; }

    public Department? Department { get; set; }

    public UserId? Assignee { get; set; }

    public string? AssigneeName { get; set; }

    /// <summary>How often the brand has spoken here. A reply is queued only against the number its writer saw.</summary>
    public int Version { get; set; }

    public required string Preview { get; set; }

    public required MentionId LastMention { get; set; }

    public required DateTimeOffset LastMentionAt { get; set; }

    /// <summary>When anybody last spoke; the order of the inbox.</summary>
    public required DateTimeOffset LastAt { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? FirstReplyAt { get; set; }

    public DateTimeOffset? LastReplyAt { get; set; }

    public string? LastReplyBy { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public int Mentions { get; set; }

    /// <summary>When the earliest running service-level clock ends, or ended without us; null when none runs.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public static string KeyOf(string network, string threadKey, PersonId? person) => $"{network}|{person?.Value.ToString("N") ?? "-"}|{threadKey}";
}

/// <summary>What stands on a conversation's timeline.</summary>
public enum EntryKind
{
    /// <summary>The person spoke.</summary>
    Mention,

    /// <summary>The brand spoke on the network itself, past Hearth.</summary>
    OwnPost,

    /// <summary>Our reply, sent through Hearth.</summary>
    Reply,

    /// <summary>Seen only by us.</summary>
    Note,

    /// <summary>Something was done with the conversation.</summary>
    Event,
}

internal sealed class Entry
{
    /// <summary>Rises with every entry; also the key of the full-text index.</summary>
    public long Position { get; init; }

    /// <summary>Where it shows.</summary>
    public required ConversationId ConversationId { get; set; }

    /// <summary>Where it belongs while it shows in another one; null when it belongs where it shows.</summary>
    public ConversationId? Home { get; set; }

    public required EntryKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public MentionId? MentionId { get; init; }

    public MessageId? MessageId { get; init; }

    /// <summary>The network's id of what was said; null while it is not there yet.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Of an event: what was done, in kebab case ("assigned"). Of what we said: whether it answers, or was said unasked.</summary>
    public string? What { get; init; }

    /// <summary>A post of the brand that is older than the person's last one, and so does not answer it.</summary>
    public const string Aside = "aside";

    /// <summary>A message of ours that answers nothing.</summary>
    public const string Unasked = "unasked";

    public string? Text { get; set; }

    /// <summary>Where an event leads, below the console's root.</summary>
    public string? Link { get; init; }

    public UserId? By { get; init; }

    public string? ByName { get; init; }

    /// <summary>The folded words of what was said or noted, for search; empty for events.</summary>
    public required string Words { get; set; }

    public static Entry Event(ConversationId conversation, string what, string? text, Doer? by, DateTimeOffset at, string? link = null) => new()
    {
        ConversationId = conversation, Kind = EntryKind.Event, At = at, What = what, Text = text, Link = link ?? by?.Why, By = by?.Id, ByName = by?.Name, Words = "",
    };
}

internal sealed class LabelRow
{
    public required ConversationId ConversationId { get; init; }

    public required string Label { get; init; }

    /// <summary>The conversation's drawer and place, kept in step by triggers, so that a label's list is read in order.</summary>
    public Drawer Drawer { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public long Number { get; private set; }
}
