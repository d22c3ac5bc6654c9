using Hearth.Platform;

namespace Hearth.Conversations.Rules;

/// <summary>Hands what happens to the rules. What rules did themselves was answered where they did it, and is passed over here: that is why they cannot set each other off for ever.</summary>
internal sealed class FollowRules(RunRules rules)
    : IHandle<ConversationOpened>, IHandle<ConversationContinued>, IHandle<ConversationAssigned>, IHandle<ConversationStatusChanged>, IHandle<ConversationClosed>, IHandle<ConversationLabelled>,
    IHandle<ConversationReplied>, IHandle<ConversationPrioritised>
{
    public Task Handle(ConversationOpened fact, CancellationToken ct) => rules.On(fact.Conversation, RuleMoment.Arrives, fact.At, fact.Mention, first: true, ct: ct);

    public Task Handle(ConversationContinued fact, CancellationToken ct) => rules.On(fact.Conversation, RuleMoment.Arrives, fact.At, fact.Mention, ct: ct);

    public Task Handle(ConversationAssigned fact, CancellationToken ct) => Changed(fact.Conversation, RuleChange.Owner, fact.At, fact.Why, ct);

    public Task Handle(ConversationStatusChanged fact, CancellationToken ct) => Changed(fact.Conversation, RuleChange.Status, fact.At, fact.Why, ct);

    public Task Handle(ConversationClosed fact, CancellationToken ct) => Changed(fact.Conversation, RuleChange.Status, fact.At, fact.Why, ct);

    public Task Handle(ConversationLabelled fact, CancellationToken ct) => Changed(fact.Conversation, RuleChange.Label, fact.At, fact.Why, ct);

    public Task Handle(ConversationPrioritised fact, CancellationToken ct) => Changed(fact.Conversation, RuleChange.Priority, fact.At, fact.Why, ct);

    public Task Handle(ConversationReplied fact, CancellationToken ct) => Changed(fact.Conversation, RuleChange.Reply, fact.At, null, ct);

    private Task Changed(ConversationId conversation, RuleChange change, DateTimeOffset at, string? why, CancellationToken ct) =>
        why?.StartsWith(Doer.Rules, StringComparison.Ordinal) == true ? Task.CompletedTask : rules.On(conversation, RuleMoment.Changes, at, change: change, ct: ct);
}
