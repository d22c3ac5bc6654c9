using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Outlet;

namespace Hearth.Tests.Outlet;

/// <summary>Deliveries as Shopify and WooCommerce make them.</summary>
internal static class ShopHooks
{
    public const string Secret = "shpss_a secret of the shop";

    public static string Sign(byte[] body, string secret = Secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>Connects a shop some days after the orders below.</summary>
    public static async Task<ShopId> Connect(this TestHouse house, ShopKind kind, string? prefix = null)
    {
        house.Clock.Set(new(2026, 9, 10, 0, 0, 0, TimeSpan.Zero));
        return ((ShopConnection.Connected)await house.With<Shops, ShopConnection>(s => s.Connect(new(kind, "Lantern shop", Secret, prefix), default))).Shop.Id;
    }

    public static Task<Delivered> Deliver(this TestHouse house, ShopId shop, string topic, JsonNode told, string id = "d1", string secret = Secret)
    {
        var body = Encoding.UTF8.GetBytes(told.ToJsonString());
        return house.With<ReceiveShop, Delivered>(s => s.Run(shop, new(topic, Sign(body, secret), id), body, default));
    }

    /// <summary>Prices with the tax in them: 2 × 44.00 − 8.00, and 119.50.</summary>
    public static JsonObject Shopify(string updated = "2026-09-01T10:15:05+02:00", string currency = "EUR") => JsonNode.Parse($$"""
        {
          "id": 820982911946154508, "name": "#1187", "order_number": 1187, "test": false, "currency": "{{currency}}", "taxes_included": true, "financial_status": "paid",
          "created_at": "2026-09-01T10:15:00+02:00", "updated_at": "{{updated}}", "cancelled_at": null, "landing_site": "/products/lantern",
          "discount_codes": [{ "code": "WELCOME", "amount": "8.00", "type": "fixed_amount" }],
          "note_attributes": [{ "name": "hearth_click", "value": "01990000-0000-7000-8000-000000000001" }, { "name": "gift", "value": "yes" }],
          "line_items": [
            { "id": 866550311766439020, "product_id": 632910392, "sku": "LAN-400", "quantity": 2, "price": "44.00", "total_discount": "0.00", "discount_allocations": [{ "amount": "8.00", "discount_application_index": 0 }], "tax_lines": [{ "price": "12.77", "rate": 0.19, "title": "VAT" }] },
            { "id": 141249953214522974, "product_id": 632910393, "sku": "", "quantity": 1, "price": "119.50", "total_discount": "0.00", "discount_allocations": [], "tax_lines": [{ "price": "19.08", "rate": 0.19, "title": "VAT" }] }
          ],
          "shipping_lines": [{ "price": "4.90" }], "refunds": []
        }
        """)!.AsObject();

    /// <param name="paid">What went back with the money of all transactions; null for none.</param>
    public static JsonObject ShopifyRefund(string id, string? subtotal, string? paid, string? shipping = null) => new()
    {
        ["id"] = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), ["order_id"] = 820982911946154508, ["created_at"] = "2026-09-03T09:00:00+02:00", ["processed_at"] = "2026-09-03T09:00:00+02:00",
        ["refund_line_items"] = subtotal is null ? new JsonArray() : new JsonArray(new JsonObject { ["id"] = 1, ["line_item_id"] = 866550311766439020, ["quantity"] = 1, ["subtotal"] = decimal.Parse(subtotal, System.Globalization.CultureInfo.InvariantCulture), ["total_tax"] = 6.39 }),
        ["transactions"] = paid is null ? new JsonArray() : new JsonArray(new JsonObject { ["kind"] = "refund", ["status"] = "success", ["amount"] = paid }, new JsonObject { ["kind"] = "refund", ["status"] = "failure", ["amount"] = "999.00" }),
        ["order_adjustments"] = shipping is null ? new JsonArray() : new JsonArray(new JsonObject { ["kind"] = "shipping_refund", ["amount"] = "-" + shipping, ["tax_amount"] = "0.00" }),
    };

    /// <summary>Prices without the tax, with more digits than the currency has: 36.974790 + 7.025210 = 44.00, and 100.42 + 19.08 = 119.50.</summary>
    public static JsonObject Woo(string status = "processing", string modified = "2026-09-01T08:15:05", bool paid = true) => JsonNode.Parse($$"""
        {
          "id": 727, "number": "1187", "status": "{{status}}", "currency": "EUR", "prices_include_tax": false, "date_created": "2026-09-01T10:15:00", "date_created_gmt": "2026-09-01T08:15:00",
          "date_modified_gmt": "{{modified}}", "date_paid_gmt": {{(paid ? "\"2026-09-01T08:15:04\"" : "null")}}, "shipping_total": "4.90", "total": "168.40",
          "meta_data": [{ "id": 13106, "key": "hearth_visitor", "value": "01990000-0000-7000-8000-000000000002" }, { "id": 13107, "key": "_other", "value": { "nested": true } }],
          "line_items": [
            { "id": 315, "product_id": 93, "sku": "LAN-400", "quantity": 1, "subtotal": "36.974790", "total": "36.974790", "total_tax": "7.025210" },
            { "id": 316, "product_id": 22, "sku": "PAK-028", "quantity": 1, "subtotal": "100.42", "total": "100.42", "total_tax": "19.08" }
          ],
          "coupon_lines": [], "refunds": []
        }
        """)!.AsObject();
}
