using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Writes a draft with the terms of another offer, whatever its state, and a new window. It is checked as any draft is: the stock's currency and list price of today hold.</summary>
public sealed class CopyOffer(Database db, DraftOffer draft)
{
    /// <param name="id">Whose terms are taken.</param>
    /// <param name="opens">First instant at which the copy can be claimed.</param>
    /// <param name="closes">First instant at which it cannot be claimed any more.</param>
    /// <param name="by">Who writes the copy.</param>
    /// <param name="ct">Stops the writing.</param>
    public async Task<Drafted> To(OfferId id, DateTimeOffset opens, DateTimeOffset closes, Actor by, CancellationToken ct) =>
        await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } o
            ? await draft.Create(new(o.Item, o.Title, o.Text, o.Price, o.UpTo ?? o.Units, opens, closes, o.CodePrefix, o.LimitPerPerson, o.HoldMinutes, o.ShopUrl) { Countries = Countries.Read(o.Countries), Zone = o.Zone, Floats = o.UpTo is not null, Audience = o.Audience, Segment = o.Segment, PublicFrom = o.PublicFrom is { } from ? opens + (from - o.Opens) : null, Also = [.. o.Also.OrderBy(p => p.Place).Select(p => new SetPart(p.Item, p.Quantity))] }, by, ct)
            : new Drafted.UnknownOffer();
}
