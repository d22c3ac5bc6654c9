using System.Globalization;
using System.Text.Json.Serialization;
using Hearth.Outlet.Photos;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

internal static class StockApi
{
    /// <summary>One counted line.</summary>
    /// <param name="Sku">The shop's article number, 1 to 64 characters.</param>
    /// <param name="Title">What people read, 1 to 200 characters.</param>
    /// <param name="Condition">new, refurbished, scratchAndDent, overstock or returned.</param>
    /// <param name="Quantity">Units on the shelf now, absolute, 0 to 10,000,000.</param>
    /// <param name="ListPrice">In major units ("899.00"), number or text.</param>
    /// <param name="Price">In major units; above 0, not above the list price.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="CountedAt">When it was counted; an older count than the last is passed over.</param>
    /// <param name="Cost">What one cost the brand, in major units; what is known stays when left out.</param>
    /// <param name="Location">Where it lies, up to 80 characters.</param>
    /// <param name="Country">ISO 3166-1, two capital letters.</param>
    /// <param name="ArrivedAt">Since when it lies in the outlet; the first count when left out.</param>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    internal sealed record Row(string Sku, string Title, Condition Condition, int Quantity, decimal ListPrice, decimal Price, string Currency, DateTimeOffset? CountedAt = null,
        decimal? Cost = null, string? Location = null, string? Country = null, DateTimeOffset? ArrivedAt = null);

    /// <summary>Counts of the shelf.</summary>
    /// <param name="Rows">1 to 500.</param>
    internal sealed record Body(IReadOnlyList<Row?>? Rows);

    /// <summary>What became of the rows, in their order.</summary>
    internal sealed record Answer(int Read, int Kept, int Repeated, int Rejected, IReadOnlyList<RowAnswer> Rows);

    /// <summary>What became of a row.</summary>
    /// <param name="Sku">Its article.</param>
    /// <param name="Outcome">kept, repeated or rejected.</param>
    /// <param name="Errors">Why it was rejected.</param>
    internal sealed record RowAnswer(string Sku, string Outcome, IReadOnlyList<FieldError>? Errors);

    /// <summary>A picture.</summary>
    /// <param name="Bytes">The file, PNG, JPEG, WebP or GIF, up to 10 MB, in base64. It is turned upright and kept as JPEG in two sizes, without what the camera noted.</param>
    /// <param name="Alt">What it shows, 3 to 300 characters.</param>
    internal sealed record PictureBody(byte[]? Bytes, string? Alt);

    /// <summary>What happened in the warehouse.</summary>
    /// <param name="Events">1 to 500, in any order.</param>
    internal sealed record FeedBody(IReadOnlyList<FeedEvent?>? Events);

    /// <summary>One thing that happened to an article: either a count or a difference.</summary>
    /// <param name="Sku">An article that was counted before.</param>
    /// <param name="Sequence">0 or more, rising with the order in which things happened to this article; each number once.</param>
    /// <param name="Quantity">Units on the shelf after it, 0 to 10,000,000; for a count.</param>
    /// <param name="Change">Units that came (+) or went (−), up to 10,000,000; for a difference.</param>
    internal sealed record FeedEvent(string? Sku, long? Sequence, int? Quantity, int? Change);

    /// <summary>What became of the events, in their order.</summary>
    /// <param name="Events">One for each.</param>
    internal sealed record FeedAnswer(IReadOnlyList<FedAnswer> Events);

    /// <summary>What became of an event.</summary>
    /// <param name="Sku">Its article.</param>
    /// <param name="Sequence">Its number.</param>
    /// <param name="Outcome">kept, repeated, superseded, waiting or rejected.</param>
    /// <param name="OnHand">Units on the shelf after all events of this request; null when it was rejected.</param>
    /// <param name="Errors">Why it was rejected, or what it waits for.</param>
    internal sealed record FedAnswer(string Sku, long Sequence, string Outcome, int? OnHand, IReadOnlyList<FieldError>? Errors);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var stock = api.MapGroup("/stock").WithTags("Stock");
        stock.MapGet("", async Task<Results<Ok<Page<StockView>>, ProblemHttpResult>> (string? search, string? after, int? size, ReadStock read, CancellationToken ct) =>
            await read.List(search, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("Outlet stock by SKU");
        stock.MapGet("/{item:guid}", async Task<Results<Ok<StockLedger>, ProblemHttpResult>> (Guid item, int? movements, ReadStock read, CancellationToken ct) =>
            await read.Ledger(new(item), Keyset.Size(movements), ct) is { } ledger ? Ok(ledger) : Problems.Unknown("stock item"))
            .RequireAuthorization("read").WithSummary("An item and its ledger, newest first");
        stock.MapPost("", async Task<Results<Ok<Answer>, ProblemHttpResult>> (Body body, CountStock count, CancellationToken ct) =>
        {
            if (body.Rows is not { Count: >= 1 and <= 500 }) return Problems.Invalid("rows", "must be 1 to 500");
            if (body.Rows.Any(r => r is null)) return Problems.Invalid("rows", "each must be an object");
            var bad = body.Rows.Select(r => (Row: r, Count: Parse(r!))).ToList();
            var outcomes = new Queue<Counted>(await count.Take([.. bad.Select(b => b.Count).OfType<StockCount>()], "api", ct));
            var rows = bad.ConvertAll(b => Said(b.Row!, b.Count is null ? null : outcomes.Dequeue()));
            return Ok(new Answer(rows.Count, rows.Count(r => r.Outcome == "kept"), rows.Count(r => r.Outcome == "repeated"), rows.Count(r => r.Outcome == "rejected"), rows));
        }).RequireAuthorization("stock").WithSummary("Count stock: absolute quantities, repeats change nothing");
        stock.MapPost("/events", async Task<Results<Ok<FeedAnswer>, ProblemHttpResult>> (FeedBody body, FeedStock feed, CancellationToken ct) =>
        {
            if (body.Events is not { Count: >= 1 and <= 500 }) return Problems.Invalid("events", "must be 1 to 500");
            if (body.Events.Any(e => e is null)) return Problems.Invalid("events", "each must be an object");
            var told = await feed.Take([.. body.Events.Select(e => new ToldStock(e!.Sku ?? "", e.Sequence ?? -1, e.Quantity, e.Change))], ct);
            return Ok(new FeedAnswer([.. told.Zip(body.Events, (f, e) => new FedAnswer(e!.Sku ?? "", e.Sequence ?? -1, f.Outcome.ToString().ToLowerInvariant(), f.OnHand, f.Errors))]));
        }).RequireAuthorization("stock").WithSummary("Tell what happened in the warehouse: counts and differences by sequence number; repeats and another order change nothing");
        stock.MapGet("/{item:guid}/pictures", async (Guid item, StockPictures pictures, CancellationToken ct) => (await pictures.Of([new(item)], ct))[new(item)]).RequireAuthorization("read").WithSummary("The pictures of an item");
        stock.MapPost("/{item:guid}/pictures", async Task<Results<Created<StockPictureView>, ProblemHttpResult>> (Guid item, PictureBody body, StockPictures pictures, CancellationToken ct) =>
            await pictures.Add(new(item), body.Bytes, body.Alt, ct) switch
            {
                KeptStockPicture.Done done => Created(done.Picture.Address, done.Picture),
                KeptStockPicture.Invalid invalid => Problems.Invalid([.. invalid.Errors.Select(e => e.Field == "picture" ? e with { Field = "bytes" } : e)]),
                _ => Problems.Unknown("stock item"),
            }).RequireAuthorization("stock").WithMetadata(new RequestSizeLimitAttribute((StockPictures.MaxBytes * 3 / 2) + 4096)).WithName("bringStockPicture").WithSummary("Bring a picture of an item; the same file again is the same picture");
        stock.MapDelete("/{item:guid}/pictures/{picture:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid item, Guid picture, StockPictures pictures, CancellationToken ct) =>
            await pictures.Remove(new(item), new(picture), ct) ? NoContent() : Problems.Unknown("picture")).RequireAuthorization("stock").WithSummary("Take a picture away");
        stock.MapGet("/ageing", (ReadStock read, CancellationToken ct) => read.Ageing(ct)).RequireAuthorization("read").WithSummary("Free units by how long they have been in the outlet, and what they cost");
    }

    private static StockCount? Parse(Row r)
    {
        if (!Amount.TryRead(r.ListPrice, r.Currency, out var list) || !Amount.TryRead(r.Price, r.Currency, out var price)) return null;
        Money? cost = null;
        if (r.Cost is { } paid)
        {
            if (!Amount.TryRead(paid, r.Currency, out var read)) return null;
            cost = read;
        }

        return new(r.Sku, r.Title, r.Condition, r.Quantity, list, price, r.CountedAt) { Cost = cost, Location = r.Location, Country = r.Country, ArrivedAt = r.ArrivedAt };
    }

    private static RowAnswer Said(Row row, Counted? counted) => counted switch
    {
        Counted.Kept => new(row.Sku, "kept", null),
        Counted.Repeated => new(row.Sku, "repeated", null),
        Counted.Refused refused => new(row.Sku, "rejected", refused.Errors),
        _ => new(row.Sku, "rejected", [new("price", "and list price and cost must be amounts with no more digits than the currency has, and currency three capital letters")]),
    };
}

/// <summary>Amounts in major units, as programs send them.</summary>
internal static class Amount
{
    public static bool TryRead(decimal amount, string? currency, out Money money) => Money.TryParse(amount.ToString(CultureInfo.InvariantCulture), currency, out money);
}
