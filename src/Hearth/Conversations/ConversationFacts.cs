using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Conversations;

public readonly record struct ConversationId(Guid Value) : IId<ConversationId>
{
    public static ConversationId New() => new(Ids.New());

    public static ConversationId From(Guid value) => new(value);
}

/// <summary>Where a conversation stands.</summary>
public enum ConversationStatus
{
    /// <summary>The person spoke last: it waits for us.</summary>
    Open,

    /// <summary>We spoke last: it waits for them.</summary>
    Waiting,

    /// <summary>Done, until the person speaks again.</summary>
    Closed,
}

/// <summary>How pressing a conversation is.</summary>
public enum ConversationPriority
{
    None,

    /// <summary>To be kept an eye on.</summary>
    Watch,

    /// <summary>Before all others.</summary>
    Urgent,
}

/// <summary>Whether a conversation counts as one.</summary>
public enum Standing
{
    Normal,

    /// <summary>Nothing to be answered: in no drawer but its own, and in no figure.</summary>
    Spam,

    /// <summary>Its posts stand in another conversation, until that is undone.</summary>
    Merged,
}

/// <summary>A conversation began with a mention. <paramref name="By"/> is null when it opened by itself.</summary>
public sealed record ConversationOpened(ConversationId Conversation, MentionId Mention, PersonId? Person, string Network, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>The person spoke again in a conversation. <paramref name="Reopened"/> tells that it was closed before.</summary>
public sealed record ConversationContinued(ConversationId Conversation, MentionId Mention, PersonId? Person, bool Reopened, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>A reply of ours was queued; what becomes of it is told by <see cref="MessageSent"/> and <see cref="MessageFailed"/>.</summary>
public sealed record ConversationReplied(ConversationId Conversation, MessageId Message, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>The brand answered on the network itself, past Hearth.</summary>
public sealed record ConversationAnsweredOutside(ConversationId Conversation, MentionId Mention, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>Whose it is now: a person, a department, both or nobody. <paramref name="By"/> is null when a rule or policy did it, and <paramref name="Why"/> leads to it.</summary>
public sealed record ConversationAssigned(ConversationId Conversation, UserId? Assignee, Department? Department, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>One of ours, or a rule, moved it to open or waiting; closing is told by <see cref="ConversationClosed"/>.</summary>
public sealed record ConversationStatusChanged(ConversationId Conversation, ConversationStatus Status, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>A label was put on, or with <paramref name="On"/> false taken off.</summary>
public sealed record ConversationLabelled(ConversationId Conversation, string Label, bool On, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>One of ours wrote a note, which only we see.</summary>
public sealed record ConversationNoted(ConversationId Conversation, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>One of ours closed it; <paramref name="By"/> is null when a rule or policy did.</summary>
public sealed record ConversationClosed(ConversationId Conversation, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}
