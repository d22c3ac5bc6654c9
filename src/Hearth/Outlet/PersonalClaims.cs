using System.Runtime.CompilerServices;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Claims that were made under an address or handle of the person, and what the browser that made them did. Orders name nobody but their number at the shop.</summary>
internal sealed class PersonalClaims(Database db) : IPersonalData
{
    public string Room => "Outlet";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var contacts = Contacts(who);
        var claims = await db.Set<Claim>().AsNoTracking().Where(c => contacts.Contains(c.Contact)).ToListAsync(ct);
        yield return new("claims", [.. claims.Select(c => new { c.Id, c.Offer, c.Contact, c.State, c.HeldAt, c.Until, c.ClaimedAt, c.OverAt, c.Code, c.Sale })]);
        yield return new("waiting", [.. await db.Set<Waiting>().AsNoTracking().Where(w => contacts.Contains(w.Contact)).OrderBy(w => w.Since).ThenBy(w => w.Id).Select(w => new { w.Offer, w.Contact, w.Since, w.ToldAt }).ToListAsync(ct)]);
        foreach (var part in await PersonalDigests.Export(db, who, contacts, ct)) yield return part;
        var (visitors, codes) = (Visitors(claims), claims.Select(c => c.Code).OfType<string>().Distinct(StringComparer.Ordinal).ToArray());
        yield return new("clicks", [.. await db.Set<Click>().AsNoTracking().Where(c => visitors.Contains(c.Visitor)).OrderBy(c => c.At).Select(c => new { c.Offer, c.From, c.UserAgent, c.At }).ToListAsync(ct)]);
        yield return new("share-links", [.. await db.Set<ShareLink>().AsNoTracking().Where(s => visitors.Contains(s.Visitor)).OrderBy(s => s.At).ThenBy(s => s.Slug).Select(s => new { s.Slug, s.Offer, s.Generation, s.At }).ToListAsync(ct)]);
        var orders = db.Set<Order>().AsNoTracking().Where(o => visitors.Contains(o.Visitor) || o.Code != null && codes.Contains(o.Code));
        yield return new("orders", [.. await orders.OrderBy(o => o.PlacedAt).Select(o => new { o.Id, o.Number, o.PlacedAt, o.Total, o.Code }).ToListAsync(ct)]);
        yield return new("order-lines", [.. await db.Set<OrderLine>().AsNoTracking().Where(l => orders.Any(o => o.Id == l.Order)).Select(l => new { l.Order, l.Line, l.Sku, l.Quantity }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var contacts = Contacts(who);
        var claims = await db.Set<Claim>().AsNoTracking().Where(c => contacts.Contains(c.Contact)).ToListAsync(ct);
        var visitors = Visitors(claims);
        var clicks = await db.Set<Click>().Where(c => visitors.Contains(c.Visitor)).ExecuteUpdateAsync(set => set.SetProperty(c => c.UserAgent, "").SetProperty(c => c.From, ""), ct);
        var waiting = await db.Set<Waiting>().Where(w => contacts.Contains(w.Contact)).ExecuteDeleteAsync(ct);
        var digests = await PersonalDigests.Erase(db, who, contacts, ct);
        foreach (var id in claims.ConvertAll(c => c.Id))
        {
            var name = "erased:" + id.Value.ToString("N");
            await db.Set<Claim>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Contact, name), ct);
        }

        var shares = await db.Set<ShareLink>().Where(s => visitors.Contains(s.Visitor)).Select(s => s.Slug).ToListAsync(ct);
        foreach (var slug in shares)
        {
            var nobody = VisitorId.New();
            await db.Set<ShareLink>().Where(s => s.Slug == slug).ExecuteUpdateAsync(set => set.SetProperty(s => s.Visitor, nobody), ct);
        }

        var orders = await db.Set<Order>().CountAsync(o => visitors.Contains(o.Visitor), ct);
        return
        [
            new("Claims of offers", claims.Count, claims.Count == 0 ? null : "that a unit was claimed and what became of it, without an address"),
            new("Places in the line for sold-out offers", waiting, null),
            new("Asks for the outlet's digest, and who gets it", digests),
            new("Clicks on offers", clicks, clicks == 0 ? null : "that somebody came, and when, without what their browser said of itself"),
            new("Personal links to offers", shares.Count, shares.Count == 0 ? null : "that somebody handed an offer on, so that a link that others have still works; not who"),
            new("Orders", orders, orders == 0 ? null : "their numbers at the shop, amounts and dates: the books that the law has us keep; who ordered stands in the shop alone"),
        ];
    }

    // One that named no browser is nobody's.
    private static VisitorId?[] Visitors(IEnumerable<Claim> claims) => [.. claims.Select(c => c.Visitor).Where(v => v.Value != Guid.Empty).Distinct().Select(v => (VisitorId?)v)];

    private static string[] Contacts(PersonalScope who) =>
        [.. who.Accounts.SelectMany(a => new[] { a.Network == "email" ? a.ExternalId : null, a.Handle is { Length: > 0 } h ? "@" + h.TrimStart('@') : null }).OfType<string>().Select(c => c.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
}
