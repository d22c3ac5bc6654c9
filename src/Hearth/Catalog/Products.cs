using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Catalog;

/// <summary>A product as others see it.</summary>
/// <param name="Id">The product.</param>
/// <param name="Sku">The shop's number, unique; null for a service or a family of products.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Words">Other words and phrases that name it in a post, compared without case.</param>
/// <param name="Retired">True when it is no longer offered for choice; what was said of it stays.</param>
public sealed record ProductView(ProductId Id, string? Sku, string Name, IReadOnlyList<string> Words, bool Retired = false);

/// <summary>A product as given.</summary>
/// <param name="Sku">Up to 60 characters, unique; null when it has none.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Words">Other words that name it, each up to 60 characters, at most 50.</param>
/// <param name="Retired">True when it is no longer offered for choice.</param>
public sealed record ProductDraft(string? Sku, string Name, IReadOnlyList<string>? Words = null, bool Retired = false);

/// <summary>The list of products and its changes.</summary>
public sealed class Products(Database db)
{
    /// <summary>All, by name; retired ones only when asked for. A catalogue has thousands at most, and they are needed whole.</summary>
    public async Task<IReadOnlyList<ProductView>> All(bool retired, CancellationToken ct) =>
        [.. (await db.Set<Product>().AsNoTracking().Where(p => retired || !p.Retired).OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(ct)).Select(View)];

    public async Task<ProductView?> Of(ProductId id, CancellationToken ct) =>
        await db.Set<Product>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } found ? View(found) : null;

    /// <summary>The product with this SKU; null when the catalogue has none.</summary>
    public async Task<ProductView?> BySku(string sku, CancellationToken ct) =>
        await db.Set<Product>().AsNoTracking().SingleOrDefaultAsync(p => p.Sku == sku, ct) is { } found ? View(found) : null;

    /// <summary>Adds a product, or finds the one that has its SKU and leaves that as it is.</summary>
    public async Task<(CatalogOutcome Outcome, ProductId Id)> Add(ProductDraft draft, CancellationToken ct)
    {
        var sku = Clean(draft.Sku);
        if (sku is not null && await BySku(sku, ct) is { } there) return (CatalogOutcome.Taken, there.Id);
        var product = new Product { Id = ProductId.New(), Sku = sku, Name = draft.Name.Trim(), Words = Lines(draft.Words), Retired = draft.Retired };
        db.Add(product);
        try
        {
            await db.SaveChangesAsync(ct);
            return (CatalogOutcome.Saved, product.Id);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey() && !db.IsInTransaction) // somebody else added it at the same moment
        {
            db.Entry(product).State = EntityState.Detached;
            return (CatalogOutcome.Taken, (await BySku(sku!, ct))!.Id);
        }
    }

    public async Task<CatalogOutcome> Change(ProductId id, ProductDraft draft, CancellationToken ct)
    {
        var (sku, name, words, retired) = (Clean(draft.Sku), draft.Name.Trim(), Lines(draft.Words), draft.Retired);
        if (sku is not null && await BySku(sku, ct) is { } other && other.Id != id) return CatalogOutcome.Taken;
        var changed = await db.Set<Product>().Where(p => p.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.Sku, sku).SetProperty(p => p.Name, name).SetProperty(p => p.Words, words).SetProperty(p => p.Retired, retired), ct);
        return changed > 0 ? CatalogOutcome.Saved : CatalogOutcome.Unknown;
    }

    public static IEnumerable<FieldError> Check(ProductDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Length > 200) yield return new("name", "must have 1 to 200 characters");
        if (draft.Sku?.Length > 60) yield return new("sku", "must have at most 60 characters");
        if (draft.Words is { Count: > 50 }) yield return new("words", "must be at most 50");
        if (draft.Words?.Any(w => w.Length > 60) == true) yield return new("words", "must have at most 60 characters each");
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/catalog/products").WithTags("Catalog");
        products.MapGet("/", async Task<Ok<IReadOnlyList<ProductView>>> (Products all, CancellationToken ct, bool retired = false) => TypedResults.Ok(await all.All(retired, ct)))
            .WithName("listProducts").WithSummary("What the brand sells").RequireAuthorization("read");
        products.MapPost("/", async Task<Results<Created<ProductView>, ProblemHttpResult>> (ProductDraft body, Products all, CancellationToken ct) =>
            {
                if (Check(body).ToList() is { Count: > 0 } errors) return Problems.Invalid(errors);
                var (outcome, id) = await all.Add(body, ct);
                return outcome == CatalogOutcome.Saved
                    ? TypedResults.Created($"/api/v1/catalog/products/{id.Value}", await all.Of(id, ct))
                    : Problems.Refused("sku-taken", $"Product {id.Value} has this SKU.");
            })
            .WithName("addProduct").WithSummary("Add a product").RequireAuthorization("write");
        products.MapGet("/{id:guid}", async Task<Results<Ok<ProductView>, ProblemHttpResult>> (Guid id, Products all, CancellationToken ct) =>
                await all.Of(ProductId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("product"))
            .WithName("getProduct").WithSummary("A product").RequireAuthorization("read");
        products.MapPut("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ProductDraft body, Products all, CancellationToken ct) =>
            {
                if (Check(body).ToList() is { Count: > 0 } errors) return Problems.Invalid(errors);
                return await all.Change(ProductId.From(id), body, ct) switch
                {
                    CatalogOutcome.Saved => TypedResults.NoContent(),
                    CatalogOutcome.Taken => Problems.Refused("sku-taken", "Another product has this SKU."),
                    _ => Problems.Unknown("product"),
                };
            })
            .WithName("changeProduct").WithSummary("Change a product").RequireAuthorization("write");
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Lines(IReadOnlyList<string>? words) =>
        string.Join('\n', (words ?? []).Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase));

    private static ProductView View(Product p) => new(p.Id, p.Sku, p.Name, p.Words.Split('\n', StringSplitOptions.RemoveEmptyEntries), p.Retired);
}
