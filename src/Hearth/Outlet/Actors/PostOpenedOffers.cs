using Hearth.Channels;
using Hearth.Governance;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Actors;

/// <summary>The outlet's actor posts what has opened.</summary>
public sealed record PostOpenedOffers : IJob;

/// <summary>
/// Posts each offer that has opened, once: the post's id is the offer's, so that a crash between posting and noting it posts nothing twice. It goes the way of every post, so that the fire guard, sold out, changes and
/// deletions work as for any other. What the fire guard stops is asked again until its window is over.
/// </summary>
internal sealed class PostOpenedOffersRun(Database db, ChannelAccounts accounts, Staff staff, PostOffer post, TimeProvider clock) : IRun<PostOpenedOffers>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public async Task Run(PostOpenedOffers job, CancellationToken ct)
    {
        if (await db.Set<OutletActorRow>().AsNoTracking().SingleOrDefaultAsync(ct) is not { Posts: true } actor || await accounts.Find(actor.Account, ct) is not { IsConnected: true }) return;
        if (await staff.Find(actor.Human, ct) is not { Active: true } human) return;
        var now = clock.Now();
        var opened = Shelves.New([.. (await Shelves.Running(db, now, ct)).Where(o => o.IsForAll(now))], null, actor.Since, now, Shelves.OpenedToAll);
        var ids = opened.ConvertAll(o => o.Id);
        var done = (await db.Set<OutletActorPost>().Where(p => ids.Contains(p.Offer)).Select(p => p.Offer).ToListAsync(ct)).ToHashSet();
        foreach (var offer in Enumerable.Reverse(opened).Where(o => !done.Contains(o.Id)))
        {
            db.ChangeTracker.Clear();
            var text = PostOffer.Suggest(ReadOffers.View(offer, now));
            try
            {
                var posted = await post.To(offer.Id, actor.Account, text, new Uri(actor.Site), human.Actor(), new MessageId(offer.Id.Value), ct);
                if (posted is not (Posted.Queued or Posted.Refused)) continue; // on fire, or over meanwhile
                db.Add(new OutletActorPost { Offer = offer.Id, At = now, Refused = posted is Posted.Refused { Error: var no } ? $"{no.Field} {no.Reason}" : null });
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                db.ChangeTracker.Clear(); // another node was faster
            }
        }
    }
}
