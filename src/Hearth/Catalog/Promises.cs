using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Catalog;

/// <summary>Where the brand said it.</summary>
public enum PromisePlace
{
    Advertisement,
    ProductPage,
    Policy,
    ServiceLevel,
    Other,
}

/// <summary>Something the brand promised.</summary>
/// <param name="Id">The promise.</param>
/// <param name="Text">What people may expect, in a sentence.</param>
/// <param name="Place">Where it was said.</param>
/// <param name="Address">Where to read it; null when it has no address.</param>
/// <param name="Product">About which product; null for all.</param>
/// <param name="Attribute">About which attribute (its key); null when about none in particular.</param>
/// <param name="From">First instant it held (inclusive); null when unknown.</param>
/// <param name="Until">The instant it ceased to hold (exclusive); null while it holds.</param>
/// <param name="ForWhom">To whom it was made ("Plus members", "customers in Germany"); null for everybody.</param>
public sealed record PromiseView(
    PromiseId Id, string Text, PromisePlace Place, string? Address, ProductId? Product, string? Attribute, DateTimeOffset? From, DateTimeOffset? Until, string? ForWhom = null);

/// <summary>A promise as given.</summary>
/// <param name="Text">1 to 1,000 characters.</param>
/// <param name="Place">Where it was said.</param>
/// <param name="Address">http or https, up to 2,000 characters.</param>
/// <param name="Product">About which product; null for all.</param>
/// <param name="Attribute">The key of an attribute; null for none in particular.</param>
/// <param name="From">First instant it holds (inclusive).</param>
/// <param name="Until">The instant it ceases to hold (exclusive), after <paramref name="From"/>.</param>
/// <param name="ForWhom">To whom it is made, up to 200 characters; null for everybody.</param>
public sealed record PromiseDraft(string Text, PromisePlace Place, string? Address = null, ProductId? Product = null, string? Attribute = null,
    DateTimeOffset? From = null, DateTimeOffset? Until = null, string? ForWhom = null);

/// <summary>What was promised, and its changes.</summary>
public sealed class Promises(Database db)
{
    /// <summary>All, newest first; of one product or attribute when given.</summary>
    public async Task<IReadOnlyList<PromiseView>> All(ProductId? product, string? attribute, CancellationToken ct) =>
        [.. (await db.Set<Promise>().AsNoTracking()
            .Where(p => (product == null || p.ProductId == product || p.ProductId == null) && (attribute == null || p.AttributeKey == attribute))
            .OrderByDescending(p => p.Id).ToListAsync(ct)).Select(View)];

    public async Task<PromiseView?> Of(PromiseId id, CancellationToken ct) =>
        await db.Set<Promise>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } found ? View(found) : null;

    /// <summary>Adds a promise, or changes the one with this id.</summary>
    /// <returns><see cref="CatalogOutcome.Unknown"/> when its product or attribute is not in the catalogue.</returns>
    public async Task<CatalogOutcome> Save(PromiseId id, PromiseDraft draft, CancellationToken ct)
    {
        if (draft.Product is { } product && !await db.Set<Product>().AnyAsync(p => p.Id == product, ct)) return CatalogOutcome.Unknown;
        if (draft.Attribute is { } key && !await db.Set<JudgedAttribute>().AnyAsync(a => a.Key == key, ct)) return CatalogOutcome.Unknown;
        var promise = await db.Set<Promise>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (promise is null) db.Add(promise = new Promise { Id = id, Text = draft.Text, Place = draft.Place });
        promise.Text = draft.Text.Trim();
        promise.Place = draft.Place;
        promise.Address = string.IsNullOrWhiteSpace(draft.Address) ? null : draft.Address.Trim();
        (promise.ProductId, promise.AttributeKey) = (draft.Product, draft.Attribute);
        (promise.From, promise.Until) = (draft.From, draft.Until);
        promise.ForWhom = string.IsNullOrWhiteSpace(draft.ForWhom) ? null : draft.ForWhom.Trim();
        await db.SaveChangesAsync(ct);
        return CatalogOutcome.Saved;
    }

    public static IEnumerable<FieldError> Check(PromiseDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Text) || draft.Text.Length > 1000) yield return new("text", "must have 1 to 1,000 characters");
        if (!IsWebAddress(draft.Address)) yield return new("address", "must be an http or https address");
        if (draft.ForWhom?.Length > 200) yield return new("forWhom", "must have at most 200 characters");
        if (draft.Until <= draft.From) yield return new("until", "must be after the first day");
    }

    /// <summary>True for nothing and for an absolute http(s) address of up to 2,000 characters: what may be shown as a link.</summary>
    public static bool IsWebAddress(string? address) => string.IsNullOrWhiteSpace(address)
        || (address.Length <= 2000 && Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    internal static void Map(IEndpointRouteBuilder api)
    {
        var promises = api.MapGroup("/catalog/promises").WithTags("Catalog");
        promises.MapGet("/", async Task<Ok<IReadOnlyList<PromiseView>>> (Promises all, CancellationToken ct, Guid? product = null, string? attribute = null) =>
                TypedResults.Ok(await all.All(product is { } p ? ProductId.From(p) : null, attribute, ct)))
            .WithName("listPromises").WithSummary("What the brand promised, and where").RequireAuthorization("read");
        promises.MapPost("/", async Task<Results<Created<PromiseView>, ProblemHttpResult>> (PromiseDraft body, Promises all, CancellationToken ct) =>
            {
                if (Check(body).ToList() is { Count: > 0 } errors) return Problems.Invalid(errors);
                var id = PromiseId.New();
                return await all.Save(id, body, ct) == CatalogOutcome.Saved
                    ? TypedResults.Created($"/api/v1/catalog/promises/{id.Value}", await all.Of(id, ct))
                    : Problems.Invalid("product", "the product or the attribute is not in the catalogue");
            })
            .WithName("addPromise").WithSummary("Record a promise").RequireAuthorization("write");
        promises.MapPut("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, PromiseDraft body, Promises all, CancellationToken ct) =>
            {
                if (Check(body).ToList() is { Count: > 0 } errors) return Problems.Invalid(errors);
                if (await all.Of(PromiseId.From(id), ct) is null) return Problems.Unknown("promise");
                return await all.Save(PromiseId.From(id), body, ct) == CatalogOutcome.Saved
                    ? TypedResults.NoContent()
                    : Problems.Invalid("product", "the product or the attribute is not in the catalogue");
            })
            .WithName("changePromise").WithSummary("Change a promise").RequireAuthorization("write");
    }

    private static PromiseView View(Promise p) => new(p.Id, p.Text, p.Place, p.Address, p.ProductId, p.AttributeKey, p.From, p.Until, p.ForWhom);
}
