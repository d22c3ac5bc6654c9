using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>A personal link.</summary>
/// <param name="Slug">Its address is <c>/l/{slug}</c>.</param>
/// <param name="Generation">How many people have handed the offer on, this one among them; from 1.</param>
/// <param name="At">When it was made.</param>
public sealed record ShareView(string Slug, int Generation, DateTimeOffset At);

/// <summary>"Share this deal": gives a browser its personal link to an offer.</summary>
public sealed class ShareOffer(Database db, IEnumerable<FoldClicks> logs, TimeProvider clock)
{
    /// <summary>The browser's link: the one it has, else a new one, child of the link by which it came last.</summary>
    /// <returns>Null when there is no such offer, or it is a draft, or not everybody's.</returns>
    public async Task<ShareView?> By(OfferId offer, VisitorId visitor, CancellationToken ct)
    {
        if (await Mine(offer, visitor, ct) is { } known) return known;
        var now = clock.Now();
        if (!await db.Set<Offer>().AnyAsync(o => o.Id == offer && o.Stage != OfferStage.Draft && (o.Audience == Audience.Everyone || o.PublicFrom <= now), ct)) return null;
        foreach (var log in logs) await log.Run(ct); // the click that brought them may be a moment old
        var came = await db.Set<Click>().AsNoTracking().Where(c => c.Visitor == visitor && c.Offer == offer && c.Kind == ClickKind.Person)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => new { c.Share, c.Generation }).FirstOrDefaultAsync(ct);
        var made = new ShareLink { Slug = Slug.New(10), Offer = offer, Visitor = visitor, Parent = came?.Share, Generation = Math.Min((came?.Generation ?? 0) + 1, ushort.MaxValue), At = clock.Now() };
        db.Add(made);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey()) // asked for twice at once: ours came second
        {
            db.ChangeTracker.Clear();
            return (await Mine(offer, visitor, ct))!;
        }

        return new(made.Slug, made.Generation, made.At);
    }

    /// <summary>The link that the browser has; null for none.</summary>
    public Task<ShareView?> Mine(OfferId offer, VisitorId visitor, CancellationToken ct) =>
        db.Set<ShareLink>().AsNoTracking().Where(s => s.Offer == offer && s.Visitor == visitor).Select(s => new ShareView(s.Slug, s.Generation, s.At)).SingleOrDefaultAsync(ct);
}
