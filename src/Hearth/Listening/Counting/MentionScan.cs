using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.Listening.Counting;

/// <summary>A place in the list of mentions: before it stand those written later, or at the same microsecond with a greater id.</summary>
internal sealed record Place(long At, Guid Id);

/// <summary>As much of a mention as is needed to list and count it.</summary>
internal readonly record struct Found(long Number, Guid Id, long At, Guid Source, string Language, Sentiment Sentiment, int Intents, PostKind Kind);

/// <summary>What a look through the mentions gave, the latest first.</summary>
/// <param name="Rows">Those that fit.</param>
/// <param name="End">Where the look stopped; null when everything was looked at.</param>
/// <param name="LookedAt">How many were looked at.</param>
internal sealed record Look(List<Found> Rows, Place? End, int LookedAt)
{
    /// <summary>The first moment of which all mentions were looked at; null when everything was.</summary>
    public long? Since => End?.At + 1;
}

/// <summary>
/// Looks through mentions from the latest back, along the index of the filter that narrows most, and stops when it has found enough or has looked at
/// enough: no filter, however rare what it asks for, makes a page wait for the whole history.
/// </summary>
internal sealed class MentionScan(Database db)
{
    /// <summary>So many mentions are looked at for one page, number or chart; it takes some 100 ms.</summary>
    public const int Budget = 10_000;

    private const int FirstWindow = 200;
    private const int LargestWindow = 5_000;

    /// <summary>Looks.</summary>
    /// <param name="filter">What must hold.</param>
    /// <param name="after">Begin behind this place; null begins at the latest.</param>
    /// <param name="want">Stop when so many are found.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Look> Run(MentionFilter filter, Place? after, int want, CancellationToken ct)
    {
        if (filter.Person is { } person) filter = filter with { Persons = await new ReadPeople(db).Whole(person, ct) };
        var asked = MentionSearch.Ask(db.Kind, filter.Text, filter.Link);
        var isRare = asked is not null && await IsRare(asked, ct);
        var (rows, looked) = (new List<Found>(), 0);
        for (var window = Math.Clamp(want, FirstWindow, LargestWindow); ; window = Math.Min(window * 4, LargestWindow))
        {
            // The words' own index gives nothing but what fits, except that a host is compared here.
            var size = !isRare ? Math.Min(window, Budget - looked) : filter.Site is null && want <= Budget ? want + 1 : Budget + 1;
            var seen = await Window(filter, asked, isRare ? Way.Words : WayOf(filter), after, size, ct);
            looked += seen.Count;
            foreach (var (row, fits) in seen)
            {
                after = new(row.At, row.Id);
                if (!fits) continue;
                rows.Add(row);
                if (rows.Count == want) return new(rows, after, looked);
            }

            if (seen.Count < size) return new(rows, null, looked);
            if (looked >= Budget) return new(rows, after, looked);
        }
    }

