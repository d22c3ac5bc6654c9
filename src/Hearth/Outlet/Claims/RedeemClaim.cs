using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of a code at the shop's till.</summary>
public abstract record Redemption
{
    private Redemption() { }

    /// <summary>Good: sell one unit of <paramref name="Sku"/> at <paramref name="Price"/>. <paramref name="Again"/> when this till said so before.</summary>
    public sealed record Good(ClaimId Claim, OfferId Offer, string Sku, Money Price, DateTimeOffset At, bool Again) : Redemption
    {
        /// <summary>What goes with it, at the same price, when the offer is a set.</summary>
        public IReadOnlyList<SetPartView> Also { get; init; } = [];
    }

    /// <summary>Somebody used it before, for another sale.</summary>
    public sealed record UsedBefore(DateTimeOffset At) : Redemption;

    /// <summary>No such code: mistyped or guessed.</summary>
    public sealed record Unknown : Redemption;

    /// <summary>Too many wrong codes from this caller; the same answer for right ones until then.</summary>
    public sealed record SlowDown(DateTimeOffset Until) : Redemption;
}

/// <summary>Uses a code at the shop: the unit leaves the shelf.</summary>
public sealed class RedeemClaim(Database db, CodeGuesses guesses, TimeProvider clock)
{
    /// <summary>Redeems a code once.</summary>
    /// <param name="code">As typed; case and blanks do not matter.</param>
    /// <param name="sale">The till's own name for the sale (an order id): the same code and sale again is answered as before. Null for none.</param>
    /// <param name="caller">Whose wrong codes are counted together: the API key, or the address.</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    public async Task<Redemption> Use(string code, string? sale, string caller, CancellationToken ct)
    {
        if (guesses.BlockedUntil(caller) is { } until) return new Redemption.SlowDown(until);
        var typed = ClaimCode.Normal(code);
        var used = ClaimCode.IsWellFormed(typed) ? await db.InTransaction(() => Use(typed, sale, ct), ct) : new Redemption.Unknown();
        if (used is Redemption.Unknown) guesses.Wrong(caller);
        return used;
    }

    private async Task<Redemption> Use(string code, string? sale, CancellationToken ct)
    {
        var now = clock.Now();
        var won = await db.Set<Claim>().Where(c => c.Code == code && c.State == ClaimState.Claimed)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ClaimState.Redeemed).SetProperty(c => c.OverAt, now).SetProperty(c => c.Sale, sale), ct);
        if (await db.Set<Claim>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, ct) is not { } claim) return new Redemption.Unknown();
        var offer = await db.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == claim.Offer, ct);
        if (won == 0)
        {
            return sale is not null && claim.Sale == sale
                ? new Redemption.Good(claim.Id, offer.Id, offer.Sku, offer.Price, claim.OverAt!.Value, Again: true) { Also = ReadOffers.Also(offer) }
                : new Redemption.UsedBefore(claim.OverAt!.Value);
        }

        await db.Set<Offer>().Where(o => o.Id == offer.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Claimed, o => o.Claimed - 1).SetProperty(o => o.Redeemed, o => o.Redeemed + 1), ct);
        await Shelf.Sell(db, offer, "claim:" + claim.Id.Value, now, ct);
        db.Record(new ClaimRedeemed(claim.Id, offer.Id, now));
        await db.SaveChangesAsync(ct);
        return new Redemption.Good(claim.Id, offer.Id, offer.Sku, offer.Price, now, Again: false) { Also = ReadOffers.Also(offer) };
    }
}

/// <summary>
/// Slows those who guess codes: after <see cref="Allowed"/> wrong codes within <see cref="Window"/> a caller waits until the window is over. A code has
/// 31⁹ = 2.6·10¹³ values: against 10,000 live codes, 30 guesses a minute hit one in 168 years on average.
/// </summary>
/// <remarks>Counted in this process: n nodes allow n times as much.</remarks>
public sealed class CodeGuesses(TimeProvider clock)
{
    public const int Allowed = 30;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Start, int Wrong)> _callers = new(StringComparer.Ordinal);

    internal DateTimeOffset? BlockedUntil(string caller)
    {
        lock (_gate)
        {
            return _callers.TryGetValue(caller, out var seen) && seen.Wrong >= Allowed && clock.Now() < seen.Start + Window ? seen.Start + Window : null;
        }
    }

    internal void Wrong(string caller)
    {
        lock (_gate)
        {
            var now = clock.Now();
            if (_callers.Count > 10_000) foreach (var old in _callers.Where(c => c.Value.Start + Window <= now).Select(c => c.Key).ToList()) _callers.Remove(old);
            _callers[caller] = _callers.TryGetValue(caller, out var seen) && now < seen.Start + Window ? seen with { Wrong = seen.Wrong + 1 } : (now, 1);
        }
    }
}
