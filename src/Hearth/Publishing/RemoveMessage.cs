using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>A message is to be taken away from its network.</summary>
public sealed record RemoveMessage(MessageId Message) : IJob;

/// <summary>Takes away what is to be deleted, and what may have got through of a message that was given up or posted by hand. Taking away what is not there changes nothing.</summary>
public sealed class Removal(Database db, TimeProvider clock, PointBudgets budgets, IEnumerable<IOutgoingNetwork> networks) : IRun<RemoveMessage>
{
    public async Task Run(RemoveMessage job, CancellationToken ct)
    {
        var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == job.Message, ct);
        if (message is not { Key: { } key, Account: { } account } || !Unwanted(message)) return;
        try
        {
            var network = networks.Single(n => n.Name == message.Network);
            await budgets.Take(account, network.Budget, network.Budget?.Delete ?? 0, isReply: true, ct);
            await network.Remove(account, key, ct);
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

    private static bool Unwanted(Message message) =>
        message.Status is MessageStatus.Deleting or MessageStatus.GivenUp || message is { Status: MessageStatus.Sent, ExternalId: null };
}
