using System.Globalization;
using Hearth.Channels;
using Hearth.Governance;
using Hearth.Operations.FireGuard;
using Hearth.Outlet.Cards;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of posting an offer.</summary>
public abstract record Posted
{
    private Posted() { }

    /// <summary>It is on its way, or waits for its time; Publishing tells how it went.</summary>
    public sealed record Queued(MessageId Message) : Posted;

    /// <summary>All posts of a plan are on their way, or wait for their times.</summary>
    public sealed record All(IReadOnlyList<MessageId> Messages) : Posted;

    /// <summary>None of a plan's posts was kept.</summary>
    public sealed record None(IReadOnlyList<AccountError> Errors) : Posted;

    /// <summary>The network or the account says no; the reason is for the field named.</summary>
    public sealed record Refused(FieldError Error) : Posted;

    /// <summary>Only what people can claim, or soon can, is posted.</summary>
    public sealed record NotRunning(OfferState State) : Posted;

    /// <summary>The fire guard stops it: people are angry about the product.</summary>
    public sealed record OnFire(GuardVerdict Verdict) : Posted;

    public sealed record UnknownOffer : Posted;
}

/// <summary>Posts an offer to a network of the brand with a card that carries its tracked link.</summary>
public sealed class PostOffer(Database db, Publish publish, PostSeveral several, ChannelAccounts accounts, AskGuard guard, DisclosurePolicy policy, OfferCards cards, TimeProvider clock)
{
    /// <inheritdoc cref="To(OfferId, ChannelAccountId, string, Uri, Actor, MessageId?, DateTimeOffset?, CancellationToken)"/>
    public Task<Posted> To(OfferId offer, ChannelAccountId account, string text, Uri site, Actor by, MessageId? message, CancellationToken ct) => To(offer, account, text, site, by, message, null, ct);

