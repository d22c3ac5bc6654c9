using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What a delivery carries besides its body.</summary>
/// <param name="Topic">Header X-Shopify-Topic or X-WC-Webhook-Topic; null when there is none.</param>
/// <param name="Signature">Header X-Shopify-Hmac-Sha256 or X-WC-Webhook-Signature.</param>
/// <param name="Id">Header X-Shopify-Webhook-Id or X-WC-Webhook-Delivery-ID; null when there is none.</param>
internal sealed record ShopDeliveryHead(string? Topic, string? Signature, string? Id);

/// <summary>What became of a shop's delivery.</summary>
internal abstract record Delivered
{
    private Delivered() { }

    /// <summary>It was taken; <paramref name="Again"/> when it was before.</summary>
    public sealed record Taken(bool Again) : Delivered;

    /// <summary>WooCommerce asks whether somebody is here; nothing was kept.</summary>
    public sealed record Ping : Delivered;

    /// <summary>It is not signed with the shop's secret; nothing was kept.</summary>
    public sealed record NotTrusted : Delivered;

    /// <summary>It is signed and cannot be used; nothing was kept but the reason, for the shop's page.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Delivered;

    public sealed record Unknown : Delivered;
}

/// <summary>
/// Takes what a connected shop tells by its webhooks, in whatever order and however often it comes. 1. The signature, over the body as it came. 2. The body is read. 3. In one transaction, one delivery of
/// a shop after the other: a delivery known is answered as before; an order is placed, or changed when this is newer; its refunds are paid back once each, those that came before it too; what was called off is
/// paid back to the end; a claim code that it used is redeemed.
/// </summary>
internal sealed class ReceiveShop(Database db, Shops shops, ShopSecrets secrets, KeepShopOrder keep, TimeProvider clock)
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBody = 1 << 20;

    public async Task<Delivered> Run(ShopId id, ShopDeliveryHead head, byte[] body, CancellationToken ct)
    {
        // Step 1: the signature.
        if (await shops.One(id, ct) is not { } shop) return new Delivered.Unknown();
        if (shop.Kind == ShopKind.WooCommerce && head.Topic is null && IsPing(body)) return new Delivered.Ping();
        if (!secrets.Signed(shop.Secret, head.Signature, body)) return new Delivered.NotTrusted();

        // Step 2: the body.
        ShopMessage message;
        try
        {
            message = Read(shop.Kind, head.Topic, body);
        }
        catch (UnusableField e)
        {
            return await Trouble(shop, [e.Error], ct);
        }

        // Step 3: what it says.
        try
        {
            return await db.InTransaction(() => Take(shop, head, message, Hash(head, body), ct), ct);
        }
        catch (NotKept e)
        {
            db.Forget(); // rolled back: nothing of it was kept
            return await Trouble(shop, e.Errors, ct);
        }
    }

    private async Task<Delivered> Take(Shop shop, ShopDeliveryHead head, ShopMessage message, byte[] hash, CancellationToken ct)
    {
        var (now, topic) = (clock.Now(), head.Topic is { Length: > 100 } t ? t[..100] : head.Topic);
        await db.Set<Shop>().Where(s => s.Id == shop.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastAt, now).SetProperty(s => s.LastTopic, topic), ct);
        if (await db.Set<ShopDelivery>().AnyAsync(d => d.Shop == shop.Id && d.Hash == hash, ct)) return new Delivered.Taken(Again: true);
        db.Add(new ShopDelivery { Shop = shop.Id, Hash = hash, At = now });
        await db.SaveChangesAsync(ct);
        await db.Set<Shop>().Where(s => s.Id == shop.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Deliveries, s => s.Deliveries + 1), ct);
        var old = now - ShopDelivery.Kept;
        await db.Set<ShopDelivery>().Where(d => d.Shop == shop.Id && d.At < old).ExecuteDeleteAsync(ct);
        switch (message)
        {
            case ShopMessage.Told told: await keep.Order(shop, told.Order, ct); break;
            case ShopMessage.PaidBack paid: await keep.Refund(shop, paid.Refund, ct); break;
            case ShopMessage.CalledOff off: await keep.CallOff(shop, off.Key, off.At, ct); break;
        }

        return new Delivered.Taken(Again: false);
    }

    private ShopMessage Read(ShopKind kind, string? topic, byte[] body)
    {
        if (string.IsNullOrEmpty(topic)) throw new UnusableField("topic", $"is missing: the header {(kind == ShopKind.Shopify ? "X-Shopify-Topic" : "X-WC-Webhook-Topic")}");
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new UnusableField("$", "must be a JSON object");
            return kind == ShopKind.Shopify ? ReadShopify.Read(topic, json.RootElement) : ReadWooCommerce.Read(topic, json.RootElement, clock.Now());
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            throw new UnusableField("$", e is JsonException ? "is not JSON" : "holds a number that is too large");
        }
    }

    private async Task<Delivered> Trouble(Shop shop, IReadOnlyList<FieldError> errors, CancellationToken ct)
    {
        var (now, said) = (clock.Now(), string.Join("; ", errors.Select(e => $"{e.Field} {e.Reason}")));
        var text = said.Length <= Shop.MaxTrouble ? said : said[..(Shop.MaxTrouble - 1)] + "…";
        await db.Set<Shop>().Where(s => s.Id == shop.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Trouble, text).SetProperty(s => s.TroubleAt, now), ct);
        return new Delivered.Invalid(errors);
    }

    // Its id is not signed. With the body it names the delivery: nobody can use up the id of one to come.
    private static byte[] Hash(ShopDeliveryHead head, byte[] body) => SHA256.HashData([.. Encoding.UTF8.GetBytes($"{head.Id}\n{head.Topic}\n"), .. body]);

    // WooCommerce sends "webhook_id=7" when a webhook is saved, without a signature in most of its versions (WC_Webhook::deliver_ping).
    private static bool IsPing(byte[] body) => body.Length is > 11 and < 40 && body.AsSpan().StartsWith("webhook_id="u8) && long.TryParse(body.AsSpan(11), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

/// <summary>Leaves the transaction so that it is rolled back, with the reasons.</summary>
internal sealed class NotKept(IReadOnlyList<FieldError> errors) : Exception
{
    public IReadOnlyList<FieldError> Errors => errors;
}
