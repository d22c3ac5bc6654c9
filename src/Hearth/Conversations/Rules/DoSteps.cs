using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>The small things a rule does: priority, labels, service level, snooze, spam.</summary>
internal sealed class DoSteps(ConversationSteps steps, SetPriority priority, SnoozeConversation snooze, MarkSpam spam, SetServiceLevel promise, SlaPolicies policies, TimeProvider clock)
{
    /// <returns>What it did, for people.</returns>
    public async Task<IReadOnlyList<string>> Of(RuleThen then, ConversationId id, Doer doer, CancellationToken ct)
    {
        var did = new List<string>();
        if (then.Priority is { } wanted)
        {
            await priority.To(id, wanted, doer, ct);
            did.Add(wanted == ConversationPriority.None ? "no priority" : wanted.ToString().ToLowerInvariant());
        }

        foreach (var label in then.Labels ?? [])
        {
            await steps.AddLabel(id, label, doer, ct);
            did.Add("label " + label);
        }

        if (then.Policy is { } policy)
        {
            var name = (await policies.Find(policy, ct))?.Promise.Name;
            did.Add(name is not null && await promise.To(id, policy, doer, ct) ? $"promise “{name}”" : "no promise, since the service level is gone");
        }

        if (then.SnoozeMinutes is { } minutes)
        {
            await snooze.Until(id, clock.Now().AddMinutes(minutes), doer, ct);
            did.Add("snoozed for " + RuleWords.Span(minutes));
        }

        if (then.Spam)
        {
            await spam.As(id, true, doer, ct);
            did.Add("spam");
        }

        return did;
    }
}

/// <summary>Lays a saved reply ready where a rule says so.</summary>
internal sealed class PrepareReply(Database db, SavedReplies replies, FillSavedReply fill, Drafts drafts)
{
    /// <returns>What it did, for people.</returns>
    public async Task<string> For(SavedReplyId reply, ConversationId id, Doer doer, CancellationToken ct)
    {
        if (await replies.Of(reply, ct) is not { } saved || await fill.For(reply, id, null, ct) is not { } filled) return "no draft, since the saved reply is gone";
        var begun = await db.Set<DraftRow>().AnyAsync(d => d.ConversationId == id && d.Origin == null, ct);
        return !begun && await drafts.Prepare(id, null, filled.Text, doer.Name, ct) ? $"draft “{saved.Title}”" : $"no draft of “{saved.Title}”, since somebody writes already";
    }
}
