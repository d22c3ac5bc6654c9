using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>
/// Keeps the epoch that vote weights are counted from, and moves it by whole half-lives before scores could overflow: every weight is halved as
/// often as half-lives have passed, and each score is summed again from its votes.
/// </summary>
/// <remarks>
/// A vote weighed against one epoch must not land after the epoch moved. Voters hold the epoch shared until they commit, the move holds it alone:
/// an advisory lock on PostgreSQL; SQLite's single writer gives the same for nothing.
/// </remarks>
public sealed class RankEpoch(Database db, TimeProvider clock)
{
    private const int EpochLock = 0x49444541;

    /// <summary>The ranking as it stands, for reading.</summary>
    public async Task<Popularity> Read(CancellationToken ct) =>
        (await db.IdeaRanks.AsNoTracking().SingleOrDefaultAsync(ct))?.Popularity
        ?? new(Start(clock.Now()), TimeSpan.FromDays(Popularity.DefaultHalfLifeDays));

    /// <summary>The ranking, which stays as it is until the caller's transaction ends.</summary>
    internal async Task<Popularity> Hold(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({EpochLock}, 0)", ct);
        if (await db.IdeaRanks.AsNoTracking().SingleOrDefaultAsync(ct) is { } rank) return rank.Popularity;
        var epoch = Start(clock.Now()).ToUnixMicroseconds();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO ideas_rank (id, epoch, half_life_days) VALUES (1, {epoch}, {Popularity.DefaultHalfLifeDays}) ON CONFLICT DO NOTHING", ct);
        return (await db.IdeaRanks.AsNoTracking().SingleAsync(ct)).Popularity;
    }

    /// <summary>Moves the epoch when it is due. Returns by how many half-lives; 0 when nothing was to be done.</summary>
    public async Task<int> MoveIfDue(CancellationToken ct)
    {
        if ((await Read(ct)).RebaseBy(clock.Now()) == 0) return 0;
        return await db.InTransaction(async () =>
        {
            if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({EpochLock}, 0)", ct);
            var rank = await db.IdeaRanks.SingleOrDefaultAsync(ct);
            if (rank is null || rank.Popularity.RebaseBy(clock.Now()) is not (> 0 and var by)) return 0; // somebody else was first

            // A weight shifted by 62 places is zero, as it would be by more.
            var places = Math.Min(by, 62);
            var half = 1L << (places - 1);
            await db.Database.ExecuteSqlAsync($"UPDATE ideas_votes SET units = (units + {half}) >> {places}", ct);
            await db.Database.ExecuteSqlAsync(
                $"UPDATE ideas_ideas SET score = COALESCE((SELECT SUM(v.units * v.stance) FROM ideas_votes v WHERE v.idea = ideas_ideas.id), 0)", ct);
            rank.Epoch += by * rank.Popularity.HalfLife;
            await db.SaveChangesAsync(ct);
            return by;
        }, ct);
    }

    private static DateTimeOffset Start(DateTimeOffset now) => new(now.UtcDateTime.Date, TimeSpan.Zero);
}

/// <summary>Looks once a day whether the epoch must move.</summary>
public sealed record MoveRankEpoch : IJob;

internal sealed class RankEpochJob(RankEpoch epoch) : IRun<MoveRankEpoch>
{
    public Task Run(MoveRankEpoch job, CancellationToken ct) => epoch.MoveIfDue(ct);
}
