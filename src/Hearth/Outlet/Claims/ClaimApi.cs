using Hearth.Governance;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

/// <summary>What the public may do: see offers, hold a unit, take the code or give the unit back; and what the shop's till does: redeem.</summary>
internal static class ClaimApi
{
    /// <summary>An offer as anybody may see it.</summary>
    /// <param name="Slug">Its page is /outlet/{slug}.</param>
    /// <param name="Title">What it is.</param>
    /// <param name="Text">What to know about it.</param>
    /// <param name="Condition">Why it is in the outlet.</param>
    /// <param name="ListPrice">What it costs new.</param>
    /// <param name="Price">What it costs here.</param>
    /// <param name="State">scheduled, open, soldOut, paused, ended or stopped.</param>
    /// <param name="Opens">First instant at which a unit can be claimed.</param>
    /// <param name="Closes">First instant at which none can be claimed any more.</param>
    /// <param name="Left">Units on sale now; null while it takes from stock as they go.</param>
    /// <param name="LimitPerPerson">Units one person may have.</param>
    /// <param name="HoldMinutes">How long a unit is kept.</param>
    /// <param name="Countries">Where it may be claimed from, ISO 3166-1 alpha-2; empty for everywhere.</param>
    /// <param name="Zone">The zone its times are said in, an IANA name; null for UTC.</param>
    /// <param name="Audience">everyone, or subscribers: then it is claimed by the link in a letter.</param>
    /// <param name="PublicFrom">When an offer for subscribers becomes everybody's; null for never, or when it is from the start.</param>
    internal sealed record PublicOffer(string Slug, string Title, string Text, Condition Condition, Money ListPrice, Money Price, OfferState State,
        DateTimeOffset Opens, DateTimeOffset Closes, int? Left, int LimitPerPerson, int HoldMinutes, IReadOnlyList<string> Countries, string? Zone, Audience Audience, DateTimeOffset? PublicFrom);

    /// <summary>Asks for a unit.</summary>
    /// <param name="Contact">An e-mail address, or "@handle".</param>
    /// <param name="Claim">Chosen by the caller so that a repeated request takes one unit; made here when left out.</param>
    /// <param name="Visitor">Whose browser; the cookie hearth_v when left out.</param>
    /// <param name="Country">Where the person is, ISO 3166-1 alpha-2; asked for when the offer is limited to some. It is not kept.</param>
    /// <param name="Invitation">For an offer to subscribers: the value of "for" in their letter's link. The unit is then kept for the address that the letter went to.</param>
    internal sealed record HoldBody(string? Contact, ClaimId? Claim, VisitorId? Visitor, string? Country = null, string? Invitation = null);

    /// <summary>Who wants to be told.</summary>
    /// <param name="Contact">An e-mail address.</param>
    internal sealed record WaitBody(string? Contact);

    /// <summary>A unit is kept.</summary>
    /// <param name="Claim">Name it to confirm or to give it back.</param>
    /// <param name="Visitor">Needed with it by callers without cookies.</param>
    /// <param name="Until">First instant at which the hold is over.</param>
    internal sealed record HoldAnswer(ClaimId Claim, VisitorId Visitor, DateTimeOffset Until);

    /// <summary>Who asks.</summary>
    /// <param name="Visitor">Whose browser; the cookie hearth_v when left out.</param>
    internal sealed record WhoBody(VisitorId? Visitor);

    /// <summary>The code.</summary>
    /// <param name="Code">What to show at the shop.</param>
    internal sealed record CodeAnswer(string Code);

