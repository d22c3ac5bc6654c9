using Hearth.Outlet;
using Hearth.Outlet.Cards;
using Hearth.Outlet.Photos;
using Hearth.Publishing;
using Microsoft.Net.Http.Headers;

namespace Hearth.App.Public.Outlet.Cards;

/// <summary>The pictures of the outlet: that of a link to an offer, those of the stock, and the outlet's sign.</summary>
internal static class OfferCardFiles
{
    private static readonly Lazy<byte[]> Sign = new(OfferCards.Icon);

    public static void MapOfferCards(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/outlet/{slug}/card.png", Reading, Card).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/outlet/pictures/{picture:guid}", Reading, (Guid picture, HttpContext http, StockPictures pictures, CancellationToken ct) => Photo(picture, false, http, pictures, ct)).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/outlet/pictures/{picture:guid}/small", Reading, (Guid picture, HttpContext http, StockPictures pictures, CancellationToken ct) => Photo(picture, true, http, pictures, ct)).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/outlet/icon.png", Reading, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=86400";
            return Results.File(Sign.Value, "image/png");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    // A picture never changes; one that is taken away may be seen for a day more where it was seen before.
    private static async Task<IResult> Photo(Guid picture, bool small, HttpContext http, StockPictures pictures, CancellationToken ct)
    {
        if (await pictures.File(new(picture), small, ct) is not { } file) return Results.NotFound();
        var headers = http.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions, headers["Cross-Origin-Resource-Policy"]) = ("public, max-age=86400, immutable", "nosniff", "cross-origin"); // feeds and search engines show it elsewhere
        return Results.File(file, "image/jpeg", entityTag: new EntityTagHeaderValue($"\"{picture:N}{(small ? "s" : "")}\""));
    }

    private static async Task<IResult> Card(string slug, HttpContext http, ReadOffers offers, DisclosurePolicy policy, OfferCards cards, CancellationToken ct)
    {
        if (await offers.BySlug(slug, ct) is not { } offer || cards.Of(CardFacts.Of(offer, (await policy.Read(ct)).Brand ?? "")) is not { } picture) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=60"; // it says how many are left
        return Results.File(picture.Png, "image/png", entityTag: new EntityTagHeaderValue($"\"{picture.Tag}\""));
    }
}
