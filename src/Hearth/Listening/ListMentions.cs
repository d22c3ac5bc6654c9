using System.Globalization;
using System.Runtime.CompilerServices;
using Hearth.Listening.Counting;
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
    private readonly MentionScan _scan = new(db);

    /// <summary>One page. It may hold fewer than asked for, even none, and still have a next one: so far was looked back, and the next page looks further.</summary>
    /// <returns>Null when <paramref name="after"/> is no cursor of this list.</returns>
    public async Task<Page<MentionView>?> Run(MentionFilter filter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var look = await _scan.Run(filter, place, take + 1, ct);
        var rows = look.Rows;
        var next = rows.Count > take ? new Place(rows[take - 1].At, rows[take - 1].Id) : look.End;
        var numbers = rows.Take(take).Select(r => r.Number).ToArray();
        var found = numbers.Length == 0 ? [] : await db.Set<MentionRow>().AsNoTracking().Where(m => numbers.Contains(m.Number)).ToListAsync(ct);
        return new(await read.Views([.. found.OrderByDescending(m => m.At).ThenByDescending(m => m.Id.Value, IdOrder.Instance)], ct), next is null ? null : Keyset.Write(next));
    }

    /// <summary>The moment back to which a page that has a next one has looked.</summary>
    public static DateTimeOffset? LookedBackTo(string? next) => Keyset.TryRead<Place>(next, out var place) && place is not null ? Time.FromUnixMicroseconds(place.At) : null;

    // As both databases sort ids: byte by byte. Guid's own order is another.
    private sealed class IdOrder : IComparer<Guid>
    {
        public static readonly IdOrder Instance = new();

        public int Compare(Guid a, Guid b)
        {
            Span<byte> left = stackalloc byte[16], right = stackalloc byte[16];
            a.TryWriteBytes(left, true, out _);
            b.TryWriteBytes(right, true, out _);
            return left.SequenceCompareTo(right);
        }
    }

    /// <summary>The whole list, the latest first, read page by page: what is held at a time does not grow with the list.</summary>
    public async IAsyncEnumerable<MentionView> All(MentionFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = (await Run(filter, after, Keyset.MaxSize, ct))!;
            db.ChangeTracker.Clear();
            foreach (var mention in page.Items) yield return mention;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>The whole list as CSV lines, the header first.</summary>
    public async IAsyncEnumerable<string> Csv(MentionFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return "id,at,source,network,author,text,url,language,sentiment,strength,intents,topics,queries,kind,followers,links,emotion,urgency,aspects,fell short\r\n";
        await foreach (var m in All(filter, ct))
        {
            yield return string.Join(',',
                m.Id.Value, Moment(m.At), Cell(m.SourceName), Cell(m.Network), Cell(m.Author?.Handle ?? m.Author?.Name), Cell(m.Text), Cell(m.Url),
                m.Language, m.Sentiment.ToString().ToLowerInvariant(), m.Strength.ToString(CultureInfo.InvariantCulture), Cell(string.Join(' ', m.Intents).ToLowerInvariant()),
                Cell(string.Join(' ', m.Topics)), Cell(string.Join("; ", m.Queries.Select(q => q.Name))), m.Kind.ToString().ToLowerInvariant(), m.Followers?.ToString(CultureInfo.InvariantCulture), Cell(string.Join(' ', m.Links)), m.Emotion.ToString().ToLowerInvariant(),
                m.Urgency.ToString(CultureInfo.InvariantCulture), Cell(string.Join(' ', m.Aspects.Select(a => $"{a.Attribute}:{a.Polarity}")).ToLowerInvariant()), Cell(string.Join(' ', m.Mismatches.Select(f => f.Attribute)))) + "\r\n";
        }
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var mentions = api.MapGroup("/mentions").WithTags("Listening");
        mentions.MapGet("/", async Task<Results<Ok<Page<MentionView>>, ProblemHttpResult>> (HttpRequest request, ListMentions list, CancellationToken ct, string? after = null, int? size = null) =>
                !Filter(request, out var filter, out var wrong) ? wrong
                : await list.Run(filter, after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listMentions").WithSummary("Mentions, the latest written first")
            .WithDescription("Filters: q (words), query, source, lang, sentiment, intent, topic, author, person, emotion, aspect (how topic, or anything, is judged), gap (yes or no: tells of something that fell short, of topic when given), product, kind, has, followers (at least), site, link, from, to (days of the IANA time zone in zone, UTC when left out; both inclusive), since, until (moments; until exclusive). "
                + "A page may hold fewer than asked for and still name a next one: filters that are rare together are looked for 10,000 mentions at a time.").RequireAuthorization("read");
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
            .WithName("exportMentions").WithSummary("The same list as CSV, all of it").RequireAuthorization("read");
        mentions.MapGet("/export.json", async Task (HttpContext http, ListMentions list, CancellationToken ct) =>
            {
                if (!Filter(http.Request, out var filter, out var wrong))
                {
                    await wrong.ExecuteAsync(http);
                    return;
                }

                http.Response.ContentType = "application/json; charset=utf-8";
                http.Response.Headers.ContentDisposition = "attachment; filename=mentions.json";
                await System.Text.Json.JsonSerializer.SerializeAsync(http.Response.Body, list.All(filter, ct), Json.Options, ct);
            })
            .WithName("exportMentionsAsJson").WithSummary("The same list as one JSON array, all of it").RequireAuthorization("read");
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

    internal static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

    // A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection); an apostrophe keeps it text.
    internal static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
