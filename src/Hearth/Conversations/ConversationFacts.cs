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

/// <summary>Whose it is now: a person, a department, both or nobody.</summary>
public sealed record ConversationAssigned(ConversationId Conversation, UserId? Assignee, Department? Department, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>A person of ours moved it to open or waiting; closing is told by <see cref="ConversationClosed"/>.</summary>
public sealed record ConversationStatusChanged(ConversationId Conversation, ConversationStatus Status, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>A person of ours closed it.</summary>
public sealed record ConversationClosed(ConversationId Conversation, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}
