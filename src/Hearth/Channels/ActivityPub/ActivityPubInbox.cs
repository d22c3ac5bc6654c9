using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>What came to an actor's inbox, in the order in which it was taken, for the room that listens.</summary>
public sealed class ActivityPubInbox(Database db)
{
    /// <summary>What came after a position, the oldest first. What is not after it has been read: its words are forgotten here.</summary>
    /// <param name="account">Whose inbox.</param>
    /// <param name="position">The last one that was read and kept; 0 for all.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<IReadOnlyList<HeardActivity>> After(ChannelAccountId account, long position, int most, CancellationToken ct)
    {
        if (position > 0) await db.Set<TakenRow>().Where(t => t.Account == account && t.Position <= position && t.Body != null).ExecuteUpdateAsync(set => set.SetProperty(t => t.Body, (string?)null), ct);
        var rows = await db.Set<TakenRow>().AsNoTracking().Where(t => t.Account == account && t.Position > position && t.Kind != TakenKind.Other).OrderBy(t => t.Position).Take(most).ToListAsync(ct);
        return rows.ConvertAll(t => new HeardActivity(t.Position,
            t is { Kind: TakenKind.Post, Body: { } body } ? JsonSerializer.Deserialize<HeardNote>(body, Json.Options) : null,
            t.Kind == TakenKind.Removed ? t.Object : null, t.Kind == TakenKind.AuthorGone ? t.Actor : null));
    }
}
