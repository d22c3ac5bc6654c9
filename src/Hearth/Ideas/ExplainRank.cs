using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>Why an idea stands where it stands: everything needed to work it out again.</summary>
/// <param name="Place">Its place in the popular list, from 1; null when it is archived and so not in it, or stands after the first thousand.</param>
/// <param name="Worth">The sum of <see cref="RankDay.Worth"/>: its points after ageing, today.</param>
/// <param name="HalfLifeDays">The age in days at which a vote has lost half of its worth.</param>
/// <param name="PointsPerVote">What a whole vote is worth on the day it is given.</param>
/// <param name="Epoch">d0: the UTC day on which a vote weighs its points times 1000·2^14 units.</param>
/// <param name="Score">The sum of its days' units: what the popular list is sorted by.</param>
/// <param name="Now">When this was worked out.</param>
/// <param name="Days">Its votes by the UTC day they were given, earliest first.</param>
/// <param name="Held">Votes held back until a person has looked; they count nowhere.</param>
/// <param name="Ahead">The idea just before it, if any.</param>
/// <param name="Behind">The idea just after it, if any.</param>
/// <param name="Lists">What each of the board's lists sorts it by.</param>
public sealed record RankExplained(
    int? Place, double Worth, int HalfLifeDays, int PointsPerVote, DateOnly Epoch, long Score, DateTimeOffset Now, IReadOnlyList<RankDay> Days, int Held,
    RankNeighbour? Ahead, RankNeighbour? Behind, IReadOnlyList<RankInList> Lists);

/// <summary>The votes of one day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Promotions">Given that day and standing now.</param>
/// <param name="Demotions">Given that day and standing now.</param>
/// <param name="Net">Thousandths of votes promoted minus those demoted: 1,000 for each whole vote.</param>
/// <param name="UnitsEach">round(P·2^14·2^((day−epoch)/half-life)): what a thousandth given that day weighs.</param>
/// <param name="Units">Net times UnitsEach.</param>
/// <param name="Worth">The same in points, aged until today: Net/1000 · P · 2^(−(today−day)/half-life).</param>
/// <param name="Held">Given that day and held back; in none of the other numbers.</param>
public sealed record RankDay(DateOnly Day, int Promotions, int Demotions, long Net, long UnitsEach, long Units, double Worth, int Held);

/// <summary>Where it stands in one list.</summary>
/// <param name="Order">The list.</param>
/// <param name="Place">From 1; null when it is not in that list, or after its first two hundred (first thousand of the popular one).</param>
/// <param name="Value">What the list sorts by, largest first.</param>
/// <param name="Formula">How that comes about, in words.</param>
public sealed record RankInList(IdeaOrder Order, int? Place, long Value, string Formula);

public sealed record RankNeighbour(IdeaId Idea, string Title, double Worth);

/// <summary>One vote without the voter.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Stance">Promote or demote.</param>
/// <param name="Weight">Thousandths of a whole vote.</param>
/// <param name="Held">True while it is held back and counts nowhere.</param>
public sealed record PublicVote(DateTimeOffset At, Stance Stance, int Weight, bool Held);

/// <summary>Opens the ranking for anybody to recompute.</summary>
public sealed class ExplainRank(Database db, RankEpoch epoch, TimeProvider clock)
{
    private const int PopularPlaces = 1_000;
    private const int OtherPlaces = 200;

    /// <summary>The numbers behind one idea's place.</summary>
    /// <returns>Null when there is no such idea.</returns>
    public async Task<RankExplained?> Of(IdeaId idea, CancellationToken ct)
    {
        var row = await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct);
        if (row is null) return null;
        var board = await epoch.Board(ct);
        var (popularity, now) = (board.Popular, clock.Now());
        var votes = await db.IdeaVoteDays.AsNoTracking().Where(d => d.Idea == idea && (d.Promotions > 0 || d.Demotions > 0 || d.Held > 0)).OrderBy(d => d.Day).ToListAsync(ct);
        var days = votes.ConvertAll(d => Day(d, popularity, now));

