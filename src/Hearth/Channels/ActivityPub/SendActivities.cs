using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>Queues activities of ours in the caller's unit of work.</summary>
internal static class SendActivities
{
    /// <summary>Keeps an activity and one delivery for each inbox, in parts that are sent one by one. An activity that is kept already is on its way.</summary>
    public static async Task Send(this Database db, ChannelAccountId account, string activity, string body, IEnumerable<string> inboxes, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<SentRow>().AnyAsync(s => s.Activity == activity, ct)) return;
        db.Add(new SentRow { Activity = activity, Account = account, Body = body, At = now });
        var parts = inboxes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(ActivityDelivery.PerPart).ToList(); // in this order what goes to one server stands together
        await db.InsertAll([.. parts.SelectMany((part, number) => part.Select(inbox => new DeliveryRow { Activity = activity, Part = number, Inbox = inbox }))], ct);
        for (var number = 0; number < parts.Count; number++) db.Enqueue(new DeliverActivity(activity, number), now);
    }

    /// <summary>The inboxes that reach everybody who follows, each server's once.</summary>
    public static Task<List<string>> FollowerInboxes(this Database db, ChannelAccountId account, CancellationToken ct) =>
        db.Set<FollowerRow>().Where(f => f.Account == account).Select(f => f.Inbox).Distinct().ToListAsync(ct);
}
