using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>
/// Keeps the rules that votes are weighed by: the half-life, the points and the epochs, which move before scores could overflow. Whatever of them changes, each score is
/// summed again from its days, in one transaction: what comes out is what would stand there had it been so from the beginning.
/// </summary>
/// <remarks>
/// A vote weighed by one set of rules must not land after they changed. Voters hold them shared until they commit, a change holds them alone:
/// an advisory lock on PostgreSQL; SQLite's single writer gives the same for nothing.
/// </remarks>
public sealed class RankEpoch(Database db, TimeProvider clock)
{
    private const int EpochLock = 0x49444541;

    /// <summary>The ranking of the popular list as it stands, for reading.</summary>
    public async Task<Popularity> Read(CancellationToken ct) => (await Board(ct)).Popular;

    internal async Task<IdeaBoard> Board(CancellationToken ct) =>
        await db.IdeaBoards.AsNoTracking().SingleOrDefaultAsync(ct) ?? IdeaBoard.StartingOn(clock.Now());

    /// <summary>The rules, which stay as they are until the caller's transaction ends.</summary>
    internal async Task<IdeaBoard> Hold(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({EpochLock}, 0)", ct);
        return await db.IdeaBoards.AsNoTracking().SingleOrDefaultAsync(ct) ?? await Begin(ct);
    }

    /// <summary>Moves the epochs to today when they are due. True when there was something to be done.</summary>
    public async Task<bool> MoveIfDue(CancellationToken ct) => await IsDue(ct) && await db.InTransaction(async () =>
    {
        var board = await HoldAlone(ct);
        var now = clock.Now();
        if (!board.IsDue(now)) return false; // somebody else was first
        if (board.Popular.IsDue(now)) board.EpochDay = Days.Number(now);
        if (board.Rising.IsDue(now)) board.RisingEpochDay = Days.Number(now);
        await Weigh(board, ct);
        return true;
    }, ct);

    // Without a row an older version left the board, whose votes are to be weighed for the first time.
    private async Task<bool> IsDue(CancellationToken ct) =>
        await db.IdeaBoards.AsNoTracking().SingleOrDefaultAsync(ct) is not { } board || board.IsDue(clock.Now());

    /// <summary>Puts other rules in force and weighs every vote by them. Returns those that stood before.</summary>
    internal Task<BoardRules> Change(BoardRules rules, UserId by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var board = await HoldAlone(ct);
        var before = board.Rules;
        if (before == rules) return before;
        (board.HalfLifeDays, board.PointsPerVote, board.ArchiveAfterMonths) = (rules.HalfLifeDays, rules.PointsPerVote, rules.ArchiveAfterMonths);
        (board.GuestVotes, board.GuestsPost) = (rules.GuestVotes, rules.GuestsPost);
        if (before.HalfLifeDays != rules.HalfLifeDays || before.PointsPerVote != rules.PointsPerVote)
        {
            board.EpochDay = board.RisingEpochDay = Days.Number(clock.Now()); // the room for scores was measured in the old half-life
            await Weigh(board, ct);
        }

        db.Record(new BoardChanged(before, rules, by, clock.Now()));
        await db.SaveChangesAsync(ct);
        return before;
    }, ct);

    internal async Task<IdeaBoard> HoldAlone(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({EpochLock}, 0)", ct);
        if (await db.IdeaBoards.AsNoTracking().AnyAsync(ct) is false) await Begin(ct);
        return await db.IdeaBoards.SingleAsync(ct);
    }

    // A board that is new, or that an older version left, which weighed its votes by another formula.
    private async Task<IdeaBoard> Begin(CancellationToken ct)
    {
        var board = IdeaBoard.StartingOn(clock.Now());
        var made = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ideas_board (id, half_life_days, points_per_vote, archive_after_months, guest_votes, guests_post, epoch_day, rising_epoch_day)
            VALUES (1, {board.HalfLifeDays}, {board.PointsPerVote}, {board.ArchiveAfterMonths}, {board.GuestVotes}, {board.GuestsPost}, {board.EpochDay}, {board.RisingEpochDay}) ON CONFLICT DO NOTHING
            """, ct);
        if (made == 1) await new RecountVotes(db, this).All(board, ct);
        return await db.IdeaBoards.AsNoTracking().SingleAsync(ct);
    }

    /// <summary>Sums every score again from the days of its votes.</summary>
    internal async Task Weigh(IdeaBoard board, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlRawAsync("CREATE TEMP TABLE ideas_weights (day integer PRIMARY KEY, units bigint NOT NULL, rise bigint NOT NULL)", ct);
        foreach (var some in Weights(board, Days.Number(clock.Now())).Chunk(500))
        {
            var json = JsonSerializer.Serialize(some);
            _ = db.Kind == DatabaseKind.Postgres
                ? await db.Database.ExecuteSqlAsync($"INSERT INTO ideas_weights SELECT (w ->> 0)::integer, (w ->> 1)::bigint, (w ->> 2)::bigint FROM jsonb_array_elements({json}::jsonb) AS w", ct)
                : await db.Database.ExecuteSqlAsync($"INSERT INTO ideas_weights SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each({json})", ct);
        }

        var (points, whole, smoothing) = (board.PointsPerVote, Popularity.WholeVote, VoteTally.Smoothing);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE ideas_ideas SET score = w.score, rise = w.rise, points = net * {points} / {whole}, rising = w.rise / ({smoothing} + promotions + demotions)
            FROM (
                SELECT d.idea, CAST(COALESCE(SUM(d.net * w.units), 0) AS bigint) AS score, CAST(COALESCE(SUM(d.net * w.rise), 0) AS bigint) AS rise
                FROM ideas_vote_days d LEFT JOIN ideas_weights w ON w.day = d.day GROUP BY d.idea) w
            WHERE w.idea = ideas_ideas.id AND (ideas_ideas.score <> w.score OR ideas_ideas.rise <> w.rise
                OR points <> net * {points} / {whole} OR rising <> w.rise / ({smoothing} + promotions + demotions))
            """, ct);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE ideas_weights", ct);
    }

    // What weighs anything: 23 half-lives before the epoch the heaviest vote rounds to nothing. A day more than today, for clocks that disagree.
    private static IEnumerable<long[]> Weights(IdeaBoard board, int today)
    {
        var (popular, rising) = (board.Popular, board.Rising);
        for (var day = Math.Max(0, board.EpochDay - 23 * board.HalfLifeDays); day <= today + 1; day++)
        {
            yield return [day, popular.UnitsOf(Days.Of(day)), rising.UnitsOf(Days.Of(day))];
        }
    }
}

/// <summary>Looks once a day whether the epochs must move.</summary>
public sealed record MoveRankEpoch : IJob;

internal sealed class RankEpochJob(RankEpoch epoch) : IRun<MoveRankEpoch>
{
    public Task Run(MoveRankEpoch job, CancellationToken ct) => epoch.MoveIfDue(ct);
}
