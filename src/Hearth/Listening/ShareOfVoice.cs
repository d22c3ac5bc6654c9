using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening;

/// <summary>One query's part of the talk.</summary>
/// <param name="Query">The query.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mentions">What it matched, by sentiment.</param>
/// <param name="Share">Its part of all that these queries matched, 0 to 1, to four digits; null when they matched nothing.</param>
/// <param name="Before">What it matched in the stretch of the same length before; null when that was not asked for.</param>
/// <param name="ShareBefore">Its part then.</param>
public sealed record Voice(QueryId Query, string Name, Moods Mentions, double? Share, Moods? Before, double? ShareBefore);

/// <summary>How much of the talk each of some queries has.</summary>
/// <param name="Voices">In the order asked for.</param>
/// <param name="Counts">The same over time: a line for each query.</param>
public sealed record VoiceShares(IReadOnlyList<Voice> Voices, MentionCounts Counts);

/// <summary>Share of voice: saved queries side by side (the own brand and its rivals). A mention that several match counts for each.</summary>
public sealed class ShareOfVoice(CountMentions count, SavedQueries saved)
{
    public const int Fewest = 2;
    public const int Most = 8;

    /// <summary>Reads the ids of queries with a comma between.</summary>
    /// <param name="text">As an address carries them.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="ct">Stops.</param>
    public async Task<IReadOnlyList<QueryId>> Read(string? text, ICollection<FieldError> errors, CancellationToken ct)
    {
        var known = (await saved.Names(ct)).Select(q => q.Id).ToHashSet();
        var ids = new List<QueryId>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Guid.TryParse(part, out var id)) errors.Add(new("queries", $"'{part}' is no id"));
            else if (!known.Contains(QueryId.From(id))) errors.Add(new("queries", $"there is no query {id}"));
            else if (!ids.Contains(QueryId.From(id))) ids.Add(QueryId.From(id));
        }

        if (ids.Count is < Fewest or > Most) errors.Add(new("queries", $"needs {Fewest} to {Most} ids of saved queries with a comma between"));
        return ids;
    }

    /// <summary>Compares.</summary>
    /// <param name="filter">Which mentions; its own query, if any, is not used.</param>
    /// <param name="queries">Two to eight.</param>
    /// <param name="by">Null lets the stretch decide.</param>
    /// <param name="compare">True counts the stretch before as well.</param>
    /// <param name="ct">Stops.</param>
    public async Task<VoiceShares> Run(MentionFilter filter, IReadOnlyList<QueryId> queries, CountBy? by, bool compare, CancellationToken ct)
    {
        var counts = await count.Over(filter with { Query = null }, by, SplitBy.Query, [.. queries.Select(q => q.Value.ToString())], compare, ct);
        var all = counts.Lines.Sum(l => l.Total.Total);
        var before = counts.Before?.Lines.ToDictionary(l => l.Key, l => l.Total, StringComparer.Ordinal);
        var allBefore = before?.Values.Sum(m => m.Total) ?? 0;
        return new([.. counts.Lines.Select(l => new Voice(
            QueryId.From(Guid.Parse(l.Key)), l.Name, l.Total, Share(l.Total.Total, all), before?.GetValueOrDefault(l.Key), before is null ? null : Share(before.GetValueOrDefault(l.Key).Total, allBefore)))], counts);
    }

    private static double? Share(long part, long all) => all == 0 ? null : Math.Round((double)part / all, 4);

    /// <summary>The numbers of the chart as CSV lines: a row for each span and query.</summary>
    public static IEnumerable<string> Csv(VoiceShares shares)
    {
        yield return "since,until,query,negative,neutral,positive,mentions,share\r\n";
        for (var n = 0; n < shares.Counts.Spans.Count; n++)
        {
            var span = shares.Counts.Spans[n];
            var all = shares.Counts.Lines.Sum(l => l.Counts[n].Total);
            foreach (var line in shares.Counts.Lines)
            {
                var c = line.Counts[n];
                yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ListMentions.Moment(span.Since)},{ListMentions.Moment(span.Until)},{ListMentions.Cell(line.Name)},{c.Negative},{c.Neutral},{c.Positive},{c.Total},{Share(c.Total, all)}\r\n");
            }
        }
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var mentions = api.MapGroup("/mentions").WithTags("Listening");
        mentions.MapGet("/voice", async Task<Results<Ok<VoiceShares>, ProblemHttpResult>> (HttpRequest request, ShareOfVoice voice, CancellationToken ct, string? queries = null, CountBy? by = null, bool compare = false) =>
            {
                var (filter, ids, errors) = await Ask(request, voice, queries, ct);
                return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.Ok(await voice.Run(filter, ids, by, compare, ct));
            })
            .WithName("shareOfVoice").WithSummary("How much of the talk each of 2 to 8 saved queries has, over time")
            .WithDescription("queries: ids with a comma between. The filters of the list work as well.").RequireAuthorization("read");
        mentions.MapGet("/voice.csv", async Task (HttpContext http, ShareOfVoice voice, CancellationToken ct, string? queries = null, CountBy? by = null) =>
            {
                var (filter, ids, errors) = await Ask(http.Request, voice, queries, ct);
                if (errors.Count > 0)
                {
                    await Problems.Invalid(errors).ExecuteAsync(http);
                    return;
                }

                http.Response.ContentType = "text/csv; charset=utf-8";
                http.Response.Headers.ContentDisposition = "attachment; filename=share-of-voice.csv";
                foreach (var line in Csv(await voice.Run(filter, ids, by, false, ct))) await http.Response.WriteAsync(line, ct);
            })
            .WithName("exportShareOfVoice").WithSummary("The same over time as CSV, a row for each span and query").RequireAuthorization("read");
    }

    private static async Task<(MentionFilter, IReadOnlyList<QueryId>, List<FieldError>)> Ask(HttpRequest request, ShareOfVoice voice, string? queries, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var filter = MentionFilter.Read(name => request.Query[name], errors);
        return (filter, await voice.Read(queries, errors, ct), errors);
    }
}
