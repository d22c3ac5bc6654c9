using System.Globalization;
using System.Net.Mail;
using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Names a place in a line; known to nobody but who stands there.</summary>
public readonly record struct WaitingId(Guid Value) : IId<WaitingId>
{
    public static WaitingId New() => new(Guid.NewGuid()); // no time in it: it is a key to leave by

    public static WaitingId From(Guid value) => new(value);
}

/// <summary>Somebody who wants to be told when units of a sold-out offer come back.</summary>
internal sealed class Waiting
{
    public required WaitingId Id { get; init; }

    public required OfferId Offer { get; init; }

    /// <summary>An e-mail address in lower case.</summary>
    public required string Contact { get; init; }

    /// <summary>Our address as the person reached it.</summary>
    public required string Site { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When the mail to them was queued; nobody is told twice.</summary>
    public DateTimeOffset? ToldAt { get; set; }
}

/// <summary>What became of asking to be told.</summary>
public abstract record Joined
{
    private Joined() { }

    /// <summary>They stand in line; asking again changes nothing.</summary>
    /// <param name="Id">Named by the link that leaves the line.</param>
    /// <param name="Ahead">Who asked before and is not told yet.</param>
    public sealed record InLine(WaitingId Id, int Ahead) : Joined;

    /// <summary>There is one to be had now, or the offer is over.</summary>
    public sealed record NotSoldOut(OfferState State) : Joined;

    /// <summary>No e-mail address.</summary>
    public sealed record BadContact : Joined;

    /// <summary>This address waits for as many offers as it may.</summary>
    public sealed record TooMany(int Most) : Joined;

    /// <summary>The offer is for subscribers.</summary>
    public sealed record NotForAll : Joined;

    public sealed record UnknownOffer : Joined;
}

/// <summary>The line of those who came too late. When units come back, as many are told as there are units, first come, first told; the unit itself goes to whoever takes it.</summary>
public sealed class Waitlist(Database db, TimeProvider clock)
{
    /// <summary>How many offers one address may wait for at a time.</summary>
    public const int MostOffers = 20;

    /// <summary>Puts an address in line.</summary>
    /// <param name="offer">Which offer; it must be sold out and its window open.</param>
    /// <param name="contact">An e-mail address.</param>
    /// <param name="site">The address under which people reach this server, for the links of the mail.</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    public async Task<Joined> Join(OfferId offer, string? contact, Uri site, CancellationToken ct)
    {
        if (Contact.Normal(contact) is not { } reach || reach[0] == '@' || !MailAddress.TryCreate(reach, out _)) return new Joined.BadContact();
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == offer && o.Stage != OfferStage.Draft, ct) is not { } found) return new Joined.UnknownOffer();
        if (found.StateAt(clock.Now()) is var state and not OfferState.SoldOut) return new Joined.NotSoldOut(state);
        if (!found.IsForAll(clock.Now())) return new Joined.NotForAll();
        if (await Place(offer, reach, ct) is { } there) return there;
        if (await db.Set<Waiting>().CountAsync(w => w.Contact == reach && w.ToldAt == null, ct) >= MostOffers) return new Joined.TooMany(MostOffers);
        try
        {
            db.Add(new Waiting { Id = WaitingId.New(), Offer = offer, Contact = reach, Site = site.GetLeftPart(UriPartial.Authority), Since = clock.Now() });
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // the form was sent twice at once
        }

        return (await Place(offer, reach, ct))!;
    }

    /// <summary>Takes somebody out of the line. False when nobody stands there (any more).</summary>
    public async Task<bool> Leave(WaitingId id, CancellationToken ct) => await db.Set<Waiting>().Where(w => w.Id == id).ExecuteDeleteAsync(ct) > 0;

    /// <summary>Which offer somebody waits for; null when they do not.</summary>
    public async Task<OfferId?> Of(WaitingId id, CancellationToken ct) => await db.Set<Waiting>().Where(w => w.Id == id).Select(w => (OfferId?)w.Offer).SingleOrDefaultAsync(ct);

    /// <summary>How many stand in line and are not told yet.</summary>
    public Task<int> Length(OfferId offer, CancellationToken ct) => db.Set<Waiting>().CountAsync(w => w.Offer == offer && w.ToldAt == null, ct);

    /// <summary>Tells those whose turn it is.</summary>
    internal async Task All(CancellationToken ct)
    {
        var now = clock.Now();
        var back = await db.Set<Offer>().AsNoTracking().Where(o => o.Stage == OfferStage.Published && o.PausedAt == null && o.Left > 0 && o.Opens <= now && o.Closes > now && db.Set<Waiting>().Any(w => w.Offer == o.Id && w.ToldAt == null))
            .OrderBy(o => o.Id).Select(o => new { o.Id, o.Left, o.HoldMinutes }).ToListAsync(ct);
        foreach (var offer in back) await db.InTransaction(() => Some(offer.Id, offer.Left, now.AddMinutes(-offer.HoldMinutes), now, ct), ct);
    }

    // Who was told a moment ago still has the time of a hold to come; the units that are theirs to take are promised to nobody else.
    private async Task Some(OfferId offer, int left, DateTimeOffset recent, DateTimeOffset now, CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT 1 FROM outlet_offers WHERE id = {offer.Value} FOR UPDATE", ct);
        var invited = await db.Set<Waiting>().CountAsync(w => w.Offer == offer && w.ToldAt > recent, ct);
        var next = await db.Set<Waiting>().Where(w => w.Offer == offer && w.ToldAt == null).OrderBy(w => w.Since).ThenBy(w => w.Id).Take(Math.Clamp(left - invited, 0, 1_000)).ToListAsync(ct);
        foreach (var one in next)
        {
            one.ToldAt = now;
            db.Enqueue(new TellWaiting(one.Id), now);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<Joined.InLine?> Place(OfferId offer, string contact, CancellationToken ct)
    {
        if (await db.Set<Waiting>().AsNoTracking().SingleOrDefaultAsync(w => w.Offer == offer && w.Contact == contact, ct) is not { } mine) return null;
        return new(mine.Id, await db.Set<Waiting>().CountAsync(w => w.Offer == offer && w.ToldAt == null && w.Since < mine.Since, ct));
    }
}

/// <summary>Somebody in line is to be told by mail.</summary>
public sealed record TellWaiting(WaitingId Waiting) : IJob;

internal sealed class TellWaitingRun(Database db, SendMail mail, Mailboxes mailboxes, TimeProvider clock) : IRun<TellWaiting>
{
    public async Task Run(TellWaiting job, CancellationToken ct)
    {
        if (await db.Set<Waiting>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == job.Waiting, ct) is not { } waiting) return; // left the line
        var offer = await db.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == waiting.Offer, ct);
        if (offer.StateAt(clock.Now()) is not (OfferState.Open or OfferState.SoldOut)) return;
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            You asked to be told when this comes back:

            {offer.Title}, {offer.Price}
            {waiting.Site}/outlet/{offer.Slug}

            Units have just come back. First come, first served: others may be faster than this mail.
            This is the only mail about it. If it was not you who asked, or you do not want it any more:
            {waiting.Site}/outlet/waiting/{waiting.Id.Value:N}

            {offer.AuthorName}
            """);
        try
        {
            await mail.Now(new(waiting.Contact, "It is back: " + offer.Title, text, waiting.Id.Value, (await mailboxes.Of(offer.Author, ct))?.Address), ct);
        }
        catch (MailFailedException e) when (e.IsFinal)
        {
            // No such mailbox, or no mail server: what was said stands beside the server's settings.
        }
    }
}
