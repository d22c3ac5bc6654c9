using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>One counted line of outlet stock.</summary>
/// <param name="Sku">The shop's article number, 1 to 64 characters; one outlet line per SKU.</param>
/// <param name="Title">What people read, 1 to 200 characters.</param>
/// <param name="Condition">Why it is in the outlet.</param>
/// <param name="Quantity">Units on the shelf now, absolute, 0 or more; not a difference.</param>
/// <param name="ListPrice">What it costs new; 0 or more.</param>
/// <param name="Price">What it costs in the outlet; above 0, not above the list price, same currency.</param>
/// <param name="CountedAt">When it was counted; a count older than the last one known is passed over. Null when the source does not say.</param>
public sealed record StockCount(string Sku, string Title, Condition Condition, int Quantity, Money ListPrice, Money Price, DateTimeOffset? CountedAt = null)
{
    /// <summary>What the brand paid for one, 0 or more, in the currency of the prices; null when the source does not say, and what is known stays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Cost { get; init; }

    /// <summary>Where it lies ("Halle 4"), up to 80 characters; null when the source does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Location { get; init; }

    /// <summary>In which country, ISO 3166-1 alpha-2 in capitals; null when the source does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Country { get; init; }

    /// <summary>When the oldest of it came to the outlet; null for the day it was first counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>What is wrong with it; nothing when it may go in.</summary>
    internal IEnumerable<FieldError> Errors()
    {
        if ((Sku + Title).Any(char.IsControl)) yield return new("title", "must be one line without control characters, as must the SKU");
        if (string.IsNullOrWhiteSpace(Sku) || Sku.Length > StockItem.MaxSku) yield return new("sku", $"must have 1 to {StockItem.MaxSku} characters");
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > StockItem.MaxTitle) yield return new("title", $"must have 1 to {StockItem.MaxTitle} characters");
        if (!Enum.IsDefined(Condition)) yield return new("condition", "is not known");
        if (Quantity is < 0 or > 10_000_000) yield return new("quantity", "must be from 0 to 10,000,000");
        if (!Money.IsCurrency(Price.Currency)) yield return new("currency", "must be three capital letters (ISO 4217)");
        else if (Price.Currency != ListPrice.Currency) yield return new("currency", "must be the same for price and list price");
        else if (Price.Minor <= 0) yield return new("price", "must be above zero");
        else if (ListPrice.Minor > MostMinor) yield return new("price", "and list price must be smaller than that");
        else if (Price > ListPrice) yield return new("price", "must not be above the list price");
        if (Cost is { } cost && (cost.Currency != Price.Currency || cost.Minor is < 0 or > MostMinor)) yield return new("cost", "must be 0 or more, in the currency of the price");
        if (Location is { } place && (place.Length > StockItem.MaxLocation || place.Any(char.IsControl))) yield return new("location", $"must be one line of at most {StockItem.MaxLocation} characters");
        if (Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))) yield return new("country", "must be two capital letters (ISO 3166-1)");
        if (ArrivedAt is { } arrived && arrived.Year is < 1990 or > 2200) yield return new("arrivedAt", "must be from 1990 to 2200");
    }

    // A million of it still fit in 64 bits.
    private const long MostMinor = 1_000_000_000_000;

    internal string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Json.Options))));
}

/// <summary>What became of one count.</summary>
public abstract record Counted
{
    private Counted() { }

    /// <summary>The item is new or was changed; <paramref name="Change"/> units were added to (or taken from) the shelf.</summary>
    public sealed record Kept(StockItemId Item, int Change) : Counted;

    /// <summary>The same row as last time, or an older one: nothing changed.</summary>
    public sealed record Repeated(StockItemId Item) : Counted;

    /// <summary>Nothing was changed, because of this.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : Counted;
}

