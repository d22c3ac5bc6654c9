using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>A message that stands is to be given another text on its network.</summary>
public sealed record EditMessage(MessageId Message) : IJob;

/// <summary>Puts the new text in the place of the old one. Doing it again changes nothing; what the network refuses leaves the old text, and says why.</summary>
public sealed class EditRunner(Database db, TimeProvider clock, PointBudgets budgets, IEnumerable<IOutgoingNetwork> networks) : IRun<EditMessage>
{
    public async Task Run(EditMessage job, CancellationToken ct)
    {
        var taken = await db.Set<Message>().Where(m => m.Id == job.Message && m.Status == MessageStatus.Editing).ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1), ct);
        if (taken == 0) return;
        var message = await db.Set<Message>().AsNoTracking().SingleAsync(m => m.Id == job.Message, ct);
        if (message is not { Account: { } account, Key: { } key, NewWords: { } words }) return;
        try
        {
            var network = networks.Single(n => n.Name == message.Network);
            await budgets.Take(account, network.Budget, network.Budget?.Update ?? 0, isReply: true, ct);
            var prepared = await network.Prepare(account, message.Outgoing(words, await Pictures.Of(db, message.Id, ct)), ct);
            await Done(message.Id, words, prepared, await network.Edit(account, key, prepared, ct), ct);
        }
        catch (LaterException)
        {
            await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Editing).ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts - 1), ct);
            throw;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && (e is ChannelRefusedException || message.Attempts >= Message.MaxAttempts))
        {
            var reason = "It could not be changed: " + e.Message;
            await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Editing)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.Reason, reason).SetProperty(m => m.NewWords, (string?)null), ct);
        }
    }

    private Task Done(MessageId id, string words, string prepared, Placed at, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var marked = await db.Set<Message>().Where(m => m.Id == id && m.Status == MessageStatus.Editing).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.Words, words).SetProperty(m => m.NewWords, (string?)null).SetProperty(m => m.Prepared, prepared)
            .SetProperty(m => m.EditedAt, now).SetProperty(m => m.Cid, at.Cid).SetProperty(m => m.Reason, (string?)null), ct);
        if (marked == 0) return;
        db.Record(new MessageEdited(id, words, now));
        await db.SaveChangesAsync(ct);
    }, ct);
}
