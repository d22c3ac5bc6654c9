using Hearth.Platform;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>A promised time ran out. Told once per clock.</summary>
/// <param name="Conversation">Whose promise.</param>
/// <param name="Clock">Which of its clocks.</param>
/// <param name="Policy">By which policy.</param>
/// <param name="At">When it ran out.</param>
public sealed record SlaBreached(ConversationId Conversation, ClockKind Clock, SlaPolicyId Policy, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>Somebody, or a rule, chose which promise counts; null when the first one that fits counts again.</summary>
public sealed record ServiceLevelChosen(ConversationId Conversation, SlaPolicyId? Policy, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}
