using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

internal static class ShopApi
{
    private const int MostRead = 32 << 20;

    /// <summary>What a shop signs with from now on.</summary>
    /// <param name="Secret">8 to 200 characters; kept encrypted and never shown.</param>
    internal sealed record SecretBody(string? Secret);

    /// <summary>A delivery was taken.</summary>
    /// <param name="Again">True when the same delivery came before.</param>
    internal sealed record TakenAnswer(bool Again);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var shops = api.MapGroup("/shops").WithTags("Orders");
        shops.MapGet("", async (Shops all, CancellationToken ct) => Ok(await all.All(ct))).RequireAuthorization("read").WithName("listShops").WithSummary("Shops whose webhooks tell of orders");
        shops.MapPost("", async Task<Results<Ok<ShopView>, ProblemHttpResult>> (ShopDraft body, Shops all, CancellationToken ct) => Answer(await all.Connect(body, ct)))
            .RequireAuthorization("lead").WithName("connectShop").WithSummary("Connect a shop by its webhooks");
        shops.MapPost("/{id:guid}/secret", async Task<Results<Ok<ShopView>, ProblemHttpResult>> (Guid id, SecretBody body, Shops all, CancellationToken ct) => Answer(await all.Renew(ShopId.From(id), body.Secret, ct)))
            .RequireAuthorization("lead").WithName("renewShopSecret").WithSummary("Give what a shop signs with from now on");
        shops.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Shops all, CancellationToken ct) =>
                await all.Disconnect(ShopId.From(id), ct) ? NoContent() : Problems.Unknown("shop"))
            .RequireAuthorization("lead").WithName("disconnectShop").WithSummary("Trust a shop no more; its orders stay");
        shops.MapPost("/{id:guid}/webhook", async Task<Results<Ok<TakenAnswer>, ProblemHttpResult>> (Guid id, HttpRequest request, ReceiveShop receive, CancellationToken ct) =>
            {
                if (await Body(request, ct) is not { } body) return Problems.Refused("too-large", $"The body may have at most {ReceiveShop.MaxBody:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
                return await receive.Run(ShopId.From(id), Head(request.Headers), body, ct) switch
                {
                    Delivered.Taken taken => Ok(new TakenAnswer(taken.Again)),
                    Delivered.Ping => Ok(new TakenAnswer(false)),
                    Delivered.NotTrusted => Problems.Refused("bad-signature", "The delivery is not signed with the secret of this shop.", StatusCodes.Status401Unauthorized),
                    Delivered.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("shop"),
                };
            })
            .WithName("receiveShop").WithSummary("Tell of orders by a signed webhook of Shopify or WooCommerce")
            .WithDescription("The body is what Shopify (topics orders/create, orders/updated, orders/paid, orders/cancelled, refunds/create) or WooCommerce (order.created, order.updated, order.deleted, order.restored) sends, signed in X-Shopify-Hmac-Sha256 or X-WC-Webhook-Signature with the base64 of its HMAC-SHA256. Other topics are taken and change nothing. 401 when the signature does not fit, 413 over 1 MiB.")
            .Accepts<object>(isOptional: true, "application/json", "*/*").AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostRead)).ProducesProblem(401).ProducesProblem(413);
    }

    private static ShopDeliveryHead Head(IHeaderDictionary headers) => new(
        First(headers, "X-Shopify-Topic", "X-WC-Webhook-Topic"), First(headers, "X-Shopify-Hmac-Sha256", "X-WC-Webhook-Signature"), First(headers, "X-Shopify-Webhook-Id", "X-WC-Webhook-Delivery-ID"));

    private static string? First(IHeaderDictionary headers, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) if (headers[name] is [{ Length: > 0 } value, ..]) return value;
        return null;
    }

    // What is too large is read to its end and thrown away: a sender that is cut off in the middle never sees the answer.
    private static async Task<byte[]?> Body(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var size = 0L;
        try
        {
            for (int n; (n = await request.Body.ReadAsync(buffer, ct)) > 0;)
            {
                size += n;
                if (size <= ReceiveShop.MaxBody) body.Write(buffer, 0, n);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return size > ReceiveShop.MaxBody ? null : body.ToArray();
    }

    private static Results<Ok<ShopView>, ProblemHttpResult> Answer(ShopConnection connection) => connection switch
    {
        ShopConnection.Connected connected => Ok(connected.Shop),
        ShopConnection.Invalid invalid => Problems.Invalid(invalid.Errors),
        _ => Problems.Unknown("shop"),
    };
}
