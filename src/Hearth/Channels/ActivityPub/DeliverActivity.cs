using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>A part of the deliveries of an activity of ours is to be sent.</summary>
/// <param name="Activity">Its id.</param>
/// <param name="Part">Counted from 0.</param>
/// <param name="Inbox">The only one, as earlier versions queued it; null for all of the part.</param>
public sealed record DeliverActivity(string Activity, int Part = 0, string? Inbox = null) : IJob;

/// <summary>
/// Puts an activity into the inboxes of one part: many servers at once, one request after the other at each of them. What is delivered is struck off in groups. A server that is not well is left
/// alone as long as it says, or longer each time, and then gets what is still there, for a day and a half. The same activity again changes nothing there: its id was chosen before it was sent.
/// </summary>
internal sealed class ActivityDelivery(Database db, OwnActors actors, ActivityPubClient client, Hosts hosts, TimeProvider clock) : IRun<DeliverActivity>
{
    /// <summary>Inboxes of one part.</summary>
    public const int PerPart = 500;

    /// <summary>Servers that are spoken to at the same time.</summary>
    public const int AtOnce = 64;

    /// <summary>How long a server that does not answer is tried.</summary>
    public static readonly TimeSpan GivenUp = TimeSpan.FromHours(36);

    private const int StruckAtOnce = 250;

    public async Task Run(DeliverActivity job, CancellationToken ct)
    {
        var rows = db.Set<DeliveryRow>().Where(d => d.Activity == job.Activity && d.Part == job.Part);
        var inboxes = job.Inbox is { } only ? [only] : await rows.OrderBy(d => d.Inbox).Select(d => d.Inbox).ToListAsync(ct);
        var sent = await db.Set<SentRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Activity == job.Activity, ct);
        if (sent is null || await actors.Of(sent.Account, ct) is not { } actor)
        {
            await rows.ExecuteDeleteAsync(ct); // forgotten, or nobody is there any more to send it
            return;
        }

        var round = new Round(client, hosts, actor, Encoding.UTF8.GetBytes(sent.Body), await hosts.Of(inboxes, ct), clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = round.Send(inboxes, await actors.Keys(actor.Account, ct), stop.Token);
        try
        {
            while (await round.Over.WaitToReadAsync(ct)) await Strike(sent.Account, rows, round.Over, ct);
        }
        finally
        {
            await stop.CancelAsync(); // nothing is sent that could not be struck off
            await sending;
        }

        if (round.Next is not { } next) return;
        if (clock.Now() - sent.At >= GivenUp) await rows.ExecuteDeleteAsync(ct);
        else throw new LaterException(next, "Some servers are not well");
    }

    private async Task Strike(ChannelAccountId account, IQueryable<DeliveryRow> rows, ChannelReader<Outcome> over, CancellationToken ct)
    {
        var (all, gone) = (new List<string>(), new List<string>());
        while (all.Count < StruckAtOnce && over.TryRead(out var one))
        {
            all.Add(one.Inbox);
            if (one.IsGone) gone.Add(one.Inbox);
        }

        await rows.Where(d => all.Contains(d.Inbox)).ExecuteDeleteAsync(ct);
        if (gone.Count > 0) await db.Set<FollowerRow>().Where(f => f.Account == account && gone.Contains(f.Inbox)).ExecuteDeleteAsync(ct); // and neither are those who follow from there
    }

    /// <summary>Nothing more is to be sent to an inbox.</summary>
    private readonly record struct Outcome(string Inbox, bool IsGone);

    /// <summary>One pass over the inboxes.</summary>
    private sealed class Round(ActivityPubClient client, Hosts hosts, OwnActor actor, byte[] body, KnownHosts known, TimeProvider clock)
    {
        private readonly Channel<Outcome> _over = Channel.CreateUnbounded<Outcome>(new() { SingleReader = true });
        private readonly ConcurrentBag<DateTimeOffset> _next = [];

        public ChannelReader<Outcome> Over => _over.Reader;

        /// <summary>When the first server that was left alone may be asked again; null when there is none.</summary>
        public DateTimeOffset? Next => _next.IsEmpty ? null : _next.Min();

        /// <summary>Ends <see cref="Over"/> with what went wrong; throws nothing itself.</summary>
        public async Task Send(IEnumerable<string> inboxes, Func<RSA> key, CancellationToken ct)
        {
            var servers = new ConcurrentQueue<IGrouping<string, string>>(inboxes.GroupBy(KnownHosts.Server, StringComparer.OrdinalIgnoreCase));
            try
            {
                await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, servers.Count)).Select(_ => Task.Run(async () =>
                {
                    using var mine = key();
                    while (servers.TryDequeue(out var server)) await To(server, mine, ct);
                }, ct)));
                _over.Writer.Complete();
            }
            catch (Exception e)
            {
                _over.Writer.Complete(e);
            }
        }

        private async Task To(IGrouping<string, string> server, RSA key, CancellationToken ct)
        {
            var host = known.Find(server.Key);
            foreach (var inbox in server)
            {
                var gone = false;
                try
                {
                    if (!known.IsBlocked(server.Key)) host = await client.Post(actor, key, host, inbox, body, ct);
                }
                catch (LaterException later)
                {
                    _next.Add(later.At);
                    return;
                }
                catch (UnsafeRequestException)
                {
                    // Nothing that may be asked; trying again changes nothing.
                }
                catch (HttpRequestException)
                {
                    _next.Add((await hosts.Find(server.Key, ct))?.NotBefore ?? clock.Now());
                    return;
                }
                catch (ActivityPubException refused)
                {
                    gone = refused.IsGone; // refused for good
                }

                _over.Writer.TryWrite(new(inbox, gone));
            }
        }
    }
}
