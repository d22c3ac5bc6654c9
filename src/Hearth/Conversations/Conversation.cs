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

    public required ConversationId ConversationId { get; init; }

    public required EntryKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public MentionId? MentionId { get; init; }

    public MessageId? MessageId { get; init; }

    /// <summary>The network's id of what was said; null while it is not there yet.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Of an event: what was done, in kebab case ("assigned").</summary>
    public string? What { get; init; }

    public string? Text { get; set; }

    /// <summary>Where an event leads, below the console's root.</summary>
    public string? Link { get; init; }

    public UserId? By { get; init; }

    public string? ByName { get; init; }

    /// <summary>The folded words of what was said or noted, for search; empty for events.</summary>
    public required string Words { get; set; }

    public static Entry Event(ConversationId conversation, string what, string? text, Actor? by, DateTimeOffset at, string? link = null) => new()
    {
        ConversationId = conversation, Kind = EntryKind.Event, At = at, What = what, Text = text, Link = link, By = by?.Id, ByName = by?.Name, Words = "",
    };
}

internal sealed class LabelRow
{
    public required ConversationId ConversationId { get; init; }

    public required string Label { get; init; }
}
