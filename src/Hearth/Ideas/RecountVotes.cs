using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>
/// Works out everything that votes add up to from their rows alone: for whoever moved or filled in rows in bulk. After every single vote the same numbers stand there
/// without it.
/// </summary>
public sealed class RecountVotes(Database db, RankEpoch epoch)
{
    private const string DaysOfVotes = """
        INSERT INTO ideas_vote_days (idea, day, promotions, demotions, net, held)
        SELECT idea, at / 86400000000, SUM(CASE WHEN stance = 1 AND NOT held THEN 1 ELSE 0 END), SUM(CASE WHEN stance = -1 AND NOT held THEN 1 ELSE 0 END),
            SUM(CASE WHEN held THEN 0 ELSE stance * weight END), SUM(CASE WHEN held THEN 1 ELSE 0 END)
        FROM ideas_votes
        """;

    /// <summary>Counts the votes of some ideas again. Costs what their votes cost to read.</summary>
    public Task Of(IReadOnlyCollection<IdeaId> ideas, CancellationToken ct) => db.InTransaction(async () =>
    {
        await epoch.Hold(ct);
        await In(db, ideas, ct);
    }, ct);

    /// <summary>The same inside a transaction that holds the rules.</summary>
    internal static async Task In(Database db, IReadOnlyCollection<IdeaId> ideas, CancellationToken ct)
    {
        var board = await db.IdeaBoards.AsNoTracking().SingleAsync(ct);
        var tallies = await VoteTally.Lock(db, ideas, ct);
        await db.IdeaVoteDays.Where(d => ideas.Contains(d.Idea)).ExecuteDeleteAsync(ct);
        foreach (var idea in tallies.Keys)
        {
            await db.Database.ExecuteSqlRawAsync(DaysOfVotes + " WHERE idea = {0} GROUP BY idea, at / 86400000000", [VoteRows.Key(db, idea.Value)], ct);
        }

        var days = (await db.IdeaVoteDays.AsNoTracking().Where(d => ideas.Contains(d.Idea)).ToListAsync(ct)).ToLookup(d => d.Idea);
        foreach (var tally in tallies.Values)
        {
            (tally.Promotions, tally.Demotions, tally.Held, tally.Net, tally.Score, tally.Rise) = (0, 0, 0, 0, 0, 0);
            foreach (var day in days[tally.Idea]) tally.Add(new(day.Idea, day.Day, day.Promotions, day.Demotions, day.Net, day.Held), board);
        }

        await VoteTally.Write(db, tallies.Values, board, ct);
    }

    /// <summary>Counts all votes of the board again. Voting waits meanwhile.</summary>
    public Task All(CancellationToken ct) => db.InTransaction(async () => await All(await epoch.HoldAlone(ct), ct), ct);

    internal async Task All(IdeaBoard board, CancellationToken ct)
    {
        await db.IdeaVoteDays.ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlRawAsync(DaysOfVotes + " GROUP BY idea, at / 86400000000", ct);
        await db.Database.ExecuteSqlRawAsync(
            """
            UPDATE ideas_ideas SET promotions = 0, demotions = 0, held = 0, net = 0, score = 0, rise = 0, rising = 0, controversy = 0, points = 0
            WHERE (promotions <> 0 OR demotions <> 0 OR held <> 0) AND NOT EXISTS (SELECT 1 FROM ideas_vote_days d WHERE d.idea = ideas_ideas.id)
            """, ct);
        await db.Database.ExecuteSqlRawAsync(
            """
            UPDATE ideas_ideas SET promotions = w.promotions, demotions = w.demotions, held = w.held, net = w.net, controversy = CASE
                WHEN w.promotions = 0 OR w.demotions = 0 THEN 0
                WHEN w.promotions < w.demotions THEN (w.promotions + w.demotions) * w.promotions / w.demotions
                ELSE (w.promotions + w.demotions) * w.demotions / w.promotions END
            FROM (
                SELECT idea, SUM(promotions) AS promotions, SUM(demotions) AS demotions, SUM(held) AS held, CAST(SUM(net) AS bigint) AS net
                FROM ideas_vote_days GROUP BY idea) w
            WHERE w.idea = ideas_ideas.id
            """, ct);
        await epoch.Weigh(board, ct);
    }
}
