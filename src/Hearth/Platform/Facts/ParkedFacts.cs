using Microsoft.EntityFrameworkCore;

namespace Hearth.Platform;

/// <summary>Facts that a subscriber gave up on. Nothing is lost: they wait here until somebody has mended the cause and retries them.</summary>
public sealed class ParkedFacts(Database db, IEnumerable<FactHandler> handlers, IServiceProvider scope)
{
    public Task<int> Count(CancellationToken ct) => db.Set<ParkedFact>().CountAsync(ct);

    /// <summary>Hands them on again, oldest first; the first failure ends the retry of its subject. Returns how many were handled.</summary>
    public async Task<int> Retry(CancellationToken ct)
    {
        var handle = handlers.ToDictionary(h => (h.Subscriber, h.FactType), h => h.Handle);
        var waiting = await db.Set<ParkedFact>().AsNoTracking().Join(db.Set<FactRow>(), p => p.Position, f => f.Position, (p, f) => new { Parked = p, Fact = f })
            .OrderBy(x => x.Fact.Position).ToListAsync(ct);
        var failed = new HashSet<(string, string)>();
        var handled = 0;
        foreach (var x in waiting)
        {
            if (failed.Contains((x.Parked.Subscriber, x.Parked.Subject))) continue;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            try
            {
                var mine = await db.Set<ParkedFact>().Where(p => p.Subscriber == x.Parked.Subscriber && p.Position == x.Parked.Position).ExecuteDeleteAsync(ct);
                if (mine == 0) continue; // another node retries at the same time
                if (handle.TryGetValue((x.Parked.Subscriber, x.Fact.Type), out var run)) await run(scope, x.Fact.Body, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                handled++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add((x.Parked.Subscriber, x.Parked.Subject));
            }

            db.ChangeTracker.Clear();
        }

        return handled;
    }
}
