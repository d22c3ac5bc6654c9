using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Platform;

public sealed partial class FactDispatcher
{
    /// <summary>How many facts of a partition are looked at before cursors are moved: bounds one look when a subscriber is far behind.</summary>
    internal const int PassByWindow = 5_000;

    private sealed record Lag(Subscription Subscription, int Partition, long Position);

    /// <summary>
    /// Moves the cursors of those who handle none of the next facts, all of a partition with one statement, and returns the others. A fact
    /// concerns few of all subscribers: without this each of the others would lock, look and commit for itself, for every fact.
    /// </summary>
    /// <remarks>A cursor moves only if it still stands where it was seen and nobody holds it, so no subscriber that was set back loses a fact.</remarks>
    private async Task<List<Lag>> PassBy(List<Lag> behind, CancellationToken ct)
    {
        if (behind.Count == 0) return behind;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var concerned = new List<Lag>();
        var moves = new List<(int Partition, long From, long To, string[] Subscribers)>();
        foreach (var partition in behind.GroupBy(b => b.Partition))
        {
            var first = partition.Min(b => b.Position);
            var last = await db.Set<FactRow>().Where(f => f.Partition == partition.Key && f.Position > first).OrderBy(f => f.Position).Take(PassByWindow)
                .GroupBy(f => f.Type).Select(g => new { Type = g.Key, Position = g.Max(f => f.Position) }).ToListAsync(ct);
            var end = last.Count == 0 ? first : last.Max(l => l.Position);
            var idle = partition.ToLookup(b => b.Position < end && !last.Any(l => l.Position > b.Position && b.Subscription.Handlers.ContainsKey(l.Type)));
            concerned.AddRange(idle[false]);
            moves.AddRange(idle[true].GroupBy(b => b.Position).Select(g => (partition.Key, g.Key, end, g.Select(b => b.Subscription.Name).ToArray())));
        }

        if (moves.Count == 0) return concerned;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var (partition, from, to, subscribers) in moves)
        {
            var cursors = db.Kind == DatabaseKind.Postgres
                ? db.Set<FactCursor>().FromSql($"SELECT * FROM platform_fact_cursors WHERE partition = {partition} AND position = {from} AND subscriber = ANY ({subscribers}) FOR UPDATE SKIP LOCKED")
                : db.Set<FactCursor>().Where(c => c.Partition == partition && c.Position == from && subscribers.Contains(c.Subscriber));
            var free = await cursors.Select(c => c.Subscriber).ToListAsync(ct);
            await db.Set<FactCursor>().Where(c => c.Partition == partition && free.Contains(c.Subscriber))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, to).SetProperty(c => c.Attempts, 0)
                    .SetProperty(c => c.RetryAt, (DateTimeOffset?)null).SetProperty(c => c.Error, (string?)null), ct);
        }

        await transaction.CommitAsync(ct);
        return concerned;
    }
}
