using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>It is time to ask how people met what stands.</summary>
public sealed record ReadReceipts : IJob;

/// <summary>
/// Asks the networks how people met our posts: a young one every ten minutes, an older one ever more seldom (a tenth of its age), none after two weeks. Twenty at a time of one
/// account; a network that does not answer is asked at the next turn.
/// </summary>
public sealed class ReceiptReader(Database db, TimeProvider clock, IEnumerable<IOutgoingNetwork> networks) : IRun<ReadReceipts>
{
    /// <summary>After how long a new post is first asked for.</summary>
    internal static readonly TimeSpan First = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Often = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Until = TimeSpan.FromDays(14);
    private static readonly TimeSpan KeepPictures = TimeSpan.FromDays(1);
    private const int AtOnce = 200;
    private const int OfOneAccount = 20;

    public async Task Run(ReadReceipts job, CancellationToken ct)
    {
        var now = clock.Now();
        var old = now - KeepPictures;
        await db.Set<PictureRow>().Where(p => p.MessageId == null && p.At < old).ExecuteDeleteAsync(ct);
        var due = await db.Set<Message>().AsNoTracking().Where(m => m.Status == MessageStatus.Sent && m.ReceiptsDue <= now && m.ExternalId != null && m.Account != null)
            .OrderBy(m => m.ReceiptsDue).Take(AtOnce).Select(m => new { m.Id, m.Network, m.Account, m.ExternalId, m.SentAt, m.Likes, m.Reshares, m.Replies }).ToListAsync(ct);
        foreach (var group in due.GroupBy(m => (m.Network, m.Account)))
        {
            foreach (var some in group.Chunk(OfOneAccount))
            {
                var counts = await Ask(group.Key.Network, group.Key.Account!.Value, [.. some.Select(m => m.ExternalId!)], ct);
                foreach (var message in some)
                {
                    var age = now - (message.SentAt ?? now);
                    DateTimeOffset? next = age > Until ? null : now + (age / 10 > Often ? age / 10 : Often);
                    await Keep(message.Id, counts.GetValueOrDefault(message.ExternalId!) ?? new(message.Likes, message.Reshares, message.Replies), next, now, ct);
                }
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, Receipts>> Ask(string network, ChannelAccountId account, string[] ids, CancellationToken ct)
    {
        try
        {
            return networks.FirstOrDefault(n => n.Name == network) is { } asked ? await asked.Receipts(account, ids, ct) : new Dictionary<string, Receipts>();
        }
        catch (Exception e) when (e is ChannelRefusedException or LaterException or HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new Dictionary<string, Receipts>(); // noted on the account; the counts that we have stay
        }
    }

    private Task Keep(MessageId id, Receipts met, DateTimeOffset? next, DateTimeOffset now, CancellationToken ct) => db.InTransaction(async () =>
    {
        var changed = await db.Set<Message>().Where(m => m.Id == id && (m.Likes != met.Likes || m.Reshares != met.Reshares || m.Replies != met.Replies))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Likes, met.Likes).SetProperty(m => m.Reshares, met.Reshares).SetProperty(m => m.Replies, met.Replies), ct);
        await db.Set<Message>().Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ReceiptsDue, next), ct);
        if (changed == 0) return;
        db.Record(new MessageReceipts(id, met.Likes, met.Reshares, met.Replies, now));
        await db.SaveChangesAsync(ct);
    }, ct);
}