    /// <summary>Queues or schedules one post. When its turn comes the offer is asked again: see <see cref="HoldOfferPosts"/>.</summary>
    /// <param name="offer">Which.</param>
    /// <param name="account">Who speaks.</param>
    /// <param name="text">What is said; the link stands in the card.</param>
    /// <param name="site">The address under which people reach this server, without a path.</param>
    /// <param name="by">The named human.</param>
    /// <param name="message">Chosen by the caller: the same id again posts nothing twice. Null for a new one.</param>
    /// <param name="at">When it is to be sent, before the offer closes; null for at once.</param>
    /// <param name="ct">Stops the work; nothing is posted.</param>
    public async Task<Posted> To(OfferId offer, ChannelAccountId account, string text, Uri site, Actor by, MessageId? message, DateTimeOffset? at, CancellationToken ct)
    {
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == offer, ct) is not { } found) return new Posted.UnknownOffer();
        var state = found.StateAt(clock.Now());
        if (state is not (OfferState.Open or OfferState.Scheduled)) return new Posted.NotRunning(state);
        if (await OverrideOffer.Ask(guard, found, ct) is { MayGoOut: false } verdict) return new Posted.OnFire(verdict);
        if (Early(found, at) is { } early) return new Posted.Refused(new("at", early));
        if (at >= found.Closes) return new Posted.Refused(new("at", "must be before the offer closes"));
        var id = message ?? MessageId.New();
        var queued = await publish.Post(new PostDraft(account, text, by, await Card(found, id, account, site, ct), found.Reference, id) { At = at }, ct);
        if (queued is Publication.Queued or Publication.Scheduled)
        {
            await db.SaveChangesAsync(ct);
            return new Posted.Queued(queued is Publication.Scheduled later ? later.Message : ((Publication.Queued)queued).Message);
        }

        db.Forget();
        return new Posted.Refused(queued switch
        {
            Publication.TooLong over => new("text", $"is {over.Length} {over.Unit} long; the network takes {over.Limit}"),
            Publication.Empty => new("text", "must not be empty"),
            Publication.Invalid wrong => new(wrong.Field, wrong.Reason),
            _ => new FieldError("account", "is not connected"),
        });
    }

    /// <summary>Keeps the posts of a plan, all or none.</summary>
    /// <param name="offer">Which.</param>
    /// <param name="plan">What is said where and when; each before the offer closes.</param>
    /// <param name="site">The address under which people reach this server, without a path.</param>
    /// <param name="by">The named human.</param>
    /// <param name="ct">Stops the work; nothing is posted.</param>
    public async Task<Posted> Several(OfferId offer, PostPlan plan, Uri site, Actor by, CancellationToken ct)
    {
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == offer, ct) is not { } found) return new Posted.UnknownOffer();
        var state = found.StateAt(clock.Now());
        if (state is not (OfferState.Open or OfferState.Scheduled)) return new Posted.NotRunning(state);
        if (await OverrideOffer.Ask(guard, found, ct) is { MayGoOut: false } verdict) return new Posted.OnFire(verdict);
        var early = plan.Accounts.Where(a => a.When != SendWhen.Queue || found.PublicFrom is null).Select(a => (a.Account, Why: Early(found, a.When == SendWhen.At ? a.At : null))).Where(a => a.Why is not null).ToList();
        if (early.Count > 0) return new Posted.None(early.ConvertAll(a => new AccountError(a.Account, null, new("at", a.Why!)))); // one in the queue waits until then
        return await several.Run(plan, by, (draft, ct) => Card(found, draft.Id!.Value, draft.Account, site, ct), found.Reference, found.Closes, review: false, ct) switch
        {
            SeveralPosted.Done done => new Posted.All(done.Ids),
            SeveralPosted.Refused refused => new Posted.None(refused.Errors),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    // What is for some is not told to all, until it is everybody's.
    private string? Early(Offer offer, DateTimeOffset? at) => offer.IsForAll(at ?? clock.Now()) ? null
        : offer.PublicFrom is { } from ? $"must not be before the offer is everybody's, {OfferTimes.Full(from, offer.Zone)}" : "cannot be: the offer is for subscribers only, and goes to them in their letters";

    // Each post has a link of its own, kept with it.
    private async Task<LinkCard> Card(Offer offer, MessageId message, ChannelAccountId account, Uri site, CancellationToken ct)
    {
        var link = await db.Set<PostLink>().SingleOrDefaultAsync(l => l.Message == message, ct);
        if (link is null && await accounts.Find(account, ct) is { } speaks)
            db.Add(link = new PostLink { Slug = Slug.New(10), Offer = offer.Id, Message = message, Account = account, Network = speaks.Network, AccountName = speaks.Name });
        return new(new Uri(site, "/l/" + (link?.Slug ?? offer.Link)).AbsoluteUri, $"{offer.Title}: {offer.Price}",
            string.Create(CultureInfo.InvariantCulture, $"{Words(offer.Condition)}, list price {offer.ListPrice}. {Amount(offer.UpTo, offer.Units)}, until {OfferTimes.Day(offer.Closes, offer.Zone)}."), await Picture(offer, account, ct));
    }

    // Where the network fetches the page itself it finds the picture there.
    private async Task<CardImage?> Picture(Offer offer, ChannelAccountId account, CancellationToken ct) =>
        await accounts.Find(account, ct) is { Network: Networks.Bluesky } && cards.Of(CardFacts.Of(ReadOffers.View(offer, clock.Now()), (await policy.Read(ct)).Brand ?? "")) is { } picture ? new(picture.Png, "image/png") : null;

    /// <summary>A first wording that a person may change.</summary>
    public static string Suggest(OfferView offer) => string.Create(CultureInfo.InvariantCulture,
        $"{offer.Title} for {offer.Price} instead of {offer.ListPrice} ({offer.PercentOff} % off, {Words(offer.Condition)}). {Amount(offer.UpTo, offer.Units)}, first come, first served.");

    /// <summary>"25 units"; what floats has no number to promise.</summary>
    internal static string Amount(int? upTo, int units) => upTo is not null ? "While stock lasts" : string.Create(CultureInfo.InvariantCulture, $"{units} {(units == 1 ? "unit" : "units")}");

    /// <summary>A condition as people say it.</summary>
    public static string Words(Condition condition) => condition switch
    {
        Condition.ScratchAndDent => "scratch and dent",
        _ => condition.ToString().ToLowerInvariant(),
    };
}
