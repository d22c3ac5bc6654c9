using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>A message is to be taken away from its network.</summary>
public sealed record RemoveMessage(MessageId Message) : IJob;

/// <summary>Taking away what is no longer there changes nothing, so this may run any number of times.</summary>
public sealed class Removal(Database db, TimeProvider clock, IEnumerable<IOutgoingNetwork> networks) : IRun<RemoveMessage>
{
    public async Task Run(RemoveMessage job, CancellationToken ct)
    {
        var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == job.Message && m.Status == MessageStatus.Deleting, ct);
        if (message is null) return;
        try
        {
            await networks.Single(n => n.Name == message.Network).Remove(message.Account!.Value, message.Key!, ct);
        }
        catch (ChannelRefusedException refused)
        {
            var reason = "It could not be deleted: " + refused.Message;
            await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Deleting)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.Reason, reason), ct);
            return;
        }

        await db.InTransaction(async () =>
        {
            var marked = await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Deleting).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Deleted), ct);
            if (marked == 0) return;
            db.Record(new MessageDeleted(message.Id, clock.Now()));
            await db.SaveChangesAsync(ct);
        }, ct);
    }
}
