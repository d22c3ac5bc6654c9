using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>A conversation that somebody handled and closed teaches: its mentions were seen by a person, who would have corrected what was read wrongly.</summary>
internal sealed class TeachReading(Database db, ConfirmMention confirm) : IHandle<ConversationClosed>
{
    public async Task Handle(ConversationClosed fact, CancellationToken ct)
    {
        var mentions = await db.Set<Entry>().Where(e => e.ConversationId == fact.Conversation && e.Kind == EntryKind.Mention && e.MentionId != null).Select(e => e.MentionId!.Value).ToListAsync(ct);
        await confirm.Handled(mentions, ct);
    }
}
