using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Database = Hearth.Platform.Database;

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

    /// <summary>The offer is for those who get the digest, or a part of them, by the link in their letter; from <paramref name="PublicFrom"/> on for everybody, null for never.</summary>
    public sealed record NotInvited(DateTimeOffset? PublicFrom) : Held;

    /// <summary>The offer may be claimed from these countries only, and the person said another one, or none.</summary>
    public sealed record Elsewhere(IReadOnlyList<string> Countries) : Held;

    public sealed record UnknownOffer : Held;

    public sealed record BadContact : Held;
}

/// <summary>A unit that somebody asks for.</summary>
/// <param name="Claim">Chosen by the caller.</param>
/// <param name="Offer">Of which offer.</param>
/// <param name="Visitor">The browser that asks.</param>
/// <param name="Contact">As <see cref="Contact.Normal"/> gives it.</param>
/// <param name="Country">Where the person is, as <see cref="Countries.Normal"/> gives it; null when they did not say. Not kept.</param>
/// <param name="IsInvited">They come by the link in a letter that went to this contact.</param>
public sealed record WantedUnit(ClaimId Claim, OfferId Offer, VisitorId Visitor, string Contact, string? Country = null, bool IsInvited = false);

/// <summary>Takes one unit of an offer off sale and keeps it for a person for a while. All who ask at once are served by one transaction: see <see cref="HoldUnits"/>. Inside a transaction of the caller's it joins that.</summary>
public sealed class HoldUnit(Database db, GroupCommit<WantedUnit, Held> group, IServiceProvider services)
{
    private const int Tries = 3;

    /// <summary>Asks for one unit.</summary>
    /// <param name="claim">Chosen by the caller; repeating it returns the hold already made.</param>
    /// <param name="offer">Of which offer.</param>
    /// <param name="visitor">The browser that asks.</param>
    /// <param name="contact">An e-mail address, or "@handle".</param>
    /// <param name="ct">Stops the waiting. What is not begun is not done; a hold that is begun may be made, and the same id finds it.</param>
    public Task<Held> For(ClaimId claim, OfferId offer, VisitorId visitor, string? contact, CancellationToken ct) => For(claim, offer, visitor, contact, null, ct);

    /// <summary>Asks for one unit from a country.</summary>
    /// <param name="claim">Chosen by the caller; repeating it returns the hold already made.</param>
    /// <param name="offer">Of which offer.</param>
    /// <param name="visitor">The browser that asks.</param>
    /// <param name="contact">An e-mail address, or "@handle".</param>
    /// <param name="country">Where the person is, ISO 3166-1 alpha-2; asked for by offers that are limited to some.</param>
    /// <param name="ct">Stops the waiting, as above.</param>
    public Task<Held> For(ClaimId claim, OfferId offer, VisitorId visitor, string? contact, string? country, CancellationToken ct) => For(claim, offer, visitor, contact, country, null, ct);

    /// <summary>Asks for one unit by an invitation.</summary>
    /// <param name="claim">Chosen by the caller; repeating it returns the hold already made.</param>
    /// <param name="offer">Of which offer.</param>
    /// <param name="visitor">The browser that asks.</param>
    /// <param name="contact">An e-mail address, or "@handle"; of an invitation the address that it went to takes its place.</param>
    /// <param name="country">Where the person is, as above.</param>
    /// <param name="invitation">What the link in a letter says, 64 hexadecimal digits; null for none. One that does not open this offer is as none.</param>
    /// <param name="ct">Stops the waiting, as above.</param>
    public async Task<Held> For(ClaimId claim, OfferId offer, VisitorId visitor, string? contact, string? country, string? invitation, CancellationToken ct)
    {
        var invited = await Invitation.Contact(db, offer, invitation, ct);
        if ((invited ?? Contact.Normal(contact)) is not { } reach) return new Held.BadContact();
        var want = new WantedUnit(claim, offer, visitor, reach, Countries.Normal(country), invited is not null);
        if (db.IsInTransaction) return (await services.GetRequiredService<HoldUnits>().Commit([want], ct))[0];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await group.Do(want, ct);
            }
            catch (Exception e) when (e.IsDuplicateKey() && attempt < Tries)
            {
                // The same id for another offer, on another node, at the same moment: the next round names it.
            }
        }
    }
}