        var listed = db.ShownIdeas.AsNoTracking().Where(i => i.Status != IdeaStatus.Archived);
        var ahead = await listed.Where(i => i.Score >= row.Score && (i.Score > row.Score || i.Number > row.Number)).OrderBy(i => i.Score).ThenBy(i => i.Number)
            .Select(i => new { i.Id, i.Title, i.Score }).FirstOrDefaultAsync(ct);
        var behind = await listed.Where(i => i.Score <= row.Score && (i.Score < row.Score || i.Number < row.Number)).OrderByDescending(i => i.Score).ThenByDescending(i => i.Number)
            .Select(i => new { i.Id, i.Title, i.Score }).FirstOrDefaultAsync(ct);
        var lists = await Lists(listed, row, board, ct);
        return new(lists[0].Place, popularity.WorthAt(row.Score, now), board.HalfLifeDays, board.PointsPerVote, popularity.Epoch, row.Score, now, days, row.Held,
            ahead is null ? null : new(ahead.Id, ahead.Title, popularity.WorthAt(ahead.Score, now)),
            behind is null ? null : new(behind.Id, behind.Title, popularity.WorthAt(behind.Score, now)), lists);
    }

    /// <summary>Every vote of an idea, earliest first, without names.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<PublicVote>?> Votes(IdeaId idea, string? after, int? size, CancellationToken ct)
    {
        // A voter's id would make the place unique, and known to everybody; the votes of one microsecond are counted instead.
        if (!Keyset.TryRead<VotePlace>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var (from, seen) = (Time.FromUnixMicroseconds(place?.At ?? 0), Math.Max(0, place?.Seen ?? 0));
        var rows = await db.IdeaVotes.AsNoTracking().Where(v => v.Idea == idea && v.At >= from).OrderBy(v => v.At).ThenBy(v => v.User)
            .Skip(seen).Take(take + 1).Select(v => new PublicVote(v.At, v.Stance, v.Weight, v.Held)).ToListAsync(ct);
        return Keyset.Cut(rows, take, last => new VotePlace(last.At.ToUnixMicroseconds(), rows.Take(take).Count(v => v.At == last.At) + (last.At == from ? seen : 0)));
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/rank", async Task<Results<Ok<RankExplained>, ProblemHttpResult>> (Guid idea, ExplainRank explain, CancellationToken ct) =>
            await explain.Of(new(idea), ct) is { } why ? TypedResults.Ok(why) : Problems.Unknown("idea"))
            .AllowAnonymous().WithSummary("Why it stands where it stands").ProducesProblem(404);
        ideas.MapGet("/{idea:guid}/votes", async Task<Results<Ok<Page<PublicVote>>, ProblemHttpResult>> (
            Guid idea, string? after, int? size, ExplainRank explain, CancellationToken ct) =>
            await explain.Votes(new(idea), after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .AllowAnonymous().WithSummary("Its votes without names, earliest first").ProducesProblem(400);
    }

    // The last vote seen, and how many of the votes of that very microsecond were seen.
    private sealed record VotePlace(long At, int Seen);

    private static RankDay Day(IdeaVoteDay d, Popularity popularity, DateTimeOffset now)
    {
        var day = Days.Of(d.Day);
        var each = popularity.UnitsOf(day);
        return new(day, d.Promotions, d.Demotions, d.Net, each, d.Net * each, popularity.WorthAt(d.Net * each, now), d.Held);
    }

    private static async Task<IReadOnlyList<RankInList>> Lists(IQueryable<Idea> listed, Idea row, IdeaBoard board, CancellationToken ct)
    {
        var isListed = row is { Status: not IdeaStatus.Archived, Standing: IdeaStanding.Shown };
        var (score, points, at, rising, controversy, number) = (row.Score, row.Points, row.At, row.Rising, row.Controversy, row.Number);
        return
        [
            new(IdeaOrder.Popular, await Place(listed.Where(i => i.Score >= score && (i.Score > score || i.Number > number)), PopularPlaces, isListed, ct), score,
                $"Votes by day: thousandths promoted minus demoted, times round({board.PointsPerVote} · 2^14 · 2^((day − {board.Popular.Epoch:yyyy-MM-dd}) / {board.HalfLifeDays})), summed."),
            new(IdeaOrder.Top, await Place(listed.Where(i => i.Points >= points && (i.Points > points || i.Number > number)), OtherPlaces, isListed, ct), points,
                $"{board.PointsPerVote} for each whole vote that promotes, minus {board.PointsPerVote} for each that demotes."),
            new(IdeaOrder.New, await Place(listed.Where(i => i.At >= at && (i.At > at || i.Number > number)), OtherPlaces, isListed, ct), at.ToUnixMicroseconds(),
                "The moment it was posted, in microseconds since 1970."),
            new(IdeaOrder.Rising, await Place(listed.Where(i => i.Rising >= rising && (i.Rising > rising || i.Number > number)), OtherPlaces, isListed && rising > 0, ct), rising,
                $"As the popular list, with a half-life of {board.HalfLifeDays}/7 days counted from {board.Rising.Epoch:yyyy-MM-dd}: {row.Rise}; divided by {VoteTally.Smoothing} + its {row.Promotions + row.Demotions} votes."),
            new(IdeaOrder.Controversial, await Place(listed.Where(i => i.Controversy >= controversy && (i.Controversy > controversy || i.Number > number)), OtherPlaces, isListed && controversy > 0, ct), controversy,
                $"Its {row.Promotions + row.Demotions} votes times the smaller side, {Math.Min(row.Promotions, row.Demotions)}, by the larger, {Math.Max(row.Promotions, row.Demotions)}, rounded down."),
        ];
    }

    private static async Task<int?> Place(IQueryable<Idea> before, int most, bool isIn, CancellationToken ct) =>
        isIn && await before.Take(most).CountAsync(ct) is var count && count < most ? count + 1 : null;
}
