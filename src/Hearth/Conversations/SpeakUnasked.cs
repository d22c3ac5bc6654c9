using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>
/// Shows in a conversation what the brand tells the person of its own accord, for a room above that queues the message. Whose turn it is stays as it
/// was: nothing was answered. Whoever writes a reply at that moment learns that the brand has spoken.
/// </summary>
public sealed class SpeakUnasked(Database db, TimeProvider clock)
{
    /// <summary>Joins the caller's transaction.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="message">The queued message.</param>
    /// <param name="text">Without signature.</param>
    /// <param name="by">Who speaks.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task Keep(ConversationId conversation, MessageId message, string text, Actor by, CancellationToken ct)
    {
        var now = clock.Now();
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Version, c => c.Version + 1).SetProperty(c => c.LastReplyAt, now).SetProperty(c => c.LastReplyBy, by.Name)
            .SetProperty(c => c.LastAt, c => c.LastAt > now ? c.LastAt : now), ct);
        db.Add(new Entry
        {
            ConversationId = conversation, Kind = EntryKind.Reply, What = Entry.Unasked, At = now, MessageId = message, Text = text, By = by.Id, ByName = by.Name, Words = ConversationSearch.Words(text),
        });
    }
}
