using System.Text.RegularExpressions;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Catalog;

/// <summary>Something people judge a brand by: a topic of talk, and what a gap is about.</summary>
/// <param name="Key">Kebab case, for good: "delivery-time".</param>
/// <param name="Name">As shown: "Delivery time".</param>
/// <param name="Retired">True when it is no longer offered for choice.</param>
public sealed record AttributeView(string Key, string Name, bool Retired = false);

/// <summary>The attributes a new house starts with: every topic that the first reading of a mention can name, and a few more.</summary>
public static class StartingAttributes
{
    public static IReadOnlyList<AttributeView> All { get; } =
    [
        new("delivery-time", "Delivery time"), new("delay", "Delay"), new("cancellation", "Cancellation"), new("support-wait", "Support wait"),
        new("customer-service", "Customer service"), new("staff", "Staff"), new("luggage", "Luggage"), new("booking", "Booking and check-in"),
        new("seat", "Seat and comfort"), new("connection", "Missed connection"), new("rewards", "Rewards and loyalty"), new("food", "Food and drink"),
        new("refund", "Refund"), new("price", "Price and fees"), new("billing", "Billing and payment"), new("website", "Website and app"),
        new("wifi", "Wi-Fi and entertainment"), new("battery", "Battery and charging"), new("heat-noise", "Heat and noise"), new("screen", "Screen"),
        new("quality", "Quality and durability"), new("performance", "Speed and software"), new("availability", "Availability"),
        new("returns", "Returns and exchange"), new("warranty", "Warranty and repair"), new("privacy", "Privacy and security"),
        new("cleanliness", "Cleanliness"), new("safety", "Safety"), new("size", "Size and fit"), new("advertising", "Advertising and promises"),
        new("policy", "Policy"), new("weather", "Weather"), new("packaging", "Packaging"), new("design", "Design"),
        new("setup", "Set-up and instructions"), new("queue", "Queues and lines"), new("damage", "Damage in handling"), new("information", "Information and updates"),
    ];
}

/// <summary>What became of saving something in the catalogue.</summary>
public enum CatalogOutcome
{
    Saved,

    /// <summary>Something else bears this key or SKU.</summary>
    Taken,

    /// <summary>It, or what it points at, is not in the catalogue.</summary>
    Unknown,
}

/// <summary>The list of attributes and its changes.</summary>
public sealed partial class Attributes(Database db)
{
    public const int MaxKey = 60;

    /// <summary>All, by name; retired ones only when asked for.</summary>
    public async Task<IReadOnlyList<AttributeView>> All(bool retired, CancellationToken ct) =>
        await db.Set<JudgedAttribute>().AsNoTracking().Where(a => retired || !a.Retired).OrderBy(a => a.Name)
            .Select(a => new AttributeView(a.Key, a.Name, a.Retired)).ToListAsync(ct);

    /// <summary>Adds an attribute, or changes the one that has this key.</summary>
    public async Task Save(AttributeView attribute, CancellationToken ct)
    {
        var (key, name, retired) = attribute;
        await db.Database.ExecuteSqlAsync($"INSERT INTO catalog_attributes (key, name, retired) VALUES ({key}, {name}, {retired}) ON CONFLICT (key) DO UPDATE SET name = excluded.name, retired = excluded.retired", ct);
    }

    public static IEnumerable<FieldError> Check(AttributeView attribute)
    {
        if (attribute.Key is not { Length: <= MaxKey } || !Kebab().IsMatch(attribute.Key)) yield return new("key", "must be lower-case words joined by hyphens, like delivery-time");
        if (string.IsNullOrWhiteSpace(attribute.Name) || attribute.Name.Length > 100) yield return new("name", "must have 1 to 100 characters");
    }

    /// <summary>A key made from a name: "Delivery time" gives "delivery-time"; empty when the name has no letter or digit of ASCII.</summary>
    public static string KeyFrom(string name) => string.Join('-', Words().Matches(name.ToLowerInvariant()).Select(m => m.Value));

    internal static void Map(IEndpointRouteBuilder api)
    {
        var attributes = api.MapGroup("/catalog/attributes").WithTags("Catalog");
        attributes.MapGet("/", async Task<Ok<IReadOnlyList<AttributeView>>> (Attributes all, CancellationToken ct, bool retired = false) => TypedResults.Ok(await all.All(retired, ct)))
            .WithName("listAttributes").WithSummary("What people judge the brand by").RequireAuthorization("read");
        attributes.MapPut("/{key}", async Task<Results<NoContent, ProblemHttpResult>> (string key, AttributeChange body, Attributes all, CancellationToken ct) =>
            {
                var attribute = new AttributeView(key, body.Name, body.Retired);
                if (Check(attribute).ToList() is { Count: > 0 } errors) return Problems.Invalid(errors);
                await all.Save(attribute, ct);
                return TypedResults.NoContent();
            })
            .WithName("saveAttribute").WithSummary("Add or change an attribute").RequireAuthorization("write");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kebab();

    [GeneratedRegex("[a-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}

/// <summary>An attribute's name and state.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Retired">True when it is no longer offered for choice.</param>
public sealed record AttributeChange(string Name, bool Retired = false);
