using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>A claim as the person who made it, or a merchandiser, sees it.</summary>
/// <param name="Id">The claim.</param>
/// <param name="Offer">Of which offer.</param>
/// <param name="State">A hold whose time is over is shown as expired even before it is put back.</param>
/// <param name="Contact">Where the person can be reached.</param>
/// <param name="HeldAt">When the unit was taken off sale.</param>
/// <param name="Until">First instant at which the hold is over.</param>
/// <param name="Code">Null until it is confirmed.</param>
/// <param name="ClaimedAt">When it was confirmed.</param>
/// <param name="OverAt">When it was redeemed, given back, or found to have run out.</param>
public sealed record ClaimView(ClaimId Id, OfferId Offer, ClaimState State, string Contact, DateTimeOffset HeldAt, DateTimeOffset Until, string? Code, DateTimeOffset? ClaimedAt, DateTimeOffset? OverAt);

public sealed class ReadClaims(Database db, TimeProvider clock)
{
    /// <summary>The claim, if it is this visitor's; null otherwise.</summary>
    public async Task<ClaimView?> Mine(ClaimId id, VisitorId visitor, CancellationToken ct) =>
        await db.Set<Claim>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Visitor == visitor, ct) is { } claim ? View(claim) : null;

    /// <summary>What this visitor holds or has claimed of an offer, newest first.</summary>
    public async Task<IReadOnlyList<ClaimView>> Mine(OfferId offer, VisitorId visitor, CancellationToken ct) => [.. (await db.Set<Claim>().AsNoTracking()
        .Where(c => c.Offer == offer && c.Visitor == visitor && (c.State == ClaimState.Held || c.State == ClaimState.Claimed || c.State == ClaimState.Redeemed))
        .OrderByDescending(c => c.HeldAt).ThenByDescending(c => c.Id).Take(100).ToListAsync(ct)).Select(View)];

    /// <summary>All claims of an offer, newest first.</summary>
    public async Task<Page<ClaimView>?> Of(OfferId offer, ClaimState? state, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var claims = db.Set<Claim>().AsNoTracking().Where(c => c.Offer == offer && (state == null || c.State == state));
        if (last is not null)
        {
            claims = claims.Where(c => c.HeldAt < last.At || (c.HeldAt == last.At && c.Contact.CompareTo(last.Contact) > 0));
        }

        var rows = await claims.OrderByDescending(c => c.HeldAt).ThenBy(c => c.Contact).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, c => new Place(c.HeldAt, c.Contact)).Select(View);
    }

    private ClaimView View(Claim c) => new(c.Id, c.Offer, c.State == ClaimState.Held && c.Until <= clock.Now() ? ClaimState.Expired : c.State, c.Contact,
        c.HeldAt, c.Until, c.Code, c.ClaimedAt, c.OverAt);

    private sealed record Place(DateTimeOffset At, string Contact);
}