    private async Task<List<(Found Row, bool Fits)>> Window(MentionFilter filter, MentionSearch.Asked? asked, Way way, Place? after, int size, CancellationToken ct)
    {
        var sql = new Sql(db);
        var tests = new MentionTests(sql).Of(filter, asked, way);
        var test = string.Join(" AND ", tests);
        var fits = way == Way.Words ? "1" : $"CASE WHEN {test} THEN 1 ELSE 0 END";
        var columns = $"m.number, m.id, m.at, m.source, m.language, m.sentiment, m.intents, m.kind, {fits}, {(filter.Site is null ? "NULL" : "m.url")}";
        var statement = way switch
        {
            // Few enough to be sorted.
            Way.Words => $"SELECT {columns} FROM listening_mentions m WHERE {MentionTests.Matching(sql, asked!)} AND {test}{Behind("m.at", "m.id")} ORDER BY m.at DESC, m.id DESC LIMIT {size}",
            Way.Query => $"SELECT {columns} FROM (SELECT mention, at FROM listening_mention_queries c WHERE query = {sql[filter.Query!.Value.Value]}{Behind("c.at", "c.mention")} ORDER BY c.at DESC, c.mention DESC LIMIT {size}) c JOIN listening_mentions m ON m.id = c.mention ORDER BY c.at DESC, c.mention DESC",
            Way.Topic => $"SELECT {columns} FROM (SELECT mention, at FROM listening_mention_topics c WHERE topic = {sql[filter.Topic!]}{Behind("c.at", "c.mention")} ORDER BY c.at DESC, c.mention DESC LIMIT {size}) c JOIN listening_mentions m ON m.id = c.mention ORDER BY c.at DESC, c.mention DESC",
            _ => Along(),
        };
        return await sql.Read(statement, r => (new Found(r.GetInt64(0), sql.Id(r, 1), r.GetInt64(2), sql.Id(r, 3), r.GetString(4), (Sentiment)r.GetInt32(5), r.GetInt32(6), (PostKind)r.GetInt32(7)),
            r.GetInt32(8) == 1 && (filter.Site is null || !r.IsDBNull(9) && MentionTests.IsOn(filter.Site, r.GetString(9)))), ct);

        string Along()
        {
            // Each value of the index is read in order by itself; handles may be asked for in two spellings.
            object?[] values = way switch
            {
                Way.Author => [.. MentionTests.Spellings(filter.Author!)],
                Way.Person => [.. filter.Persons.Select(p => (object)p.Value)],
                Way.Source => [filter.Source!.Value.Value],
                Way.Language => [filter.Language!],
                _ => [null],
            };
            var column = way switch { Way.Author => "author_handle", Way.Person => "person", Way.Source => "source", _ => "language" };
            var parts = values.Select(v => $"SELECT {columns} FROM listening_mentions m WHERE {(v is null ? "1 = 1" : $"m.{column} = {sql[v]}")}{Behind("m.at", "m.id")} ORDER BY m.at DESC, m.id DESC LIMIT {size}").ToList();
            return parts.Count == 1 ? parts[0] : $"SELECT * FROM ({string.Join(" UNION ALL ", parts.Select(p => $"SELECT * FROM ({p}) u"))}) m ORDER BY 3 DESC, 2 DESC LIMIT {size}";
        }

        string Behind(string at, string id)
        {
            var (from, until) = filter.Range();
            return (after is null ? "" : $" AND ({at}, {id}) < ({sql[after.At]}, {sql[after.Id]})")
                + (from == long.MinValue ? "" : $" AND {at} >= {sql[from]}") + (until == long.MaxValue ? "" : $" AND {at} < {sql[until]}");
        }
    }

    private enum Way
    {
        Time,
        Words,
        Query,
        Author,
        Person,
        Topic,
        Source,
        Language,
    }

    // The one that usually narrows most comes first.
    private static Way WayOf(MentionFilter filter) =>
        filter.Person is not null ? Way.Person : filter.Author is not null ? Way.Author : filter.Query is not null ? Way.Query : filter.Topic is not null ? Way.Topic
        : filter.Source is not null ? Way.Source : filter.Language is not null ? Way.Language : Way.Time;

    // PostgreSQL makes the whole list of matches before it gives the first, so its own estimate is asked before; SQLite stops by itself.
    private async Task<bool> IsRare(MentionSearch.Asked asked, CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres)
        {
            var plan = new Sql(db);
            var lines = await plan.Read($"EXPLAIN (FORMAT JSON) SELECT 1 FROM listening_mentions m WHERE m.search @@ CAST({plan[asked.Match]} AS tsquery)", r => r.GetString(0), ct);
            using var read = System.Text.Json.JsonDocument.Parse(string.Concat(lines));
            if (read.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble() > 5 * Budget) return false;
        }

        var sql = new Sql(db);
        var inside = sql.IsSqlite
            ? $"SELECT 1 FROM listening_mentions_fts WHERE listening_mentions_fts MATCH {sql[asked.Match]} LIMIT {Budget + 1}"
            : $"SELECT 1 FROM listening_mentions WHERE search @@ CAST({sql[asked.Match]} AS tsquery) LIMIT {Budget + 1}";
        return (await sql.Read($"SELECT count(*) FROM ({inside}) f", r => r.GetInt64(0), ct))[0] <= Budget;
    }
}
