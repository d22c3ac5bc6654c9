using System.Globalization;
using System.Runtime.CompilerServices;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Ideas.Desk;

/// <summary>Every list of the board and of the desk as RFC 4180 CSV in UTF-8, all of it, row by row.</summary>
public sealed class ExportLists(ListIdeas ideas, ReviewQueue queue, CouncilAgenda agenda, EstimateIdea estimates)
{
    private const int PageSize = 500;

    /// <summary>A list of the public board.</summary>
    public async IAsyncEnumerable<string> Board(IdeaFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return Row("number", "id", "title", "category", "author", "posted", "status", "points", "promotions", "demotions", "comments", "worth", "answered");
        string? after = null;
        do
        {
            var page = (await ideas.Of(filter, null, after, PageSize, ct))!;
            foreach (var line in page.Items) yield return Row([.. Common(line), line.Worth.ToString("F3", CultureInfo.InvariantCulture), Day(line.AnsweredAt)]);
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>What waits on the desk.</summary>
    public async IAsyncEnumerable<string> Queue(DeskFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return Row("number", "id", "title", "category", "author", "posted", "status", "points", "promotions", "demotions", "comments", "days_waiting", "owner", "partners", "effort", "impact", "note");
        string? after = null;
        do
        {
            var page = (await queue.Of(filter, after, PageSize, ct))!;
            foreach (var desk in page.Items)
            {
                yield return Row([.. Common(desk.Line), Number(desk.DaysWaiting), desk.OwnerName ?? "", string.Join("; ", desk.Partners), Number(desk.Estimate?.Effort), Number(desk.Estimate?.Impact), desk.Estimate?.Note ?? ""]);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>The council's agenda in its order.</summary>
    public async IAsyncEnumerable<string> Agenda([EnumeratorCancellation] CancellationToken ct)
    {
        yield return Row("place", "id", "title", "status", "points", "comments", "question", "effort", "impact", "put_here_by", "put_here", "decided");
        var place = 0;
        foreach (var a in await agenda.All(ct))
        {
            yield return Row(Number(++place), a.Idea.Id.Value.ToString(), a.Idea.Title, a.Idea.Status.Words(), Number(a.Idea.Points), Number(a.Comments), a.Question, Number(a.Estimate?.Effort), Number(a.Estimate?.Impact), a.By, Day(a.At), a.Decided ?? "");
        }
    }

    /// <summary>Open ideas by impact and effort.</summary>
    public async IAsyncEnumerable<string> Estimates([EnumeratorCancellation] CancellationToken ct)
    {
        yield return Row("id", "title", "status", "points", "effort", "impact", "note", "by", "at");
        foreach (var e in await estimates.Matrix(ct))
        {
            yield return Row(e.Idea.Id.Value.ToString(), e.Idea.Title, e.Idea.Status.Words(), Number(e.Idea.Points), Number(e.Estimate.Effort), Number(e.Estimate.Impact), e.Estimate.Note, e.Estimate.By, Day(e.Estimate.At));
        }
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/export.csv", async Task ([AsParameters] ListIdeas.ListQuery query, HttpContext http, ExportLists export, CancellationToken ct) =>
        {
            if (query.Errors().ToList() is { Count: > 0 } errors) await Problems.Invalid(errors).ExecuteAsync(http);
            else await Send(http, "ideas", export.Board(query.Filter(), ct), ct);
        }).AllowAnonymous().WithSummary("A list of the board as CSV, all of it").ProducesProblem(400);
        ideas.MapGet("/queue/export.csv", async Task ([AsParameters] ReviewQueue.QueueQuery query, HttpContext http, ExportLists export, CancellationToken ct) =>
        {
            if (query.Errors().ToList() is { Count: > 0 } errors) await Problems.Invalid(errors).ExecuteAsync(http);
            else await Send(http, "queue", export.Queue(query.Filter(), ct), ct);
        }).RequireAuthorization("read").WithSummary("What waits on the desk as CSV, all of it").ProducesProblem(400);
        ideas.MapGet("/agenda/export.csv", (HttpContext http, ExportLists export, CancellationToken ct) => Send(http, "agenda", export.Agenda(ct), ct))
            .RequireAuthorization("read").WithSummary("The council's agenda as CSV");
        ideas.MapGet("/estimates/export.csv", (HttpContext http, ExportLists export, CancellationToken ct) => Send(http, "estimates", export.Estimates(ct), ct))
            .RequireAuthorization("read").WithSummary("Open ideas by impact and effort as CSV");
    }

    private static async Task Send(HttpContext http, string name, IAsyncEnumerable<string> rows, CancellationToken ct)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}.csv";
        await foreach (var row in rows) await http.Response.WriteAsync(row, ct);
    }

    private static IEnumerable<string> Common(IdeaLine line) =>
    [
        line.Number.ToString(CultureInfo.InvariantCulture), line.Id.Value.ToString(), line.Title, line.Category, line.AuthorName, Day(line.At), line.Status.Words(), Number(line.Points), Number(line.Promotions),
        Number(line.Demotions), Number(line.Comments),
    ];

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Row(params IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    // A cell that begins like a formula is made text, so that a spreadsheet does not run what a title says; a number below zero is no formula.
    private static string Cell(string text)
    {
        if (text.Length == 0) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !double.TryParse(text, CultureInfo.InvariantCulture, out _)) text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n;") ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }
}
