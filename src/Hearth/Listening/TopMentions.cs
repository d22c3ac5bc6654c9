using Hearth.Listening.Counting;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening;

/// <summary>Somebody who writes much.</summary>
/// <param name="Handle">To filter by (<c>author</c>).</param>
/// <param name="Name">As last shown.</param>
/// <param name="Mentions">How many.</param>
/// <param name="Followers">The most that were told of; null when no source said.</param>
public sealed record TopAuthor(string Handle, string? Name, long Mentions, long? Followers);

/// <summary>A link or a tag.</summary>
/// <param name="Name">The address as first written (filter by <c>link</c>), or the tag with its # (filter by <c>q</c>).</param>
/// <param name="Mentions">How many mentions have it.</param>
public sealed record TopItem(string Name, long Mentions);

/// <summary>A word that tells these mentions from others.</summary>
/// <param name="Word">Folded; filter by <c>q</c>.</param>
/// <param name="Mentions">How many mentions hold it.</param>
/// <param name="Score">Log-likelihood against all mentions of its language: the higher, the more it is theirs; 0 when they are all there are.</param>
public sealed record TopWord(string Word, long Mentions, double Score);

/// <summary>Who and what stands out among some mentions.</summary>
/// <param name="Authors">Most first.</param>
/// <param name="Links">Most first.</param>
/// <param name="Tags">Most first.</param>
/// <param name="Words">The most telling first; the most frequent when nothing narrows.</param>
/// <param name="LookedAt">How many mentions these are taken from, the latest.</param>
/// <param name="IsSample">True when more fit than were looked at. The numbers then hold between <paramref name="Since"/> and <paramref name="Until"/>.</param>
/// <param name="Since">The first moment looked at; null when all were.</param>
/// <param name="Until">The first moment after the last; null when all were.</param>
/// <param name="Of">How many fit in all; null when nobody has counted them.</param>
public sealed record MentionTops(
    IReadOnlyList<TopAuthor> Authors, IReadOnlyList<TopItem> Links, IReadOnlyList<TopItem> Tags, IReadOnlyList<TopWord> Words, long LookedAt, bool IsSample,
    DateTimeOffset? Since, DateTimeOffset? Until, long? Of);

/// <summary>Finds who and what stands out. More than <see cref="MentionScan.Budget"/> mentions are not read: the latest of them stand for all, and it says so.</summary>
public sealed class TopMentions(Database db, CountMentions count, WordBackground usual)
{
    private readonly MentionScan _scan = new(db);

    private sealed record Read(string Language, string Words, string? Handle, string? Name, long? Followers, string? Text, string? Links);

    public async Task<MentionTops> Run(MentionFilter filter, int most, CancellationToken ct)
    {
        var look = await _scan.Run(filter, null, MentionScan.Budget, ct);
        var rows = look.End is null ? look.Rows : look.Rows.FindAll(r => r.At >= look.Since);
        var read = await Content(rows, ct);
        var words = Words(read);
        var background = filter.IsEmpty ? null
            : await usual.Get(async () => Words(await Content((await _scan.Run(new(), null, MentionScan.Budget, ct)).Rows, ct)));
        var total = look.End is null ? null : await count.Total(filter, ct);
        return new(
            Authors(read, most), Links(read, most), Tags(read, most), words.Top(background, most), rows.Count, look.End is not null,
            look.End is null ? null : Time.FromUnixMicroseconds(look.Since!.Value), look.End is null || rows.Count == 0 ? null : Time.FromUnixMicroseconds(rows[0].At + 1),
            total is null ? rows.Count : total.IsMore ? null : total.Count);
    }

    private static WordCounts Words(List<Read> rows)
    {
        var words = new WordCounts();
        foreach (var row in rows) words.Add(row.Language, row.Words);
        return words;
    }

    // A handle finds what is written under it and under its small letters, so these count together.
    private static List<TopAuthor> Authors(List<Read> rows, int most)
    {
        var byHandle = rows.Where(r => r.Handle is { Length: > 0 }).GroupBy(r => r.Handle!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        return [.. byHandle.Select(h => new TopAuthor(
                h.Key, h.Value[0].Name, h.Value.Count + (h.Key.ToLowerInvariant() is var small && small != h.Key && byHandle.TryGetValue(small, out var same) ? same.Count : 0), h.Value.Max(r => r.Followers)))
            .OrderByDescending(a => a.Mentions).ThenBy(a => a.Handle, StringComparer.Ordinal).Take(most)];
    }

    private static List<TopItem> Links(List<Read> rows, int most) =>
        [.. rows.Where(r => r.Text is not null || r.Links is not null).SelectMany(r => MentionSearch.LinksOf(r.Text ?? "", r.Links)).GroupBy(MentionSearch.LinkKey, StringComparer.Ordinal)
            .Select(g => new TopItem(g.First(), g.Count())).OrderByDescending(l => l.Mentions).ThenBy(l => l.Name, StringComparer.Ordinal).Take(most)];

    private static List<TopItem> Tags(List<Read> rows, int most) =>
        [.. rows.Where(r => r.Words.Contains('#', StringComparison.Ordinal)).SelectMany(r => r.Words.Split(' ').Where(w => w is ['#', _, ..]).Distinct(StringComparer.Ordinal)).CountBy(t => t, StringComparer.Ordinal)
            .OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(most).Select(t => new TopItem(t.Key, t.Value))];

    private async Task<List<Read>> Content(List<Found> rows, CancellationToken ct)
    {
        var read = new List<Read>(rows.Count);
        foreach (var chunk in rows.Chunk(5_000))
        {
            read.AddRange(await new Sql(db).Read(
                $"SELECT language, words, author_handle, author_name, followers, CASE WHEN (has & {(int)Media.Link}) <> 0 THEN text END, links FROM listening_mentions WHERE number IN ({string.Join(',', chunk.Select(r => r.Number))}) ORDER BY at DESC, id DESC",
                r => new Read(r.GetString(0), r.GetString(1), Text(r, 2), Text(r, 3), r.IsDBNull(4) ? null : r.GetInt64(4), Text(r, 5), Text(r, 6)), ct));
        }

        return read;

        static string? Text(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGroup("/mentions").WithTags("Listening")
        .MapGet("/tops", async Task<Results<Ok<MentionTops>, ProblemHttpResult>> (HttpRequest request, TopMentions tops, CancellationToken ct, int most = 10) =>
            ListMentions.Filter(request, out var filter, out var wrong) ? TypedResults.Ok(await tops.Run(filter, Math.Clamp(most, 1, 100), ct)) : wrong)
        .WithName("topMentions").WithSummary("Authors, links, tags and telling words, with the filters of the list")
        .WithDescription("Of more than 10,000 mentions the latest 10,000 are read: isSample is then true, and since and until say between which moments the numbers hold.").RequireAuthorization("read");
}