    /// <summary>What it is used for.</summary>
    /// <param name="Sale">The till's own id of the sale: the same code and sale again is answered as before. Up to 100 characters.</param>
    internal sealed record RedeemBody(string? Sale);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var outlet = api.MapGroup("/outlet").WithTags("Outlet (public)").AllowAnonymous();
        outlet.MapGet("", async (ReadOffers read, CancellationToken ct) => (await read.Public(ct)).Select(Public)).WithSummary("What can be claimed now, or soon");
        outlet.MapGet("/{slug}", async Task<Results<Ok<PublicOffer>, ProblemHttpResult>> (string slug, ReadOffers read, CancellationToken ct) =>
            await read.BySlug(slug, ct) is { } offer ? Ok(Public(offer)) : Problems.Unknown("offer")).WithSummary("One offer");
        outlet.MapPost("/{slug}/holds", async Task<Results<Ok<HoldAnswer>, ProblemHttpResult>> (string slug, HoldBody body, HttpContext http, ReadOffers read, HoldUnit hold, CancellationToken ct) =>
        {
            if (await read.BySlug(slug, ct) is not { } offer) return Problems.Unknown("offer");
            var visitor = body.Visitor ?? VisitorCookie.ReadOrMake(http);
            var held = await hold.For(body.Claim ?? ClaimId.New(), offer.Id, visitor, body.Contact, body.Country, body.Invitation, ct);
            return held is Held.Kept kept ? Ok(new HoldAnswer(kept.Claim, visitor, kept.Until)) : Refused(held);
        }).WithSummary("Hold a unit");
        outlet.MapPost("/{slug}/waiting", async Task<Results<Ok<Joined.InLine>, ProblemHttpResult>> (string slug, WaitBody body, HttpContext http, PublicAddress address, ReadOffers read, Waitlist waitlist, CancellationToken ct) =>
            await read.BySlug(slug, ct) is not { } offer ? Problems.Unknown("offer") : await waitlist.Join(offer.Id, body.Contact, new(address.Of(http)), ct) switch
            {
                Joined.InLine inLine => Ok(inLine),
                Joined.NotSoldOut not => Problems.Refused("not-sold-out", $"The offer is {not.State}."),
                Joined.NotForAll => Problems.Refused("not-invited", "The offer is for those who get the outlet's letters."),
                Joined.TooMany many => Problems.Refused("too-many", $"One address may wait for {many.Most} offers at a time."),
                Joined.BadContact => Problems.Invalid("contact", "must be an e-mail address"),
                _ => Problems.Unknown("offer"),
            }).WithSummary("Ask to be told by mail when units of a sold-out offer come back");
        outlet.MapDelete("/waiting/{waiting:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid waiting, Waitlist waitlist, CancellationToken ct) =>
            await waitlist.Leave(new(waiting), ct) ? NoContent() : Problems.Unknown("place in line")).WithSummary("Leave the line");
        outlet.MapPost("/claims/{claim:guid}/confirm", async Task<Results<Ok<CodeAnswer>, ProblemHttpResult>> (Guid claim, WhoBody? body, HttpContext http, ConfirmClaim confirm, CancellationToken ct) =>
            await confirm.By(new(claim), Who(body, http), ct) switch
            {
                Confirmed.Code code => Ok(new CodeAnswer(code.Text)),
                var refused => Refused(refused),
            }).WithSummary("Take the code");
        outlet.MapPost("/claims/{claim:guid}/release", async Task<Results<NoContent, ProblemHttpResult>> (Guid claim, WhoBody? body, HttpContext http, ConfirmClaim confirm, CancellationToken ct) =>
            await confirm.Release(new(claim), Who(body, http), ct) is { } done and not Confirmed.GivenBack ? Refused(done) : NoContent()).WithSummary("Give the unit back");
        api.MapPost("/claims/{code}/redeem", async Task<Results<Ok<Redemption.Good>, ProblemHttpResult>> (string code, RedeemBody? body, HttpContext http, RedeemClaim redeem, CancellationToken ct) =>
            body?.Sale?.Length > 100 ? Problems.Invalid("sale", "must have at most 100 characters") : await redeem.Use(code, body?.Sale, http.User.Identity?.Name + http.Connection.RemoteIpAddress, ct) switch
            {
                Redemption.Good good => Ok(good),
                Redemption.UsedBefore before => Problems.Refused("used-before", $"The code was used {before.At:O}."),
                Redemption.SlowDown slow => Problems.Refused("slow-down", $"Too many wrong codes; try again after {slow.Until:O}.", StatusCodes.Status429TooManyRequests),
                _ => Problems.Unknown("code"),
            }).WithTags("Outlet").RequireAuthorization("orders").WithSummary("Use a code at the shop");
    }

    private static PublicOffer Public(OfferView o) => new(o.Slug, o.Title, o.Text, o.Condition, o.ListPrice, o.Price, o.State, o.Opens, o.Closes, o.UpTo is null ? o.Left : null, o.LimitPerPerson, o.HoldMinutes, o.Countries, o.Zone, o.Audience, o.PublicFrom);

    private static VisitorId Who(WhoBody? body, HttpContext http) => body?.Visitor ?? VisitorCookie.Read(http) ?? new(Guid.Empty);

    private static ProblemHttpResult Refused(Held held) => held switch
    {
        Held.SoldOut sold => Problems.Refused("sold-out", sold.OnHold == 0 ? "Every unit is taken." : $"Every unit is taken; {sold.OnHold} are only held and may come back."),
        Held.NotOpen { State: OfferState.Paused } => Problems.Refused("paused", "The offer is paused: it takes no new holds for now."),
        Held.NotOpen not => Problems.Refused("not-open", $"The offer is {not.State}; it runs from {not.Opens:O} until just before {not.Closes:O}."),
        Held.LimitReached limit => Problems.Refused("limit-reached", $"One person may have {limit.Limit}."),
        Held.Elsewhere there => Problems.Invalid("country", $"must be one of {string.Join(", ", there.Countries)}: the offer is for these"),
        Held.NotInvited { PublicFrom: { } from } => Problems.Refused("not-invited", $"Until {from:O} the offer is for those who get the outlet's letters, by the link in them."),
        Held.NotInvited => Problems.Refused("not-invited", "The offer is for those who get the outlet's letters, by the link in them."),
        Held.IdInUse => Problems.Refused("id-in-use", "This claim id names another claim, or one that is over."),
        Held.BadContact => Problems.Invalid("contact", "must be an e-mail address, or a handle that begins with @"),
        _ => Problems.Unknown("offer"),
    };

    private static ProblemHttpResult Refused(Confirmed confirmed) => confirmed switch
    {
        Confirmed.RanOut ran => Problems.Refused("ran-out", $"The unit was kept until {ran.Until:O}."),
        Confirmed.AlreadyOver over => Problems.Refused("already-over", $"The claim is {over.State}."),
        _ => Problems.Unknown("claim of this visitor"),
    };
}
