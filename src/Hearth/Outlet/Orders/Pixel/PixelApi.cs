using System.Text.Json;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

internal static class PixelApi
{
    private const int MaxBody = 64 * 1024;

    // The smallest transparent GIF there is: 1 × 1.
    private static readonly byte[] Dot = Convert.FromBase64String("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==");

    /// <summary>A site that is to embed the snippet.</summary>
    /// <param name="Origin">Where its pages are: https://shop.example, without a path.</param>
    /// <param name="Prefix">What is to stand before its order numbers here, as for the connected shop; null for nothing.</param>
    internal sealed record SiteBody(string? Origin, string? Prefix);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var sites = api.MapGroup("/pixel-sites").WithTags("Orders");
        sites.MapGet("", async (PixelSites all, CancellationToken ct) => Ok(await all.All(ct))).RequireAuthorization("read").WithName("listPixelSites").WithSummary("Sites that may tell of orders by the snippet");
        sites.MapPost("", async Task<Results<Ok<PixelSiteView>, ProblemHttpResult>> (SiteBody body, PixelSites all, CancellationToken ct) => await all.Add(body.Origin, body.Prefix, ct) switch
            {
                PixelSiteAdded.Done done => Ok(done.Site),
                PixelSiteAdded.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new System.Diagnostics.UnreachableException(),
            })
            .RequireAuthorization("lead").WithName("addPixelSite").WithSummary("Let a site tell of orders by the snippet");
        sites.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, PixelSites all, CancellationToken ct) => await all.Remove(PixelSiteId.From(id), ct) ? NoContent() : Problems.Unknown("site"))
            .RequireAuthorization("lead").WithName("removePixelSite").WithSummary("Take no more orders from a site's pages; what they told stays");

        var pixel = api.MapGroup("/pixel").WithTags("Orders").AllowAnonymous().DisableAntiforgery();
        pixel.MapPost("/{key}", Post).WithName("tellByPixel").WithSummary("Tell of an order from the shop's thank-you page")
            .WithDescription("The body is that of `POST /api/v1/conversions` without placedAt, sent by a page of the site's own origin. The order is marked unverified until the shop itself tells of it. 403 for another origin.")
            .Accepts<OrderApi.Body>(isOptional: true, "text/plain", "application/json").WithMetadata(new RequestSizeLimitAttribute(MaxBody)).ProducesProblem(403);
        pixel.MapGet("/{key}/order.gif", Get).WithName("showPixel").WithSummary("Tell of an order by an image of one transparent pixel, without a script").ProducesProblem(403);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Post(string key, HttpContext context, PixelSites sites, TakePixel take, TimeProvider clock, CancellationToken ct)
    {
        if (await sites.ByKey(key, ct) is not { } site) return Problems.Unknown("site");
        if (!string.Equals(context.Request.Headers.Origin.ToString(), site.Origin, StringComparison.OrdinalIgnoreCase)) return Foreign(site);
        context.Response.Headers.AccessControlAllowOrigin = site.Origin;
        context.Response.Headers.Vary = "Origin";
        OrderApi.Body? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<OrderApi.Body>(context.Request.Body, Platform.Json.Options, ct);
        }
        catch (JsonException e)
        {
            return Problems.Invalid(string.IsNullOrEmpty(e.Path) ? "$" : e.Path.TrimStart('$', '.'), e.Path is null or "" or "$" ? "is not JSON" : "has the wrong type");
        }

        return await Take(site, body, take, clock, ct) is { } problem ? problem : NoContent();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Get(string key, string? order, string? currency, string[]? sku, int[]? quantity, decimal[]? amount, string? code, string? click, string? visitor,
        HttpContext context, PixelSites sites, TakePixel take, TimeProvider clock, CancellationToken ct)
    {
        if (await sites.ByKey(key, ct) is not { } site) return Problems.Unknown("site");
        if (context.Request.Headers.Referer.ToString() is { Length: > 0 } from && !(Uri.TryCreate(from, UriKind.Absolute, out var page) && string.Equals(page.GetLeftPart(UriPartial.Authority), site.Origin, StringComparison.OrdinalIgnoreCase))) return Foreign(site);
        if ((sku ?? []).Length != (quantity ?? []).Length || (sku ?? []).Length != (amount ?? []).Length) return Problems.Invalid("sku", "must stand as often as quantity and amount");
        var lines = (sku ?? []).Select((s, i) => new OrderApi.Line(s, quantity![i], amount![i], null)).ToList();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return await Take(site, new(order ?? "", default, lines, currency, code, click, visitor), take, clock, ct) is { } problem ? problem : TypedResults.File(Dot, "image/gif");
    }

    private static async Task<ProblemHttpResult?> Take(PixelSite site, OrderApi.Body? body, TakePixel take, TimeProvider clock, CancellationToken ct)
    {
        if (body is null) return Problems.Invalid("$", "must be an object");
        if (string.IsNullOrWhiteSpace(body.Order)) return Problems.Invalid("order", $"must have 1 to {Order.MaxNumber} characters");
        if (OrderApi.Read(body with { Order = site.Prefix + body.Order.Trim(), PlacedAt = clock.Now() }, out var errors) is not { } told) return Problems.Invalid(errors);
        var wrong = await take.Run(told, ct);
        return wrong.Count > 0 ? Problems.Invalid(wrong) : null;
    }

    private static ProblemHttpResult Foreign(PixelSite site) => Problems.Refused("foreign-page", $"Only pages of {site.Origin} may tell of its orders.", StatusCodes.Status403Forbidden);
}
