using Hearth.Conversations.Kpis;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>Follows what happens to conversations: first the record of its figures, then the clocks that run by it. One subscriber, so that both see one order.</summary>
internal sealed class FollowConversations(Database db, KeepRecord records, KeepClocks clocks) : IHandle<ConversationOpened>, IHandle<ConversationContinued>, IHandle<ConversationReplied>,
    IHandle<ConversationAnsweredOutside>, IHandle<ConversationStatusChanged>, IHandle<ConversationClosed>, IHandle<ConversationAssigned>,
    IHandle<ConversationPrioritised>, IHandle<ConversationSnoozed>, IHandle<ConversationWoken>, IHandle<ConversationMarkedSpam>, IHandle<ServiceLevelChosen>, IHandle<ConversationsMerged>, IHandle<ConversationSplit>
{
    public async Task Handle(ConversationOpened fact, CancellationToken ct)
    {
        if (await records.Open(fact, ct) is { } r) await clocks.Follow(r, fact.At, "the person wrote", false, ct);
    }

    public Task Handle(ConversationContinued fact, CancellationToken ct) => Follow(fact.Conversation, fact.At, "the person wrote again", r => records.Spoke(r, fact.At), ct);

    public Task Handle(ConversationReplied fact, CancellationToken ct) => Answered(fact.Conversation, fact.At, fact.By, ct);

    public Task Handle(ConversationAnsweredOutside fact, CancellationToken ct) => Answered(fact.Conversation, fact.At, null, ct);

    public Task Handle(ConversationStatusChanged fact, CancellationToken ct) =>
        Follow(fact.Conversation, fact.At, "it waits for us", r => records.Moved(r, fact.Status, fact.At), ct);

    public async Task Handle(ConversationClosed fact, CancellationToken ct)
    {
        if (await records.Of(fact.Conversation, ct) is not { } r) return;
        await records.Closed(r, fact.At, ct);
        await clocks.Follow(r, fact.At, "closed", false, ct);
    }

    public Task Handle(ConversationAssigned fact, CancellationToken ct) =>
        Follow(fact.Conversation, fact.At, "another department", r => (r.Assignee, r.Department) = (fact.Assignee, fact.Department), ct);

    public Task Handle(ConversationPrioritised fact, CancellationToken ct) => Follow(fact.Conversation, fact.At, "another priority", r => r.Priority = fact.Priority, ct);

    public Task Handle(ConversationSnoozed fact, CancellationToken ct) => Follow(fact.Conversation, fact.At, "snoozed", r => r.Snoozed = true, ct);

    public Task Handle(ConversationWoken fact, CancellationToken ct) => Follow(fact.Conversation, fact.At, fact.Spoke ? "the person wrote again" : "its snooze ended", r => r.Snoozed = false, ct);

    public Task Handle(ConversationMarkedSpam fact, CancellationToken ct) =>
        Follow(fact.Conversation, fact.At, "no spam after all", r => r.Standing = fact.Spam ? Standing.Spam : Standing.Normal, ct);

    public Task Handle(ServiceLevelChosen fact, CancellationToken ct) =>
        Follow(fact.Conversation, fact.At, "another promise", r => (r.Policy, r.PolicyChosen) = (fact.Policy, fact.Policy is not null), ct);

    public async Task Handle(ConversationsMerged fact, CancellationToken ct)
    {
        await Stand(fact.Conversation, fact.At, ct);
        await Stand(fact.From, fact.At, ct);
    }

    public async Task Handle(ConversationSplit fact, CancellationToken ct)
    {
        await Stand(fact.Conversation, fact.At, ct);
        await Stand(fact.Part, fact.At, ct);
    }

    // What was merged away counts nowhere; what it was merged into may wait for us now, without the person having spoken again.
    private async Task Stand(ConversationId id, DateTimeOffset at, CancellationToken ct)
    {
        if (await records.Of(id, ct) is not { } r || await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } conversation) return;
        r.Standing = conversation.Standing;
        if (conversation is { Status: ConversationStatus.Open, Standing: Standing.Normal } && r.Status != ConversationStatus.Open) records.Moved(r, ConversationStatus.Open, at);
        await clocks.Follow(r, at, "merged or split", false, ct);
    }

    private async Task Answered(ConversationId id, DateTimeOffset at, Governance.UserId? by, CancellationToken ct)
    {
        if (await records.Of(id, ct) is not { } r) return;
        await records.Answered(r, at, by, ct);
        await clocks.Follow(r, at, "answered", true, ct);
    }

    private async Task Follow(ConversationId id, DateTimeOffset at, string why, Action<RecordRow> change, CancellationToken ct)
    {
        if (await records.Of(id, ct) is not { } r) return;
        change(r);
        await clocks.Follow(r, at, why, false, ct);
    }
}
