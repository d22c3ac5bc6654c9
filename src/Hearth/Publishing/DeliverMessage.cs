using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>A message is to be sent.</summary>
public sealed record DeliverMessage(MessageId Message) : IJob;

/// <summary>
/// Sends a message so that it stands once, whatever dies in between. 1. Mark it as being sent, and ask the rooms whether a post may go. 2. Clear away what an earlier text left. 3. Keep exactly what
/// will be sent. 4. Put it under the key chosen when it was queued. 5. Record that it stands. A crash after 4 repeats 4, which changes nothing.
/// </summary>
public sealed class Delivery(Database db, TimeProvider clock, PointBudgets budgets, IEnumerable<IOutgoingNetwork> networks, IEnumerable<IAskBeforeSending> rooms, SameWords same) : IRun<DeliverMessage>
{
    public async Task Run(DeliverMessage job, CancellationToken ct)
    {
        // Step 1
        var now = clock.Now();
        var taken = await db.Set<Message>().Where(m => m.Id == job.Message && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Sending || m.Status == MessageStatus.Scheduled && m.DueAt <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Sending).SetProperty(m => m.Attempts, m => m.Attempts + 1), ct);
        if (taken == 0)
        {
            if (await db.Set<Message>().Where(m => m.Id == job.Message && m.Status == MessageStatus.Scheduled).Select(m => m.DueAt).SingleOrDefaultAsync(ct) is { } later) throw new LaterException(later, "It was moved");
            return; // sent already, or given up
        }

        await db.Set<Message>().Where(m => m.ThreadOf == job.Message && m.Status == MessageStatus.Scheduled).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Queued), ct);
        var message = await db.Set<Message>().AsNoTracking().SingleAsync(m => m.Id == job.Message, ct);
        try
        {
            var no = await same.Refuse(message, now, ct) is { } said ? new Refusal(said) : await Refused(message, ct);
            if (no is { AskAgain: { } again } && message.Prepared is null) throw await Waits(message, no.Why, again, ct);
            if (no is not null)
            {
                await Withdraw(message, no.Why, ct);
                return;
            }

            await Sent(message, await Send(message, ct), ct);
        }
        catch (LaterException later)
        {
            await Note(message.Id, later.Message, attempts: message.Attempts - 1, ct);
            throw;
        }
        catch (ChannelRefusedException refused)
        {
            await Fail(message.Id, refused.Message, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (message.Attempts >= Message.MaxAttempts)
            {
                await Fail(message.Id, e.Message, ct);
                return;
            }

            await Note(message.Id, e.Message, message.Attempts, ct);
            throw;
        }
    }

    private async Task<Placed> Send(Message message, CancellationToken ct)
    {
        var (account, network) = (message.Account!.Value, networks.Single(n => n.Name == message.Network));

        await budgets.Take(account, network.Budget, network.Budget?.Create ?? 0, message.Kind == MessageKind.Reply, ct);

        // Step 2
        if (message.StaleKey is { } stale)
        {
            await network.Remove(account, stale, ct);
            await db.Set<Message>().Where(m => m.Id == message.Id && m.StaleKey == stale).ExecuteUpdateAsync(set => set.SetProperty(m => m.StaleKey, (string?)null), ct);
        }

        // Step 3
        if (message.Prepared is null)
        {
            var prepared = await network.Prepare(account, message.Outgoing(message.Words, await Pictures.Of(db, message.Id, ct)), ct);
            await db.Set<Message>().Where(m => m.Id == message.Id && m.Prepared == null && m.Status == MessageStatus.Sending).ExecuteUpdateAsync(set => set.SetProperty(m => m.Prepared, prepared), ct);
            message.Prepared = await db.Set<Message>().Where(m => m.Id == message.Id).Select(m => m.Prepared).SingleAsync(ct) ?? throw new ChannelRefusedException("It was given up meanwhile.");
        }

        // Step 4
        return await network.Place(account, message.Key!, message.Prepared!, ct);
    }

    // Step 5
    private Task Sent(Message message, Placed at, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var marked = await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Sending).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.SentAt, now).SetProperty(m => m.ExternalId, at.ExternalId)
            .SetProperty(m => m.Cid, at.Cid).SetProperty(m => m.Url, at.Url).SetProperty(m => m.Reason, (string?)null).SetProperty(m => m.ReceiptsDue, now + ReceiptReader.First), ct);
        if (marked == 0) return;
        await Follow(message, at, now, ct);
        db.Record(new MessageSent(message.Id, at.ExternalId, at.Url, now));
        await db.SaveChangesAsync(ct);
    }, ct);

    // The next post of the thread answers this one; before this one stood, nobody could know what it answers.
    private async Task Follow(Message message, Placed at, DateTimeOffset now, CancellationToken ct)
    {
        if (message.Part == message.Parts) return;
        var (first, part, root) = (message.ThreadOf ?? message.Id, message.Part + 1, at.Root ?? (message.RootUri is null ? null : new PostRef(message.RootUri, message.RootCid)));
        var next = await db.Set<Message>().SingleOrDefaultAsync(m => m.ThreadOf == first && m.Part == part && m.Status == MessageStatus.Queued, ct);
        if (next is null) return; // given up meanwhile
        (next.ParentUri, next.ParentCid, next.ParentId, next.RootUri, next.RootCid) = (at.ExternalId, at.Cid, at.ExternalId, root?.Uri, root?.Cid);
        db.Enqueue(new DeliverMessage(next.Id), now);
    }

    private async Task<Refusal?> Refused(Message message, CancellationToken ct)
    {
        if (message is not { Kind: MessageKind.Post, Part: 1, About: { } about }) return null; // a thread that has begun is not cut off
        foreach (var room in rooms)
        {
            if (await room.Refuse(about, ct) is { } no) return no;
        }

        return null;
    }

    private async Task<LaterException> Waits(Message message, string why, DateTimeOffset until, CancellationToken ct)
    {
        await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Queued).SetProperty(m => m.Reason, why).SetProperty(m => m.Attempts, m => m.Attempts - 1), ct);
        return new(until, why);
    }

    // A try whose answer was lost may stand on the network.
    private Task Withdraw(Message message, string why, CancellationToken ct) => db.InTransaction(async () =>
    {
        var marked = await db.Set<Message>().Where(m => m.Id == message.Id && m.Status == MessageStatus.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.GivenUp).SetProperty(m => m.Reason, why), ct);
        if (marked == 0) return;
        await db.Set<Message>().Where(m => m.ThreadOf == message.Id && m.Status == MessageStatus.Queued).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.GivenUp), ct);
        if (message.Prepared is not null) db.Enqueue(new RemoveMessage(message.Id), clock.Now());
        await db.SaveChangesAsync(ct);
    }, ct);

    private Task Fail(MessageId id, string reason, CancellationToken ct) => db.InTransaction(async () =>
    {
        var marked = await db.Set<Message>().Where(m => m.Id == id && m.Status == MessageStatus.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Failed).SetProperty(m => m.Reason, reason), ct);
        if (marked == 0) return;
        db.Record(new MessageFailed(id, reason, clock.Now()));
        await db.SaveChangesAsync(ct);
    }, ct);

    private Task Note(MessageId id, string reason, int attempts, CancellationToken ct) => db.Set<Message>().Where(m => m.Id == id && m.Status == MessageStatus.Sending)
        .ExecuteUpdateAsync(set => set.SetProperty(m => m.Reason, reason).SetProperty(m => m.Attempts, attempts), ct);
}
