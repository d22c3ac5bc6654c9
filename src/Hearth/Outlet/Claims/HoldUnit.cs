using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of asking for a unit: exactly one of the nested cases.</summary>
public abstract record Held
{
    private Held() { }

    /// <summary>One unit is kept until <paramref name="Until"/> (exclusive), then goes back on sale.</summary>
    public sealed record Kept(ClaimId Claim, DateTimeOffset Until) : Held;

    /// <summary>Nothing is left. <paramref name="OnHold"/> units are kept for others and may come back.</summary>
    public sealed record SoldOut(int OnHold) : Held;

    /// <summary>The offer runs from <paramref name="Opens"/> (inclusive) to <paramref name="Closes"/> (exclusive), unless it was ended.</summary>
    public sealed record NotOpen(OfferState State, DateTimeOffset Opens, DateTimeOffset Closes) : Held;

    /// <summary>This person already has as many units as one may have.</summary>
    public sealed record LimitReached(int Limit) : Held;

    /// <summary>The claim id already names a different claim, or one that is over.</summary>
    public sealed record IdInUse : Held;

    public sealed record UnknownOffer : Held;

    public sealed record BadContact : Held;
}

/// <summary>Takes one unit of an offer off sale and keeps it for a person for a while.</summary>
/// <remarks>
/// The unit is taken by one guarded UPDATE, never read and then written, so the last unit goes to one person, on SQLite and on PostgreSQL alike. The same UPDATE
/// locks the offer's row until commit; the limit per person is counted after it, so two requests of one person cannot both see room.
/// </remarks>
public sealed class HoldUnit(Database db, ExpireHolds expire, TimeProvider clock)
{
    /// <summary>Asks for one unit.</summary>
    /// <param name="claim">Chosen by the caller; repeating it returns the hold already made.</param>
    /// <param name="offer">Of which offer.</param>
    /// <param name="visitor">The browser that asks.</param>
    /// <param name="contact">An e-mail address, or "@handle".</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    public async Task<Held> For(ClaimId claim, OfferId offer, VisitorId visitor, string? contact, CancellationToken ct)
    {
        if (Contact.Normal(contact) is not { } reach) return new Held.BadContact();
        var (terms, refusal) = await Look(claim, offer, visitor, ct);
        if (refusal is not null) return refusal;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransaction(() => Take(claim, terms!, visitor, reach, ct), ct);
            }
            catch (Refused refused)
            {
                db.ChangeTracker.Clear(); // rolled back: the unit is on sale again
                return refused.As;
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && attempt < 3)
            {
                db.ChangeTracker.Clear(); // the same id for another offer at the same moment: the next round names it
            }
        }
    }

    // Most who come too late are answered here, from a plain read, so that they never stand in the way of those who pay.
    private async Task<(Offer? Terms, Held? Refusal)> Look(ClaimId claim, OfferId id, VisitorId visitor, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.Now();
            var offer = await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);
            if (offer is null || offer.Stage == OfferStage.Draft) return (null, new Held.UnknownOffer());
            var state = offer.StateAt(now);
            if (state == OfferState.Open) return (offer, null);
            if (await Earlier(claim, id, visitor, ct) is { } earlier) return (offer, earlier);
            if (state != OfferState.SoldOut) return (offer, new Held.NotOpen(state, offer.Opens, offer.Closes));
            if (attempt > 1 || offer.Held == 0 || await expire.Of(id, ct) == 0) return (offer, new Held.SoldOut(offer.Held));
        }
    }

    // The offer's row is locked from the first statement until commit, so there are few: the limit and the minutes were read before, they never change.
    private async Task<Held> Take(ClaimId claim, Offer terms, VisitorId visitor, string contact, CancellationToken ct)
    {
        var (id, now) = (terms.Id, clock.Now());
        var taken = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Published && o.Opens <= now && now < o.Closes && o.Left > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Left, o => o.Left - 1).SetProperty(o => o.Held, o => o.Held + 1), ct);

        // Each of the three is found by an index of its own; which of them count is decided here.
        var known = await db.Set<Claim>().AsNoTracking()
            .Where(c => c.Id == claim || (c.Offer == id && c.Visitor == visitor) || (c.Offer == id && c.Contact == contact)).ToListAsync(ct);
        if (known.Find(c => c.Id == claim) is { } earlier) throw new Refused(Same(earlier, id, visitor));
        if (taken == 0)
        {
            var offer = await db.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == id, ct);
            var state = offer.StateAt(now);
            return state is OfferState.SoldOut or OfferState.Open ? new Held.SoldOut(offer.Held) : new Held.NotOpen(state, offer.Opens, offer.Closes);
        }

        var has = known.Count(c => c.State is ClaimState.Claimed or ClaimState.Redeemed || (c.State == ClaimState.Held && c.Until > now));
        if (has >= terms.LimitPerPerson) throw new Refused(new Held.LimitReached(terms.LimitPerPerson));

        var until = now.AddMinutes(terms.HoldMinutes);
        db.Add(new Claim { Id = claim, Offer = id, Visitor = visitor, Contact = contact, State = ClaimState.Held, HeldAt = now, Until = until });
        await db.SaveChangesAsync(ct);
        return new Held.Kept(claim, until);
    }

    private async Task<Held?> Earlier(ClaimId claim, OfferId offer, VisitorId visitor, CancellationToken ct) =>
        await db.Set<Claim>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == claim, ct) is { } made ? Same(made, offer, visitor) : null;

    private static Held Same(Claim made, OfferId offer, VisitorId visitor) =>
        made.Offer == offer && made.Visitor == visitor && made.State is ClaimState.Held or ClaimState.Claimed ? new Held.Kept(made.Id, made.Until) : new Held.IdInUse();

    /// <summary>Leaves the transaction so that it is rolled back, with the answer.</summary>
    private sealed class Refused(Held answer) : Exception
    {
        public Held As => answer;
    }
}
