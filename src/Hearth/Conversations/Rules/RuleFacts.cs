using Hearth.Platform;

namespace Hearth.Conversations.Rules;

/// <summary>A rule acted on a conversation; what it did is told by the facts of what was done, each with the rule as its reason.</summary>
/// <param name="Conversation">On which.</param>
/// <param name="Rule">What people call the rule by.</param>
/// <param name="Version">Which of its versions.</param>
/// <param name="At">When.</param>
public sealed record RuleFired(ConversationId Conversation, long Rule, int Version, DateTimeOffset At) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}
