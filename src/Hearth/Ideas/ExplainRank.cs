using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>Why an idea stands where it stands: everything needed to work it out again.</summary>
/// <param name="Place">Its place in the popular list, from 1; null when it is archived and so not in it.</param>
/// <param name="Worth">The sum of <see cref="RankDay.Worth"/>: its points after ageing, now.</param>
/// <param name="HalfLifeDays">The age in days at which a vote has lost half of its worth.</param>
/// <param name="Epoch">t0: where a vote weighs 10·2^20 units.</param>
/// <param name="Score">The sum of its votes' units, demotions subtracted: what the list is sorted by.</param>
/// <param name="Now">When this was worked out.</param>
/// <param name="Days">Its votes by the UTC day they were given, earliest first.</param>
/// <param name="Ahead">The idea just before it, if any.</param>
/// <param name="Behind">The idea just after it, if any.</param>
public sealed record RankExplained(
    int? Place, double Worth, double HalfLifeDays, DateTimeOffset Epoch, long Score, DateTimeOffset Now, IReadOnlyList<RankDay> Days,
    RankNeighbour? Ahead, RankNeighbour? Behind);

/// <summary>The votes of one day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Promotions">Given that day and standing now.</param>
/// <param name="Demotions">Given that day and standing now.</param>
/// <param name="Units">Their weights, demotions subtracted.</param>
/// <param name="Worth">The same in points, aged until now.</param>
public sealed record RankDay(DateOnly Day, int Promotions, int Demotions, long Units, double Worth);

public sealed record RankNeighbour(IdeaId Idea, string Title, double Worth);

/// <summary>One vote without the voter.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Stance">Promote or demote.</param>
/// <param name="Units">round(10·2^20·2^((at−epoch)/half-life)); once the epoch has moved, that number halved and rounded per half-life moved.</param>
public sealed record PublicVote(DateTimeOffset At, Stance Stance, long Units);

/// <summary>Opens the ranking for anybody to recompute.</summary>
public sealed class ExplainRank(Database db, RankEpoch epoch, TimeProvider clock)
{
    /// <summary>The numbers behind one idea's place.</summary>
    /// <returns>Null when there is no such idea.</returns>
    public async Task<RankExplained?> Of(IdeaId idea, CancellationToken ct)
    {
        var row = await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct);
        if (row is null) return null;
        var popularity = await epoch.Read(ct);
        var now = clock.Now();
        var votes = await db.IdeaVotes.AsNoTracking().Where(v => v.Idea == idea).Select(v => new PublicVote(v.At, v.Stance, v.Units)).ToListAsync(ct);
        var days = votes.GroupBy(v => DateOnly.FromDateTime(v.At.UtcDateTime)).OrderBy(g => g.Key).Select(g => Day(g.Key, [.. g], popularity, now)).ToList();

        var listed = db.Ideas.AsNoTracking().Where(i => i.Status != IdeaStatus.Archived);
        var before = listed.Where(i => i.Score > row.Score || (i.Score == row.Score && i.Number > row.Number));
        var after = listed.Where(i => i.Score < row.Score || (i.Score == row.Score && i.Number < row.Number));
        var ahead = await before.OrderBy(i => i.Score).ThenBy(i => i.Number).FirstOrDefaultAsync(ct);
        var behind = await after.OrderByDescending(i => i.Score).ThenByDescending(i => i.Number).FirstOrDefaultAsync(ct);
        return new(row.Status == IdeaStatus.Archived ? null : await before.CountAsync(ct) + 1, popularity.WorthAt(row.Score, now),
            popularity.HalfLife.TotalDays, popularity.Epoch, row.Score, now, days, Neighbour(ahead), Neighbour(behind));

        RankNeighbour? Neighbour(Idea? other) => other is null ? null : new(other.Id, other.Title, popularity.WorthAt(other.Score, now));
    }

    /// <summary>Every vote of an idea, earliest first, without names.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<PublicVote>?> Votes(IdeaId idea, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<int?>(after, out var skip)) return null;
        var take = Keyset.Size(size);
        var rows = await db.IdeaVotes.AsNoTracking().Where(v => v.Idea == idea).OrderBy(v => v.At).ThenBy(v => v.User)
            .Skip(Math.Max(0, skip ?? 0)).Select(v => new PublicVote(v.At, v.Stance, v.Units)).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, _ => (skip ?? 0) + take);
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

    private static RankDay Day(DateOnly day, IReadOnlyCollection<PublicVote> votes, Popularity popularity, DateTimeOffset now)
    {
        var units = votes.Sum(v => (int)v.Stance * v.Units);
        return new(day, votes.Count(v => v.Stance == Stance.Promote), votes.Count(v => v.Stance == Stance.Demote), units, popularity.WorthAt(units, now));
    }
}
