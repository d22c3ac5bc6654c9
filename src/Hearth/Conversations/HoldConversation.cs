using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

internal static class HoldConversation
{
    /// <summary>The conversation's row as it is, held by this transaction until it ends; null when there is none.</summary>
    public static async Task<Conversation?> Hold(this Database db, ConversationId id, CancellationToken ct)
    {
        await db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Mentions, c => c.Mentions), ct);
        return await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
    }

    /// <summary>An id as a parameter of written SQL.</summary>
    public static object Key(this Database db, Guid id) => db.Kind == DatabaseKind.Sqlite ? id.ToByteArray(true) : id;
}
