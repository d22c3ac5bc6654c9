using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Audiences;

/// <summary>Which offers are for which of some subscribers.</summary>
internal sealed class Invited
{
    private readonly Dictionary<SegmentId, HashSet<Guid>> _members = [];

    /// <summary>Looks up who of the subscribers belongs to the segments that the offers are for.</summary>
    public static async Task<Invited> Among(Database db, IReadOnlyList<DigestSubscriber> subscribers, IReadOnlyList<Offer> offers, DateTimeOffset now, CancellationToken ct)
    {
        var invited = new Invited();
        var ids = subscribers.Select(s => s.Id).ToList();
        foreach (var id in offers.Where(o => o.Segment is not null).Select(o => o.Segment!.Value).Distinct())
        {
            invited._members[id] = await db.Set<Segment>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } segment
                ? [.. await segment.Among(db, now).Where(s => ids.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct)] : [];
        }

        return invited;
    }

    /// <summary>Those of the offers that somebody may claim now.</summary>
    public IReadOnlyList<Offer> Offers(DigestSubscriber subscriber, IReadOnlyList<Offer> offers, DateTimeOffset now) => [.. offers.Where(o => o.IsForAll(now) || IsFor(subscriber, o))];

    /// <summary>When an offer opened to somebody.</summary>
    public DateTimeOffset Opened(DigestSubscriber subscriber, Offer offer) => IsFor(subscriber, offer) ? Shelves.Opened(offer) : Shelves.OpenedToAll(offer);

    private bool IsFor(DigestSubscriber subscriber, Offer offer) => offer.Segment is not { } segment || _members[segment].Contains(subscriber.Id);
}
