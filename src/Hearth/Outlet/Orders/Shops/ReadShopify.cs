using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.Outlet;

/// <summary>
/// Reads webhooks of Shopify: the resources Order and Refund of its REST Admin API (shopify.dev, "Webhooks", topics orders/* and refunds/create). A line was paid with its price × quantity, less
/// what discounts were allocated to it, and the tax on top where prices do not include it.
/// </summary>
internal static class ReadShopify
{
    public static ShopMessage Read(string topic, JsonElement body) => topic switch
    {
        "orders/create" or "orders/updated" or "orders/paid" or "orders/partially_fulfilled" or "orders/fulfilled" or "orders/cancelled" => Order(body),
        "refunds/create" => new ShopMessage.PaidBack(Refund(body, "")),
        _ => new ShopMessage.Nothing(),
    };

    private static ShopMessage Order(JsonElement body)
    {
        if (body.TryGetProperty("test", out var test) && test.ValueKind == JsonValueKind.True) return new ShopMessage.Nothing(); // "Send test notification", and orders by a test card
        var currency = body.Currency();
        var onTop = !(body.TryGetProperty("taxes_included", out var included) && included.ValueKind == JsonValueKind.True);
        var lines = body.Each("line_items").Select((line, i) =>
        {
            var at = $"line_items[{i}].";
            var quantity = line.Count("quantity", at);
            var paid = line.Decimal("price", at) * quantity - line.Each("discount_allocations").Sum(d => d.Decimal("amount", at)) + (onTop ? line.Each("tax_lines").Sum(t => t.Decimal("price", at)) : 0);
            return new ShopLine(line.Id("id", at), line.Sku(), quantity, ShopJson.Round(paid, currency));
        }).ToList();
        var attributes = body.Each("note_attributes").Select(a => (a.Text("name"), a.Text("value"))).Concat(Landing(body.Text("landing_site"))).ToList();
        var number = body.Text("name")?.Trim().TrimStart('#') is { Length: > 0 } name ? name : body.Id("order_number");
        return new ShopMessage.Told(new(body.Id("id"), number, body.At("created_at"), body.AtOrNull("updated_at") ?? body.At("created_at"), currency, onTop, lines,
            [.. body.Each("discount_codes").Select(d => d.Text("code")).OfType<string>()],
            attributes.Uuid("hearth_click") is { } click ? new ClickId(click) : null, attributes.Uuid("hearth_visitor", "hearth_v") is { } visitor ? new VisitorId(visitor) : null,
            [.. body.Each("refunds").Select((r, i) => Refund(r, $"refunds[{i}]."))], body.AtOrNull("cancelled_at")));
    }

    private static IEnumerable<(string?, string?)> Landing(string? site) =>
        site?.IndexOf('?', StringComparison.Ordinal) is { } at and >= 0 ? QueryHelpers.ParseQuery(site[at..]).Select(q => ((string?)q.Key, (string?)q.Value.ToString())) : [];

    private static ShopRefund Refund(JsonElement body, string path)
    {
        var money = body.Each("transactions").Where(t => t.Text("kind") is "refund" or "void" && t.Text("status") is not ("failure" or "error")).ToList();
        var shipping = body.Each("order_adjustments").Where(a => a.Text("kind") == "shipping_refund").Sum(a => a.Decimal("amount", path) + a.Decimal("tax_amount", path)); // below zero
        return new(body.Id("order_id", path), body.Id("id", path), body.AtOrNull("processed_at", path) ?? body.At("created_at", path),
            [.. body.Each("refund_line_items").Select((l, i) => new ShopRefundLine(l.Id("line_item_id", $"{path}refund_line_items[{i}]."), l.Decimal("subtotal", path), l.Decimal("total_tax", path)))],
            money.Count == 0 ? null : Math.Max(0, money.Sum(t => t.Decimal("amount", path)) + shipping));
    }
}
