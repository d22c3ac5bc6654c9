using Hearth.Governance;
using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of pausing an offer or of resuming it.</summary>
public abstract record Pausing
{
    private Pausing() { }

    /// <summary>It stands so now.</summary>
    public sealed record Done(OfferState State) : Pausing;

    /// <summary>The reason must have 1 to 300 characters.</summary>
    public sealed record ReasonMissing : Pausing;

    /// <summary>It was not running, or is paused already.</summary>
    public sealed record NotRunning(OfferState State) : Pausing;

    /// <summary>It is not paused (any more), or its window is over.</summary>
    public sealed record NotPaused(OfferState State) : Pausing;

    /// <summary>The fire guard stops it: it does not go on until nothing burns or a lead has answered for it.</summary>
    public sealed record OnFire(GuardVerdict Verdict) : Pausing;

    public sealed record UnknownOffer : Pausing;
}

/// <summary>Keeps a published offer from new holds for a while, and lets it go on. Its units stay reserved; holds and codes that people have stay good.</summary>
/// <remarks>Each step is one guarded UPDATE of the offer's row, which holds lock too: what is answered here holds for every hold that is asked for later.</remarks>
public sealed class PauseOffer(Database db, AskGuard guard, TimeProvider clock)
{
    /// <summary>Pauses an offer that is scheduled, open or sold out; the house reads why, people read that it is paused.</summary>
    public async Task<Pausing> Pause(OfferId id, string? reason, Actor by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > EndOffer.MaxReason || reason.Contains('\0')) return new Pausing.ReasonMissing();
        return await Keep(id, reason.Trim(), by, ct);
    }

    /// <summary>Pauses an offer of a product that caught fire, with what burns as the reason.</summary>
    internal Task<Pausing> Pause(OfferId id, GuardVerdict verdict, CancellationToken ct) =>
        Keep(id, verdict.Sentence.Length <= EndOffer.MaxReason ? verdict.Sentence : verdict.Sentence[..(EndOffer.MaxReason - 1)] + "…", null, ct);

    /// <summary>Lets a paused offer go on as its window and its units have it, unless the fire guard stops it.</summary>
    public async Task<Pausing> Resume(OfferId id, Actor by, CancellationToken ct)
    {
        var now = clock.Now();
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } offer && offer.StateAt(now) == OfferState.Paused
            && await OverrideOffer.Ask(guard, offer, ct) is { MayGoOut: false } verdict) return new Pausing.OnFire(verdict);
        return await GoOn(id, by, ct);
    }

    private Task<Pausing> Keep(OfferId id, string why, Actor? by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var paused = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Published && o.PausedAt == null && o.Closes > now)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.PausedAt, now).SetProperty(o => o.PauseReason, why), ct);
        if (paused == 0) return await State(id, now, ct) is { } state ? new Pausing.NotRunning(state) : new Pausing.UnknownOffer();
        db.Record(new OfferPaused(id, why, now, by?.Id, by?.Name));
        await db.SaveChangesAsync(ct);
        return (Pausing)new Pausing.Done(OfferState.Paused);
    }, ct);

    private Task<Pausing> GoOn(OfferId id, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var resumed = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Published && o.PausedAt != null && o.Closes > now)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.PausedAt, (DateTimeOffset?)null).SetProperty(o => o.PauseReason, (string?)null), ct);
        if (await State(id, now, ct) is not { } state) return new Pausing.UnknownOffer();
        if (resumed == 0) return new Pausing.NotPaused(state);
        db.Record(new OfferResumed(id, now, by.Id, by.Name));
        await db.SaveChangesAsync(ct);
        return (Pausing)new Pausing.Done(state);
    }, ct);

    private async Task<OfferState?> State(OfferId id, DateTimeOffset now, CancellationToken ct) =>
        (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct))?.StateAt(now);
}
