using System.Text.Json;

namespace Hearth.Outlet;

/// <summary>
/// Reads webhooks of WooCommerce: the resource Order of its REST API v3 (developer.woocommerce.com, "Orders"). A line was paid with its total, which is after discounts and without tax, and its tax.
/// Its times are read as GMT. An order counts once it is placed: not while it waits for the payment at the till (pending), nor when that failed.
/// </summary>
internal static class ReadWooCommerce
{
    public static ShopMessage Read(string topic, JsonElement body, DateTimeOffset now) => topic switch
    {
        "order.created" or "order.updated" or "order.restored" => Order(body),
        "order.deleted" => new ShopMessage.CalledOff(body.Id("id"), now),
        _ => new ShopMessage.Nothing(),
    };

    private static ShopMessage Order(JsonElement body)
    {
        var (key, status) = (body.Id("id"), body.Text("status") ?? "");
        var changed = body.AtOrNull("date_modified_gmt") ?? body.At("date_created_gmt");
        if (status is "pending" or "checkout-draft" or "auto-draft") return new ShopMessage.Nothing();
        var calledOff = status is "cancelled" or "failed" or "trash";
        if (calledOff && body.AtOrNull("date_paid_gmt") is null) return new ShopMessage.CalledOff(key, changed);

        var currency = body.Currency();
        var lines = body.Each("line_items").Select((line, i) =>
        {
            var at = $"line_items[{i}].";
            return new ShopLine(line.Id("id", at), line.Sku(), line.Count("quantity", at), ShopJson.Round(line.Decimal("total", at) + line.Decimal("total_tax", at), currency));
        }).ToList();
        var meta = body.Each("meta_data").Select(m => (m.Text("key"), m.Text("value"))).ToList();
        return new ShopMessage.Told(new(key, body.Text("number")?.Trim() is { Length: > 0 } number ? number : key, body.At("date_created_gmt"), changed, currency, TaxOnTop: true, lines,
            [.. body.Each("coupon_lines").Select(c => c.Text("code")).OfType<string>()],
            meta.Uuid("hearth_click", "_hearth_click") is { } click ? new ClickId(click) : null, meta.Uuid("hearth_visitor", "_hearth_visitor", "hearth_v") is { } visitor ? new VisitorId(visitor) : null,
            [.. body.Each("refunds").Select((r, i) => Refund(r, key, changed, $"refunds[{i}]."))], calledOff ? changed : null));
    }

    // Amounts are below zero. The order tells only totals of its refunds; where their lines are sent too, each names the line it pays back in its meta data.
    private static ShopRefund Refund(JsonElement body, string order, DateTimeOffset changed, string path)
    {
        var lines = body.Each("line_items").Select(l => (Of: l.Each("meta_data").FirstOrDefault(m => m.Text("key") == "_refunded_item_id"), Line: l)).Where(l => l.Of.ValueKind == JsonValueKind.Object)
            .Select(l => new ShopRefundLine(l.Of.Id("value", path), Math.Abs(l.Line.Decimal("total", path)), Math.Abs(l.Line.Decimal("total_tax", path)))).ToList();
        return new(order, body.Id("id", path), body.AtOrNull("date_created_gmt", path) ?? changed, lines, Math.Abs(body.Decimal("total", path)));
    }
}
