using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of ending an offer.</summary>
public abstract record Ended
{
    private Ended() { }

    /// <summary>No more claims; <paramref name="Returned"/> units went back to stock. Holds and codes that people have stay good.</summary>
    public sealed record Done(int Returned) : Ended;

    /// <summary>The reason must have 1 to 300 characters.</summary>
    public sealed record ReasonMissing : Ended;

    /// <summary>It was not running.</summary>
    public sealed record NotRunning(OfferState State) : Ended;

    public sealed record UnknownOffer : Ended;
}

/// <summary>Ends an offer before its window does, or takes it down, and gives what nobody took back to stock.</summary>
public sealed class EndOffer(Database db, TimeProvider clock)
{
    public const int MaxReason = 300;

    /// <summary>Ends it early, as if its window were over; the house reads why, people do not.</summary>
    public Task<Ended> Early(OfferId id, string? reason, Actor by, CancellationToken ct) => WithReason(id, OfferStage.Ended, reason, by, ct);

    /// <summary>Takes it down with a reason that people can read.</summary>
    public Task<Ended> Stop(OfferId id, string? reason, Actor by, CancellationToken ct) => WithReason(id, OfferStage.Stopped, reason, by, ct);

    internal Task<Ended> WindowOver(OfferId id, CancellationToken ct) => End(id, OfferStage.Ended, "Its window is over.", null, ct);

    private Task<Ended> WithReason(OfferId id, OfferStage stage, string? reason, Actor by, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason || reason.Contains('\0') ? Task.FromResult<Ended>(new Ended.ReasonMissing()) : End(id, stage, reason.Trim(), by, ct);

    private Task<Ended> End(OfferId id, OfferStage stage, string reason, Actor? by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } offer) return new Ended.UnknownOffer();
        var over = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Published)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Stage, stage).SetProperty(o => o.Reason, reason).SetProperty(o => o.EndedAt, now), ct);
        if (over == 0) return new Ended.NotRunning(offer.StateAt(now));

        // The row is ours until commit: no claim can take from what is read here.
        var left = await db.Set<Offer>().Where(o => o.Id == id).Select(o => o.Left).SingleAsync(ct);
        await db.Set<Offer>().Where(o => o.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Left, o => o.Left - left).SetProperty(o => o.Returned, o => o.Returned + left), ct);
        await Shelf.Free(db, offer, left, now, ct);
        await db.Set<Waiting>().Where(w => w.Offer == id).ExecuteDeleteAsync(ct); // nobody need wait for it any more, nor be known for it
        db.Record(new OfferEnded(id, reason, left, now, by?.Id, by?.Name));
        await db.SaveChangesAsync(ct);
        return (Ended)new Ended.Done(left);
    }, ct);
}
