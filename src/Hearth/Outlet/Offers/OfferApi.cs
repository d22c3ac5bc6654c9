using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Operations.FireGuard;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

internal static class OfferApi
{
    /// <summary>An offer as it is written.</summary>
    /// <param name="Item">The stock item it sells.</param>
    /// <param name="Title">1 to 120 characters.</param>
    /// <param name="Text">Up to 2,000 characters.</param>
    /// <param name="Price">In major units of the item's currency ("449.00"), number or text; left out when <paramref name="PercentOff"/> is given.</param>
    /// <param name="Units">Set aside when it is published.</param>
    /// <param name="Opens">First instant at which a unit can be claimed.</param>
    /// <param name="Closes">First instant at which none can be claimed any more.</param>
    /// <param name="CodePrefix">2 to 8 letters and digits.</param>
    /// <param name="LimitPerPerson">1 to 100.</param>
    /// <param name="HoldMinutes">1 to 1,440.</param>
    /// <param name="ShopUrl">An https address where the tracked link leads; left out for our own page.</param>
    /// <param name="PercentOff">Instead of a price: 1 to 95 percent off the list price, rounded down to the minor unit.</param>
    /// <param name="Zone">The zone its times are said in to people, an IANA name ("Europe/Berlin"); left out for UTC.</param>
    /// <param name="Countries">Where it may be claimed from, ISO 3166-1 alpha-2, up to 60; left out for everywhere.</param>
    /// <param name="Also">What each unit gives beside the item, up to 9 other stock items in the same currency: the offer is then a set, sold whole.</param>
    /// <param name="Floats">Sets aside only a few units at a time and takes from free stock as they go, <paramref name="Units"/> in all at most.</param>
    /// <param name="Audience">everyone, or subscribers: those who get the digest, by the link in their letter.</param>
    /// <param name="Segment">The part of the subscribers that may claim it; left out for all of them.</param>
    /// <param name="PublicFrom">When an offer for subscribers becomes everybody's; left out for never.</param>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    internal sealed record Body(StockItemId Item, string Title, string? Text, decimal? Price, int Units, DateTimeOffset Opens, DateTimeOffset Closes, string CodePrefix,
        int LimitPerPerson = 1, int HoldMinutes = 15, string? ShopUrl = null, int? PercentOff = null, IReadOnlyList<string>? Countries = null, string? Zone = null, IReadOnlyList<SetPart>? Also = null,
        bool Floats = false, Audience Audience = Audience.Everyone, SegmentId? Segment = null, DateTimeOffset? PublicFrom = null);

    /// <summary>Why it is taken down, for people to read; 1 to 300 characters.</summary>
    internal sealed record StopBody(string? Reason);

    /// <summary>Why it ends early, for the house and its record; 1 to 300 characters.</summary>
    internal sealed record EndBody(string? Reason);

    /// <summary>Why it is paused, for the house and its record; 1 to 300 characters.</summary>
    internal sealed record PauseBody(string? Reason);

    /// <summary>How an offer stands after it was paused or resumed.</summary>
    internal sealed record PauseAnswer(OfferState State);

    /// <summary>The window of a copy.</summary>
    /// <param name="Opens">First instant at which a unit can be claimed.</param>
    /// <param name="Closes">First instant at which none can be claimed any more.</param>
    internal sealed record CopyBody(DateTimeOffset Opens, DateTimeOffset Closes);

    /// <summary>Why it goes out in spite of the fire guard; 1 to 1,000 characters, kept in the record.</summary>
    internal sealed record OverrideBody(string? Why);

    /// <summary>A post about the offer.</summary>
    /// <param name="Account">Who speaks.</param>
    /// <param name="Text">What is said; left out for a suggested wording.</param>
    /// <param name="Message">Chosen by the caller, so that a repeated request posts once.</param>
    /// <param name="At">When it is to be sent: in the future, before the offer closes, at most a year ahead; null for at once.</param>
    internal sealed record PostBody(Hearth.Channels.ChannelAccountId Account, string? Text, MessageId? Message, DateTimeOffset? At = null);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var offers = api.MapGroup("/offers").WithTags("Offers");
        offers.MapGet("", async Task<Results<Ok<Page<OfferView>>, ProblemHttpResult>> (Word<OfferState>[]? state, string? after, int? size, ReadOffers read, CancellationToken ct) =>
            await read.List([.. (state ?? []).Select(s => s.Value)], after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("Offers, newest first");
        offers.MapGet("/{offer:guid}", async Task<Results<Ok<OfferView>, ProblemHttpResult>> (Guid offer, ReadOffers read, CancellationToken ct) =>
            await read.One(new(offer), ct) is { } view ? Ok(view) : Problems.Unknown("offer")).RequireAuthorization("read").WithSummary("One offer");
        offers.MapPost("", async (Body body, HttpContext http, DraftOffer draft, ReadOffers read, CancellationToken ct) =>
            await Answer(await Draft(body, draft, ct) switch { ({ } d, _) => await draft.Create(d, http.Actor(), ct), var (_, error) => new Drafted.Invalid([error!]) }, read, ct)).RequireAuthorization("write").WithSummary("Write a draft");
        offers.MapPut("/{offer:guid}", async (Guid offer, Body body, DraftOffer draft, ReadOffers read, CancellationToken ct) =>
            await Answer(await Draft(body, draft, ct) switch { ({ } d, _) => await draft.Edit(new(offer), d, ct), var (_, error) => new Drafted.Invalid([error!]) }, read, ct)).RequireAuthorization("write").WithSummary("Rewrite a draft");
        offers.MapPost("/{offer:guid}/publish", async Task<Results<Ok<OfferView>, ProblemHttpResult>> (Guid offer, PublishOffer publish, ReadOffers read, CancellationToken ct) =>
            await publish.Now(new(offer), ct) switch
            {
                Published.Done done => Ok((await read.One(done.Offer, ct))!),
                Published.NotEnoughStock few => Problems.Refused("not-enough-stock", $"{few.Free} units of {few.Sku} are free, the offer wants {few.Wanted}."),
                Published.WindowOver over => Problems.Refused("window-over", $"The offer closed {over.Closes:O}."),
                Published.OnFire fire => Problems.Refused("on-fire", fire.Verdict.Sentence),
                Published.NotADraft not => Problems.Refused("not-a-draft", $"The offer is {not.State}."),
                _ => Problems.Unknown("offer"),
            }).RequireAuthorization("write").WithSummary("Reserve the units and show the offer");
        offers.MapPost("/{offer:guid}/copy", async (Guid offer, CopyBody body, HttpContext http, CopyOffer copy, ReadOffers read, CancellationToken ct) =>
            await Answer(await copy.To(new(offer), body.Opens, body.Closes, http.Actor(), ct), read, ct)).RequireAuthorization("write").WithSummary("Write a draft with the same terms and a new window");
        offers.MapPost("/{offer:guid}/end", async (Guid offer, EndBody body, HttpContext http, EndOffer end, CancellationToken ct) => Over(await end.Early(new(offer), body.Reason, http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("End it early; what nobody took goes back to stock");
        offers.MapPost("/{offer:guid}/stop", async (Guid offer, StopBody body, HttpContext http, EndOffer end, CancellationToken ct) => Over(await end.Stop(new(offer), body.Reason, http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("Take it down with a reason");
        offers.MapPost("/{offer:guid}/pause", async (Guid offer, PauseBody body, HttpContext http, PauseOffer pause, CancellationToken ct) => Paused(await pause.Pause(new(offer), body.Reason, http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("Take no new holds for a while; holds and codes stay good");
        offers.MapPost("/{offer:guid}/resume", async (Guid offer, HttpContext http, PauseOffer pause, CancellationToken ct) => Paused(await pause.Resume(new(offer), http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("Let a paused offer go on");
        offers.MapPost("/{offer:guid}/posts", async Task<Results<Ok<Posted.Queued>, ProblemHttpResult>> (Guid offer, PostBody body, HttpContext http, PublicAddress address, PostOffer post, ReadOffers read, CancellationToken ct) =>
            await read.One(new(offer), ct) is not { } view ? Problems.Unknown("offer")
                : await post.To(view.Id, body.Account, body.Text ?? PostOffer.Suggest(view), new(address.Of(http)), http.Actor(), body.Message, body.At, ct) switch
                {
                    Posted.Queued queued => Ok(queued),
                    Posted.Refused refused => Problems.Invalid(refused.Error),
                    Posted.OnFire fire => Problems.Refused("on-fire", fire.Verdict.Sentence),
                    Posted.NotRunning not => Problems.Refused("not-running", $"The offer is {not.State}."),
                    _ => Problems.Unknown("offer"),
                }).RequireAuthorization("write").WithSummary("Post it with a link card");
        offers.MapPost("/{offer:guid}/posts/several", async Task<Results<Ok<SeveralKept>, ProblemHttpResult>> (Guid offer, PlanBody body, HttpContext http, PublicAddress address, PostOffer post, CancellationToken ct) =>
            await post.Several(new(offer), body.Plan(), new(address.Of(http)), http.Actor(), ct) switch
            {
                Posted.All all => Ok(new SeveralKept(all.Messages)),
                Posted.None none => Problems.Invalid([.. none.Errors.Select(e => e.Named())]),
                Posted.OnFire fire => Problems.Refused("on-fire", fire.Verdict.Sentence),
                Posted.NotRunning not => Problems.Refused("not-running", $"The offer is {not.State}."),
                _ => Problems.Unknown("offer"),
            }).RequireAuthorization("write").WithName("postOfferSeveral").WithSummary("Post it on several accounts with a link card, all or none");
        offers.MapGet("/{offer:guid}/guard", async Task<Results<Ok<GuardVerdict>, ProblemHttpResult>> (Guid offer, OverrideOffer guard, CancellationToken ct) =>
            await guard.Verdict(new(offer), ct) is { } verdict ? Ok(verdict) : Problems.Unknown("offer")).RequireAuthorization("read").WithSummary("Whether the fire guard lets it go out, and what stops it");
        offers.MapPost("/{offer:guid}/guard-override", async Task<Results<NoContent, ProblemHttpResult>> (Guid offer, OverrideBody body, HttpContext http, OverrideOffer guard, CancellationToken ct) =>
            await guard.With(new(offer), body.Why, http.Actor(), ct) switch
            {
                OfferOverriding.Done => NoContent(),
                OfferOverriding.OwnOffer => Problems.Refused("own-offer", "Who wrote an offer may not be the one who lets it out."),
                OfferOverriding.NotAllowed => Problems.Refused("not-allowed", "Only a lead or an owner may."),
                OfferOverriding.ReasonMissing => Problems.Invalid("why", $"must have 1 to {OverrideGuard.MaxReason:N0} characters"),
                OfferOverriding.NothingBurns => Problems.Refused("nothing-burns", "The fire guard does not stop it."),
                _ => Problems.Unknown("offer"),
            }).RequireAuthorization("lead").WithSummary("Let it go out in spite of the gaps that burn now, with a reason for the record");
        offers.MapGet("/{offer:guid}/posts", (Guid offer, ReadMessages read, CancellationToken ct) => read.About("offer:" + offer, ct)).RequireAuthorization("read").WithSummary("Its posts and their delivery");
        offers.MapGet("/{offer:guid}/claims", async Task<Results<Ok<Page<ClaimView>>, ProblemHttpResult>> (Guid offer, Word<ClaimState>? state, string? after, int? size, ReadClaims read, CancellationToken ct) =>
            await read.Of(new(offer), state?.Value, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("Its holds and codes, newest first");
        offers.MapGet("/{offer:guid}/clicks", (Guid offer, int? size, CountTraffic traffic, CancellationToken ct) => traffic.Latest(new(offer), Keyset.Size(size), ct))
            .RequireAuthorization("read").WithSummary("The newest clicks on its link, bots among them");
    }

    private static async Task<(OfferDraft? Draft, FieldError? Error)> Draft(Body b, DraftOffer draft, CancellationToken ct)
    {
        // The amount is in the item's currency; an item that is not there is named by the slice.
        if (b.Also?.Any(p => p is null) == true) return (null, new("also", "must have no empty place"));
        if (OfferTerms.Priced(b.Price.HasValue, b.PercentOff) is { } wrong) return (null, wrong);
        var list = await draft.ListPrice(b.Item, b.Also, ct) ?? Money.Zero("EUR");
        Money price;
        if (b.PercentOff is { } percent) price = OfferTerms.PercentOff(list, percent);
        else if (!Amount.TryRead(b.Price!.Value, list.Currency, out price)) return (null, new("price", "must have no more digits than the currency has"));
        return (new(b.Item, b.Title ?? "", b.Text ?? "", price, b.Units, b.Opens, b.Closes, b.CodePrefix ?? "", b.LimitPerPerson, b.HoldMinutes, b.ShopUrl) { Countries = b.Countries, Zone = b.Zone, Also = b.Also, Floats = b.Floats, Audience = b.Audience, Segment = b.Segment, PublicFrom = b.PublicFrom }, null);
    }

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> Answer(Drafted drafted, ReadOffers read, CancellationToken ct) => drafted switch
    {
        Drafted.Saved saved => Ok((await read.One(saved.Offer, ct))!),
        Drafted.Invalid invalid => Problems.Invalid(invalid.Errors),
        Drafted.NotADraft => Problems.Refused("not-a-draft", "The offer is published; its terms stay as people saw them."),
        _ => Problems.Unknown("offer"),
    };

    private static Results<Ok<PauseAnswer>, ProblemHttpResult> Paused(Pausing pausing) => pausing switch
    {
        Pausing.Done done => Ok(new PauseAnswer(done.State)),
        Pausing.ReasonMissing => Problems.Invalid("reason", $"must have 1 to {EndOffer.MaxReason} characters"),
        Pausing.NotRunning not => Problems.Refused("not-running", $"The offer is {not.State}."),
        Pausing.OnFire fire => Problems.Refused("on-fire", fire.Verdict.Sentence),
        Pausing.NotPaused not => Problems.Refused("not-paused", $"The offer is {not.State}."),
        _ => Problems.Unknown("offer"),
    };

    private static Results<Ok<Ended.Done>, ProblemHttpResult> Over(Ended ended) => ended switch
    {
        Ended.Done done => Ok(done),
        Ended.ReasonMissing => Problems.Invalid("reason", $"must have 1 to {EndOffer.MaxReason} characters"),
        Ended.NotRunning not => Problems.Refused("not-running", $"The offer is {not.State}."),
        _ => Problems.Unknown("offer"),
    };
}
