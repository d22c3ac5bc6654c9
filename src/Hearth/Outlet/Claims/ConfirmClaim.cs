using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of confirming or giving back a hold.</summary>
public abstract record Confirmed
{
    private Confirmed() { }

    /// <summary>The unit is theirs; this is the code. The same code each time it is asked for.</summary>
    public sealed record Code(string Text) : Confirmed;

    /// <summary>Given back; the unit is on sale again (or in stock, when the offer is over).</summary>
    public sealed record GivenBack : Confirmed;

    /// <summary>The time ran out before.</summary>
    public sealed record RanOut(DateTimeOffset Until) : Confirmed;

    /// <summary>The claim had already come to this.</summary>
    public sealed record AlreadyOver(ClaimState State) : Confirmed;

    /// <summary>No such claim of this visitor.</summary>
    public sealed record Unknown : Confirmed;
}

/// <summary>Turns a hold into a code, or gives it back.</summary>
/// <remarks>Each step is one guarded UPDATE of the claim: of a confirmation, a release and a run-out at the same moment exactly one happens.</remarks>
public sealed class ConfirmClaim(Database db, TimeProvider clock)
{
    public Task<Confirmed> By(ClaimId id, VisitorId visitor, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        if (await Read(id, visitor, ct) is not { } claim) return new Confirmed.Unknown();
        var prefix = await db.Set<Offer>().Where(o => o.Id == claim.Offer).Select(o => o.CodePrefix).SingleAsync(ct);
        var code = ClaimCode.New(prefix);
        var won = await db.Set<Claim>().Where(c => c.Id == id && c.State == ClaimState.Held && c.Until > now).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.State, ClaimState.Claimed).SetProperty(c => c.Code, code).SetProperty(c => c.ClaimedAt, now), ct);
        if (won == 0) return await WhyNot(id, visitor, now, ct);

        await db.Set<Offer>().Where(o => o.Id == claim.Offer)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Held, o => o.Held - 1).SetProperty(o => o.Claimed, o => o.Claimed + 1), ct);
        db.Record(new UnitClaimed(id, claim.Offer, claim.Visitor, now));
        await db.SaveChangesAsync(ct);
        return (Confirmed)new Confirmed.Code(code);
    }, ct);

    /// <summary>Gives a hold back before it runs out. A code, once given, stays.</summary>
    public Task<Confirmed> Release(ClaimId id, VisitorId visitor, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        if (await Read(id, visitor, ct) is not { } claim) return new Confirmed.Unknown();
        var won = await db.Set<Claim>().Where(c => c.Id == id && c.State == ClaimState.Held)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ClaimState.Released).SetProperty(c => c.OverAt, now), ct);
        if (won == 0) return await WhyNot(id, visitor, now, ct) is Confirmed.Code ? new Confirmed.AlreadyOver(ClaimState.Claimed) : await WhyNot(id, visitor, now, ct);
        await HeldUnits.GiveBack(db, claim.Offer, 1, now, ct);
        await db.SaveChangesAsync(ct);
        return (Confirmed)new Confirmed.GivenBack();
    }, ct);

    private Task<Claim?> Read(ClaimId id, VisitorId visitor, CancellationToken ct) =>
        db.Set<Claim>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Visitor == visitor, ct);

    private async Task<Confirmed> WhyNot(ClaimId id, VisitorId visitor, DateTimeOffset now, CancellationToken ct) => (await Read(id, visitor, ct))! switch
    {
        { State: ClaimState.Claimed or ClaimState.Redeemed, Code: { } code } => new Confirmed.Code(code),
        { State: ClaimState.Held or ClaimState.Expired } over => new Confirmed.RanOut(over.Until),
        var over => new Confirmed.AlreadyOver(over.State),
    };
}

internal static class HeldUnits
{
    /// <summary>Puts held units back on sale, or into stock when their offer takes no more claims.</summary>
    public static async Task GiveBack(Database db, OfferId id, int units, DateTimeOffset now, CancellationToken ct)
    {
        var onSale = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Published)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Held, o => o.Held - units).SetProperty(o => o.Left, o => o.Left + units), ct);
        if (onSale == 1) return;
        await db.Set<Offer>().Where(o => o.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Held, o => o.Held - units).SetProperty(o => o.Returned, o => o.Returned + units), ct);
        var offer = await db.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == id, ct);
        await Shelf.Free(db, offer, units, now, ct);
    }
}