/// <summary>Serves many who ask for units by one transaction.</summary>
/// <remarks>
/// Each offer's row is locked before anything of it is read, in the order of their ids, so nodes never wait for each other in a circle and the last unit goes to one person on SQLite
/// and on PostgreSQL alike. Who asks is served in the order of coming; the limit per person counts what was kept before and what this group keeps.
/// </remarks>
internal sealed class HoldUnits(Database db, ExpireHolds expire, TimeProvider clock) : ICommitTogether<WantedUnit, Held>
{
    public async Task<IReadOnlyList<Held>> Commit(IReadOnlyList<WantedUnit> wants, CancellationToken ct)
    {
        var answers = new Held[wants.Count];
        var made = new List<Claim>();
        foreach (var offer in wants.Index().GroupBy(w => w.Item.Offer).OrderBy(g => g.Key.Value))
        {
            await Serve(offer.Key, [.. offer], answers, made, ct);
        }

        await db.InsertAll(made, ct);
        return answers;
    }

    private async Task Serve(OfferId id, IReadOnlyList<(int Index, WantedUnit Item)> wants, Held[] answers, List<Claim> made, CancellationToken ct)
    {
        var now = clock.Now();
        var (offer, known) = await LockedOffer.Read(db, id, wants, ct);
        if (offer is null || offer.Stage == OfferStage.Draft)
        {
            foreach (var (index, _) in wants) answers[index] = new Held.UnknownOffer();
            return;
        }

        if (offer.StateAt(now) is OfferState.Open or OfferState.SoldOut && offer.Left < wants.Count && offer.Held > 0 && await expire.Of(id, ct) > 0)
        {
            (offer, known) = await LockedOffer.Read(db, id, wants, ct);
        }

        if (offer is { Floats: true } && offer.StateAt(now) is OfferState.Open or OfferState.SoldOut && offer.Left <= wants.Count && await FloatingUnits.Fill(db, id, wants.Count + FloatingUnits.Ready, now, ct) > 0)
        {
            (offer, known) = await LockedOffer.Read(db, id, wants, ct);
        }

        var state = offer!.StateAt(now);
        var earlier = known.Concat(made.Select(Known)).ToDictionary(c => c.Id);
        var theirs = known.Where(c => c.Offer == id && Counts(c, now)).Select(c => (c.Visitor, c.Contact)).ToList();
        var (left, kept, countries) = (offer.Left, 0, Countries.Read(offer.Countries));
        foreach (var (index, want) in wants)
        {
            if (earlier.GetValueOrDefault(want.Claim) is { } before) answers[index] = Same(before, want);
            else if (state is not (OfferState.Open or OfferState.SoldOut)) answers[index] = new Held.NotOpen(state, offer.Opens, offer.Closes);
            else if (!want.IsInvited && !offer.IsForAll(now)) answers[index] = new Held.NotInvited(offer.PublicFrom);
            else if (countries.Count > 0 && (want.Country is null || !countries.Contains(want.Country, StringComparer.Ordinal))) answers[index] = new Held.Elsewhere(countries);
            else if (left == 0) answers[index] = new Held.SoldOut(offer.Held + kept);
            else if (theirs.Count(c => c.Visitor == want.Visitor || c.Contact == want.Contact) >= offer.LimitPerPerson) answers[index] = new Held.LimitReached(offer.LimitPerPerson);
            else
            {
                var claim = new Claim
                {
                    Id = want.Claim, Offer = id, Visitor = want.Visitor, Contact = want.Contact, State = ClaimState.Held, HeldAt = now, Until = now.AddMinutes(offer.HoldMinutes),
                };
                made.Add(claim);
                earlier.Add(claim.Id, Known(claim));
                theirs.Add((claim.Visitor, claim.Contact));
                (left, kept) = (left - 1, kept + 1);
                answers[index] = new Held.Kept(claim.Id, claim.Until);
            }
        }

        if (kept == 0) return;
        if (!await LockedOffer.Take(db, id, kept, ct)) throw new InvalidOperationException("The offer changed while it was locked.");
    }

    private static bool Counts(KnownClaim claim, DateTimeOffset now) => claim.State is ClaimState.Claimed or ClaimState.Redeemed || (claim.State == ClaimState.Held && claim.Until > now);

    private static KnownClaim Known(Claim c) => new(c.Id, c.Offer, c.Visitor, c.Contact, c.State, c.Until);

    private static Held Same(KnownClaim made, WantedUnit want) =>
        made.Offer == want.Offer && made.Visitor == want.Visitor && made.State is ClaimState.Held or ClaimState.Claimed ? new Held.Kept(made.Id, made.Until) : new Held.IdInUse();
}
