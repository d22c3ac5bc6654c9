using System.Globalization;
using System.Text.Json.Serialization;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Learning;

internal static class ChannelApi
{
    /// <summary>What a channel cost and brought in a day or a week; what is not known is left out.</summary>
    /// <param name="Channel">email, affiliate, search, site or another short name; of social only cost and margin.</param>
    /// <param name="From">The day, or the Monday of the week.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Period">day unless told, or week.</param>
    /// <param name="Cost">What was spent, in major units.</param>
    /// <param name="Clicks">0 or more.</param>
    /// <param name="Orders">0 or more.</param>
    /// <param name="Revenue">As paid, in major units.</param>
    /// <param name="Margin">What of the revenue is left before the cost, in major units.</param>
    /// <param name="NewCustomers">0 or more.</param>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    internal sealed record Figure(string? Channel, DateOnly From, string? Currency, FigurePeriod Period = FigurePeriod.Day, decimal? Cost = null, long? Clicks = null, long? Orders = null, decimal? Revenue = null, decimal? Margin = null, long? NewCustomers = null);

    /// <summary>Channels' figures.</summary>
    /// <param name="Rows">1 to 500.</param>
    internal sealed record Figures(IReadOnlyList<Figure?>? Rows);

    /// <summary>What became of the rows, in their order.</summary>
    /// <param name="Kept">New, or changed what was known.</param>
    /// <param name="Repeated">Known already.</param>
    /// <param name="Rejected">Not taken.</param>
    /// <param name="Rows">Each row.</param>
    internal sealed record FiguresAnswer(int Kept, int Repeated, int Rejected, IReadOnlyList<FigureAnswer> Rows);

    /// <summary>What became of a row.</summary>
    /// <param name="Outcome">kept, repeated or rejected.</param>
    /// <param name="Errors">Why it was rejected.</param>
    internal sealed record FigureAnswer(string Outcome, IReadOnlyList<FieldError>? Errors);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/learn").WithTags("Learning").RequireAuthorization("read");
        channels.MapGet("/channels", async Task<Results<Ok<ChannelReport>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadChannels read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is { } range ? Ok(await read.Between(range, ct)) : Problems.Invalid("to", "must not be before from"))
            .WithSummary("What channels cost and brought, by week; the weeks that the days lie in");
        channels.MapGet("/channels.csv", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadChannels read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is { } range ? File(ReadChannels.Csv(await read.Between(range, ct)), "text/csv; charset=utf-8", "channels.csv") : Problems.Invalid("to", "must not be before from"))
            .WithSummary("The same as CSV, a row for each week, channel and currency");
        channels.MapPost("/channels", async Task<Results<Ok<FiguresAnswer>, ProblemHttpResult>> (Figures body, KeepChannels keep, CancellationToken ct) =>
        {
            if (body.Rows is not { Count: >= 1 and <= 500 } rows) return Problems.Invalid("rows", "must be 1 to 500");
            if (rows.Any(r => r is null)) return Problems.Invalid("rows", "each must be an object");
            var read = rows.Select(r => (Errors: Read(r!, out var figure), Figure: figure)).ToList();
            var kept = new Queue<FigureKept>(await keep.Take([.. read.Where(r => r.Errors.Count == 0).Select(r => r.Figure)], "api", ct));
            var answers = read.ConvertAll(r => r.Errors.Count > 0 ? new FigureAnswer("rejected", r.Errors) : kept.Dequeue() switch
            {
                FigureKept.Kept => new("kept", null),
                FigureKept.Refused refused => new("rejected", refused.Errors),
                _ => new("repeated", null),
            });
            return Ok(new FiguresAnswer(answers.Count(a => a.Outcome == "kept"), answers.Count(a => a.Outcome == "repeated"), answers.Count(a => a.Outcome == "rejected"), answers));
        }).RequireAuthorization("write").WithSummary("Tell what channels cost and brought: told again it replaces what was said before");
    }

    private static List<FieldError> Read(Figure row, out ChannelFigure figure)
    {
        var errors = new List<FieldError>();
        Money? Amount(string field, decimal? amount)
        {
            if (amount is not { } a) return null;
            if (Money.TryParse(a.ToString(CultureInfo.InvariantCulture), row.Currency, out var money)) return money;
            errors.Add(new(field, "must be an amount with no more digits than the currency has, and currency three capital letters"));
            return null;
        }

        figure = new(row.Channel?.Trim() ?? "", row.From, row.Period, row.Currency ?? "", Amount("cost", row.Cost), row.Clicks, row.Orders, Amount("revenue", row.Revenue), Amount("margin", row.Margin), row.NewCustomers);
        return errors;
    }
}
