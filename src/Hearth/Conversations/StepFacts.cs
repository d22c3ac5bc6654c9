using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.Conversations;

/// <summary>How pressing it is now. <paramref name="By"/> is null when a rule or policy said so, and <paramref name="Why"/> leads to it.</summary>
public sealed record ConversationPrioritised(ConversationId Conversation, ConversationPriority Priority, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>It is out of sight until then, or until the person speaks; <paramref name="Until"/> is null for only the latter.</summary>
public sealed record ConversationSnoozed(ConversationId Conversation, DateTimeOffset? Until, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>It is in sight again: its time came, <paramref name="Spoke"/> tells that the person spoke, or somebody woke it.</summary>
public sealed record ConversationWoken(ConversationId Conversation, bool Spoke, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>It is nothing to be answered; <paramref name="Spam"/> is false when it is after all.</summary>
public sealed record ConversationMarkedSpam(ConversationId Conversation, bool Spam, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>A person of ours was named in a note.</summary>
public sealed record ConversationNoteNamed(ConversationId Conversation, UserId Named, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>What a person says opens no conversation from now on; <paramref name="Blocked"/> is false when it does again.</summary>
public sealed record PersonBlocked(PersonId Person, bool Blocked, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + Person.Value;
}
