using System.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>An activity of ours is to be put into an inbox.</summary>
/// <param name="Activity">Its id.</param>
/// <param name="Inbox">One of a server: its shared one where it has one.</param>
public sealed record DeliverActivity(string Activity, string Inbox) : IJob;

/// <summary>Puts an activity into one inbox. The same activity again changes nothing there: its id was chosen before it was sent.</summary>
internal sealed class ActivityDelivery(Database db, OwnActors actors, ActivityPubClient client) : IRun<DeliverActivity>
{
    /// <summary>Tries after which a server that does not answer is given up: with the pauses between them, about a day and a half.</summary>
    public const int MaxAttempts = 200;

    public async Task Run(DeliverActivity job, CancellationToken ct)
    {
        var sent = await db.Set<SentRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Activity == job.Activity, ct);
        if (sent is null || await actors.Of(sent.Account, ct) is not { } actor) return; // forgotten, or nobody is there any more to send it
        try
        {
            await client.Post(actor, job.Inbox, Encoding.UTF8.GetBytes(sent.Body), ct);
        }
        catch (ActivityPubException gone) when (gone.IsGone)
        {
            // The inbox is no more, and neither are those who follow from there.
            await db.Set<FollowerRow>().Where(f => f.Account == sent.Account && f.Inbox == job.Inbox).ExecuteDeleteAsync(ct);
        }
        catch (ActivityPubException)
        {
            // Refused for good: asking again changes nothing.
        }
    }
}

/// <summary>Queues activities of ours in the caller's unit of work.</summary>
internal static class SendActivities
{
    /// <summary>Keeps an activity and one delivery for each inbox. An activity that is kept already is on its way.</summary>
    public static async Task Send(this Database db, ChannelAccountId account, string activity, string body, IEnumerable<string> inboxes, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<SentRow>().AnyAsync(s => s.Activity == activity, ct)) return;
        db.Add(new SentRow { Activity = activity, Account = account, Body = body, At = now });
        foreach (var inbox in inboxes.Distinct(StringComparer.Ordinal)) db.Enqueue(new DeliverActivity(activity, inbox), now);
    }

    /// <summary>The inboxes that reach everybody who follows, each server's once.</summary>
    public static Task<List<string>> FollowerInboxes(this Database db, ChannelAccountId account, CancellationToken ct) =>
        db.Set<FollowerRow>().Where(f => f.Account == account).Select(f => f.Inbox).Distinct().ToListAsync(ct);
}
