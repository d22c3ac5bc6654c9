using System.Globalization;
using System.Runtime.CompilerServices;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Lists mentions, the latest written first.</summary>
public sealed class ListMentions(Database db, ReadMention read)
{
    private sealed record Place(long At, long Number);

    /// <summary>One page.</summary>
    /// <returns>Null when <paramref name="after"/> is no cursor of this list.</returns>
    public async Task<Page<MentionView>?> Run(MentionFilter filter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var rows = filter.Rows(db);
        if (place is not null)
        {
            var at = Time.FromUnixMicroseconds(place.At);
            rows = rows.Where(m => m.At < at || m.At == at && m.Number < place.Number);
        }

        var found = await rows.OrderByDescending(m => m.At).ThenByDescending(m => m.Number).Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(found, take, m => new Place(m.At.ToUnixMicroseconds(), m.Number));
        return new(await read.Views([.. page.Items], ct), page.Next);
    }

    public async Task<long> Count(MentionFilter filter, CancellationToken ct) => await filter.Rows(db).LongCountAsync(ct);

    /// <summary>The whole list as CSV lines, the header first, read page by page.</summary>
    public async IAsyncEnumerable<string> Csv(MentionFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return "id,at,source,network,author,text,url,language,sentiment,strength,intents,topics,queries\r\n";
        string? after = null;
        do
        {
            var page = (await Run(filter, after, Keyset.MaxSize, ct))!;
            foreach (var m in page.Items)
            {
                yield return string.Join(',',
                    m.Id.Value, m.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture), Cell(m.SourceName), Cell(m.Network), Cell(m.Author?.Handle ?? m.Author?.Name), Cell(m.Text), Cell(m.Url),
                    m.Language, m.Sentiment.ToString().ToLowerInvariant(), m.Strength.ToString(CultureInfo.InvariantCulture), Cell(string.Join(' ', m.Intents).ToLowerInvariant()),
                    Cell(string.Join(' ', m.Topics)), Cell(string.Join("; ", m.Queries.Select(q => q.Name)))) + "\r\n";
            }

            after = page.Next;
        }
        while (after is not null);
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var mentions = api.MapGroup("/mentions").WithTags("Listening");
        mentions.MapGet("/", async Task<Results<Ok<Page<MentionView>>, ProblemHttpResult>> (HttpRequest request, ListMentions list, CancellationToken ct, string? after = null, int? size = null) =>
                !Filter(request, out var filter, out var wrong) ? wrong
                : await list.Run(filter, after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listMentions").WithSummary("Mentions, the latest written first")
            .WithDescription("Filters: q (words), query, source, lang, sentiment, intent, topic, author, person, from, to (UTC days, both inclusive).").RequireAuthorization("read");
        mentions.MapGet("/export.csv", async Task (HttpContext http, ListMentions list, CancellationToken ct) =>
            {
                if (!Filter(http.Request, out var filter, out var wrong))
                {
                    await wrong.ExecuteAsync(http);
                    return;
                }

                http.Response.ContentType = "text/csv; charset=utf-8";
                http.Response.Headers.ContentDisposition = "attachment; filename=mentions.csv";
                await foreach (var line in list.Csv(filter, ct)) await http.Response.WriteAsync(line, ct);
            })
            .WithName("exportMentions").WithSummary("The same list as CSV").RequireAuthorization("read");
        mentions.MapGet("/{id:guid}", async Task<Results<Ok<MentionView>, ProblemHttpResult>> (Guid id, ReadMention read, CancellationToken ct) =>
                await read.Of(MentionId.From(id), ct) is { } mention ? TypedResults.Ok(mention) : Problems.Unknown("mention"))
            .WithName("getMention").WithSummary("One mention").RequireAuthorization("read");
    }

    internal static bool Filter(HttpRequest request, out MentionFilter filter, out ProblemHttpResult wrong)
    {
        var errors = new List<FieldError>();
        filter = MentionFilter.Read(name => request.Query[name], errors);
        wrong = Problems.Invalid(errors);
        return errors.Count == 0;
    }

    // A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection); an apostrophe keeps it text.
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
