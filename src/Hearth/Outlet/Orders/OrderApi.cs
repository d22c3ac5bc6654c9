using System.Text.Json.Serialization;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

internal static class OrderApi
{
    /// <summary>A line of an order.</summary>
    /// <param name="Sku">The article, 1 to 64 characters.</param>
    /// <param name="Quantity">1 to 1,000,000.</param>
    /// <param name="Amount">What was paid for the whole line, in major units ("199.90"), number or text; no more digits than the currency has.</param>
    /// <param name="Currency">ISO 4217; the order's when left out.</param>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    internal sealed record Line(string Sku, int Quantity, decimal Amount, string? Currency);

    /// <summary>An order of the shop.</summary>
    /// <param name="Order">The shop's own id, 1 to 100 characters: the same order again is answered as before, a different one under the same id is refused.</param>
    /// <param name="PlacedAt">When the customer ordered.</param>
    /// <param name="Lines">1 to 500, in one currency.</param>
    /// <param name="Currency">ISO 4217, for lines that name none.</param>
    /// <param name="Code">The claim code that was used.</param>
    /// <param name="Click">The hearth_click the customer came with. What is no UUID was changed by somebody on the way; the order is kept without it.</param>
    /// <param name="Visitor">The hearth_v of the customer's browser; the same holds.</param>
    internal sealed record Body(string Order, DateTimeOffset PlacedAt, IReadOnlyList<Line?>? Lines, string? Currency, string? Code, string? Click, string? Visitor);

    /// <summary>The order is kept.</summary>
    /// <param name="Order">The shop's own id.</param>
    /// <param name="Id">Ours.</param>
    /// <param name="Total">Sum of its lines.</param>
    internal sealed record Answer(string Order, OrderId Id, Money Total);

    /// <summary>Money paid back for a line.</summary>
    /// <param name="Line">Its place in the order, from 1.</param>
    /// <param name="Amount">In major units, above zero.</param>
    /// <param name="Currency">The order's when left out.</param>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    internal sealed record RefundLine(int Line, decimal Amount, string? Currency);

    /// <summary>A refund.</summary>
    /// <param name="Refund">The shop's own id, 1 to 100 characters, unique within the order.</param>
    /// <param name="At">When it was paid back.</param>
    /// <param name="Lines">Each line of the order at most once.</param>
    internal sealed record RefundBody(string Refund, DateTimeOffset At, IReadOnlyList<RefundLine?>? Lines);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/conversions").WithTags("Orders");
        orders.MapPost("", async Task<Results<Ok<Answer>, ProblemHttpResult>> (Body body, PlaceOrder place, CancellationToken ct) =>
        {
            if (Read(body, out var errors) is not { } order) return Problems.Invalid(errors);
            return await place.Take(order, ct) switch
            {
                Placed.Kept kept => Ok(new Answer(body.Order, kept.Order, kept.Total)),
                Placed.Differs differs => Differs("order", body.Order, differs.Differences),
                Placed.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }).RequireAuthorization("orders").WithSummary("Tell of an order").ProducesProblem(409);
        orders.MapGet("", async Task<Results<Ok<Page<OrderView>>, ProblemHttpResult>> (DateTimeOffset? from, DateTimeOffset? to, string? search, string? after, int? size, ReadOrders read, CancellationToken ct) =>
            await read.List(from, to, search, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("Orders, newest first");
        orders.MapGet("/{order}", async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> (string order, ReadOrders read, CancellationToken ct) =>
            await read.One(order, ct) is { } detail ? Ok(detail) : Problems.Unknown("order")).RequireAuthorization("read").WithSummary("An order with its lines and refunds");
        orders.MapPost("/{order}/refunds", async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> (string order, RefundBody body, RefundOrder refund, ReadOrders read, CancellationToken ct) =>
        {
            if (await read.One(order, ct) is not { } known) return Problems.Unknown("order");
            if (Read(order, body, known.Order.Total.Currency, out var errors) is not { } told) return Problems.Invalid(errors);
            return await refund.Take(told, ct) switch
            {
                Refunded.Kept => Ok((await read.One(order, ct))!),
                Refunded.Differs differs => Differs("refund", body.Refund, differs.Differences),
                Refunded.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("order"),
            };
        }).RequireAuthorization("orders").WithSummary("Tell of money paid back").ProducesProblem(409);
    }

    internal static IncomingOrder? Read(Body body, out List<FieldError> errors)
    {
        errors = [];
        var lines = new List<IncomingLine>();
        foreach (var (i, line) in (body.Lines ?? []).Index())
        {
            var currency = line?.Currency ?? body.Currency;
            if (line is null) errors.Add(new($"lines[{i}]", "must be an object"));
            else if (!Money.IsCurrency(currency)) errors.Add(new($"lines[{i}].currency", "must be three capital letters (ISO 4217)"));
            else if (!Amount.TryRead(line.Amount, currency, out var amount)) errors.Add(new($"lines[{i}].amount", $"has more digits than {currency} has, or is too large"));
            else lines.Add(new(line.Sku, line.Quantity, amount));
        }

        return errors.Count > 0 ? null : new(body.Order, body.PlacedAt, lines, body.Code,
            Guid.TryParse(body.Click, out var click) ? new ClickId(click) : null, Guid.TryParse(body.Visitor, out var visitor) ? new VisitorId(visitor) : null);
    }

    private static IncomingRefund? Read(string order, RefundBody body, string currency, out List<FieldError> errors)
    {
        errors = [];
        var lines = new List<RefundedLine>();
        foreach (var (i, line) in (body.Lines ?? []).Index())
        {
            if (line is null) errors.Add(new($"lines[{i}]", "must be an object"));
            else if (Amount.TryRead(line.Amount, line.Currency ?? currency, out var amount)) lines.Add(new(line.Line, amount));
            else errors.Add(new($"lines[{i}].amount", $"is no amount in {line.Currency ?? currency}"));
        }

        return errors.Count > 0 ? null : new(order, body.Refund, body.At, lines);
    }

    private static ProblemHttpResult Differs(string what, string id, IReadOnlyList<FieldError> differences) => Problem(new HttpValidationProblemDetails(
        differences.ToDictionary(d => d.Field, d => new[] { d.Reason }, StringComparer.Ordinal))
    {
        Status = StatusCodes.Status409Conflict, Type = "/problems/differs", Title = $"This {what} is known with other contents.",
        Detail = $"{what} {id}: " + string.Join("; ", differences.Select(d => $"{d.Field} {d.Reason}")) + ". Nothing was changed.",
    });
}
