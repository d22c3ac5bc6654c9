using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>
/// Spends an account's points before the network does it for us: what would go over waits until enough of them are an hour, or a day, old. A fifth is kept for replies, so that a
/// campaign never silences the people who answer.
/// </summary>
public sealed class PointBudgets(Database db, TimeProvider clock)
{
    private const long Hour = 60;
    private const long Day = 24 * Hour;

    /// <summary>Takes the points, or throws.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="budget">What the network lets it do; null lets everything.</param>
    /// <param name="points">What it costs.</param>
    /// <param name="isReply">True when somebody waits for it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="LaterException">There are not enough now; it says when there are.</exception>
    internal Task Take(ChannelAccountId account, PointBudget? budget, int points, bool isReply, CancellationToken ct) => budget is null ? Task.CompletedTask : db.InTransaction(async () =>
    {
        // The minute's row is written first: whoever else spends at this moment waits for its lock.
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        object key = db.Kind == DatabaseKind.Sqlite ? account.Value.ToByteArray(true) : account.Value;
        await db.Database.ExecuteSqlAsync($"INSERT INTO publishing_points (account, minute, points) VALUES ({key}, {minute}, {points}) ON CONFLICT (account, minute) DO UPDATE SET points = publishing_points.points + {points}", ct);
        await db.Set<PointsRow>().Where(p => p.Account == account && p.Minute <= minute - Day).ExecuteDeleteAsync(ct);
        var spent = await db.Set<PointsRow>().AsNoTracking().Where(p => p.Account == account).OrderBy(p => p.Minute).ToListAsync(ct);
        foreach (var (span, limit, name) in ((long, int, string)[])[(Hour, budget.PerHour, "hour"), (Day, budget.PerDay, "day")])
        {
            var inside = spent.Where(p => p.Minute > minute - span).ToList();
            var over = inside.Sum(p => p.Points) - (isReply ? limit : limit / 5 * 4);
            if (over <= 0) continue;
            var free = inside.SkipWhile(p => (over -= p.Points) > 0).First().Minute + span;
            throw new LaterException(DateTimeOffset.FromUnixTimeSeconds(Math.Max(free, minute + 1) * 60), $"The account has spent what the network allows in {(name == "hour" ? "an hour" : "a day")}{(isReply ? "" : ", but for what is kept for replies")}."); // takes its points back
        }
    }, ct);
}