/// <summary>Takes counts of the warehouse into the shelf and its ledger.</summary>
public sealed class CountStock(Database db, TimeProvider clock)
{
    /// <summary>Takes all <paramref name="counts"/> in one transaction, in their order; each has an outcome of its own.</summary>
    /// <param name="counts">At most a few hundred at a time, so that others can write in between.</param>
    /// <param name="reference">Where they come from, for the ledger: "import:stock.csv", "api".</param>
    /// <param name="ct">Stops the work; nothing of this batch is kept.</param>
    public async Task<IReadOnlyList<Counted>> Take(IReadOnlyList<StockCount> counts, string reference, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransaction(() => TakeOnce(counts, reference, ct), ct);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && attempt < 3)
            {
                db.ChangeTracker.Clear(); // somebody else counted the same new SKU at the same moment: now it exists
            }
        }
    }

    private async Task<IReadOnlyList<Counted>> TakeOnce(IReadOnlyList<StockCount> counts, string reference, CancellationToken ct)
    {
        var now = clock.Now();
        var items = await Locked(db, [.. counts.Select(c => c.Sku ?? "").Distinct(StringComparer.Ordinal)], ct);
        var outcomes = new List<Counted>(counts.Count);
        foreach (var count in counts)
        {
            var errors = count.Errors().ToList();
            outcomes.Add(errors.Count > 0 ? new Counted.Refused(errors)
                : items.TryGetValue(count.Sku!, out var known) ? Again(known, count, reference, now)
                : First(items, count, reference, now));
        }

        await db.SaveChangesAsync(ct);
        return outcomes;
    }

    private Counted.Kept First(Dictionary<string, StockItem> items, StockCount count, string reference, DateTimeOffset now)
    {
        var item = new StockItem
        {
            Id = StockItemId.New(), Sku = count.Sku, Title = count.Title.Trim(), Condition = count.Condition, OnHand = count.Quantity,
            ListPrice = count.ListPrice, Price = count.Price, LastRow = count.Fingerprint(), CountedAt = count.CountedAt, UpdatedAt = now,
            Cost = count.Cost?.Minor, Location = Line(count.Location), Country = count.Country, ArrivedAt = count.ArrivedAt ?? count.CountedAt ?? now,
        };
        db.Add(item);
        items.Add(item.Sku, item);
        if (count.Quantity > 0) Shelf.Write(db, item.Id, MovementKind.Counted, count.Quantity, 0, reference, now);
        return new(item.Id, count.Quantity);
    }

    private Counted Again(StockItem item, StockCount count, string reference, DateTimeOffset now)
    {
        var row = count.Fingerprint();
        if (row == item.LastRow || count.CountedAt < item.CountedAt) return new Counted.Repeated(item.Id);
        if (count.Quantity < item.Reserved)
        {
            return new Counted.Refused([new("quantity", $"must not be below the {item.Reserved} units promised to offers; end an offer first")]);
        }

        var change = count.Quantity - item.OnHand;
        (item.Title, item.Condition, item.OnHand) = (count.Title.Trim(), count.Condition, count.Quantity);
        (item.ListPrice, item.Price, item.LastRow, item.UpdatedAt) = (count.ListPrice, count.Price, row, now);
        item.CountedAt = count.CountedAt ?? item.CountedAt;
        (item.Cost, item.Location, item.Country) = (count.Cost?.Minor ?? item.Cost, Line(count.Location) ?? item.Location, count.Country ?? item.Country);
        item.ArrivedAt = count.ArrivedAt ?? (item.OnHand - change == 0 && count.Quantity > 0 ? count.CountedAt ?? now : item.ArrivedAt); // an empty shelf that fills again is new
        if (change != 0) Shelf.Write(db, item.Id, MovementKind.Counted, change, 0, reference, now);
        return new Counted.Kept(item.Id, change);
    }

    private static string? Line(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // The rows are read under a lock, because a redeemed code may take a unit off the shelf at this moment. Only rows that were locked are read: one that
    // somebody else adds between the two statements would be read without its lock; inserting it again fails as a duplicate and everything is done anew.
    // SQLite has one writer: us.
    internal static async Task<Dictionary<string, StockItem>> Locked(Database db, string[] skus, CancellationToken ct)
    {
        var items = db.Set<StockItem>().Where(s => skus.Contains(s.Sku));
        if (db.Kind == DatabaseKind.Postgres)
        {
            var locked = await db.Database.SqlQuery<Guid>($"SELECT id FROM outlet_stock_items WHERE sku = ANY({skus}) ORDER BY sku FOR UPDATE").ToListAsync(ct);
            var ids = locked.ConvertAll(id => new StockItemId(id));
            items = db.Set<StockItem>().Where(s => ids.Contains(s.Id));
        }

        return await items.ToDictionaryAsync(s => s.Sku, StringComparer.Ordinal, ct);
    }
}
