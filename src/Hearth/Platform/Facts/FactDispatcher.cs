using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Platform;

/// <summary>
/// Hands recorded facts to their subscribers. 1. Find the (subscriber, partition) pairs with facts after their cursor. 2. Move those on whom none
/// of these facts concerns. 3. For each of the others, in one transaction: lock the cursor, run the handlers of up to <see cref="BatchSize"/> facts,
/// move the cursor, commit. 4. On an error do the batch again one by one, so that only the failing fact waits; it is tried again with growing
/// pauses and, after <see cref="MaxAttempts"/>, parked.
/// </summary>
/// <remarks>
/// The lock on the cursor's row is the lease: a node that dies loses its connection, the row is free and nothing of its batch was kept.
/// </remarks>
public sealed partial class FactDispatcher(IServiceScopeFactory scopes, IEnumerable<FactHandler> handlers, FactSignal signal, TimeProvider clock, ILogger<FactDispatcher> log)
    : BackgroundService
{
    internal const int BatchSize = 100;
    internal const int MaxAttempts = 8;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<Subscription> _subscriptions = handlers.Subscriptions();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_subscriptions.Count == 0) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Drain(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e);
            }

            await signal.Wait(LookEvery, stoppingToken);
        }
    }

    /// <summary>Hands on all that is there now. Returns how many facts were passed to handlers.</summary>
    public async Task<int> Drain(CancellationToken ct)
    {
        await Register(ct);
        var handled = 0;
        for (var round = 1; round > 0;)
        {
            round = 0;
            foreach (var lag in await PassBy(await Behind(ct), ct)) round += await Step(lag.Subscription, lag.Partition, ct);
            handled += round;
        }

        return handled;
    }

    /// <summary>True when no subscriber has anything left that it could do now.</summary>
    public async Task<bool> IsIdle(CancellationToken ct) => (await Behind(ct)).Count == 0;

    // A subscriber that is new starts at the first fact: a room added later learns the whole past.
    private async Task Register(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var known = (await db.Set<FactCursor>().AsNoTracking().Select(c => c.Subscriber).Distinct().ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var missing = _subscriptions.Where(s => !known.Contains(s.Name)).ToList();
        if (missing.Count == 0) return;
        try
        {
            await Register(db, missing, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            foreach (var one in missing) // another node registers at the same moment: what it did not is done one by one
            {
                db.ChangeTracker.Clear();
                try
                {
                    await Register(db, [one], ct);
                }
                catch (DbUpdateException again) when (again.IsDuplicateKey())
                {
                    // the other node was first
                }
            }
        }
    }

    private static Task<int> Register(Database db, IEnumerable<Subscription> missing, CancellationToken ct)
    {
        db.AddRange(missing.SelectMany(s => Enumerable.Range(0, FactRow.Partitions).Select(p => new FactCursor { Subscriber = s.Name, Partition = p })));
        return db.SaveChangesAsync(ct);
    }

    private async Task<List<Lag>> Behind(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var now = clock.Now();
        var rows = await db.Set<FactCursor>().AsNoTracking()
            .Where(c => (c.RetryAt == null || c.RetryAt <= now)
                && db.Set<FactRow>().Any(f => f.Partition == c.Partition && f.Position > c.Position))
            .Select(c => new { c.Subscriber, c.Partition, c.Position }).ToListAsync(ct);
        return [.. rows.Join(_subscriptions, r => r.Subscriber, s => s.Name, (r, s) => new Lag(s, r.Partition, r.Position))];
    }

    private async Task<int> Step(Subscription subscription, int partition, CancellationToken ct)
    {
        try
        {
            return await Batch(subscription, partition, BatchSize, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (e.IsPassing()) return 0;
        }

        var handled = 0;
        try
        {
            int one;
            do
            {
                one = await Batch(subscription, partition, 1, ct);
                handled += one;
            }
            while (one > 0 && handled < BatchSize);
        }
        catch (Exception e) when (e is not OperationCanceledException && !e.IsPassing())
        {
            await Postpone(subscription, partition, e, ct);
        }

        return handled;
    }

    private async Task<int> Batch(Subscription subscription, int partition, int size, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Lock(db, subscription, partition, ct) is not { } cursor) return 0;
        if (cursor.RetryAt > clock.Now()) return 0;

        var head = await db.Set<FactRow>().Where(f => f.Partition == partition).MaxAsync(f => (long?)f.Position, ct) ?? 0;
        var types = subscription.Handlers.Keys.ToArray();
        var facts = await db.Set<FactRow>().AsNoTracking()
            .Where(f => f.Partition == partition && f.Position > cursor.Position && f.Position <= head && types.Contains(f.Type))
            .OrderBy(f => f.Position).Take(size).ToListAsync(ct);
        var parked = facts.Count == 0 ? []
            : (await db.Set<ParkedFact>().Where(p => p.Subscriber == subscription.Name).Select(p => p.Subject).Distinct().ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);

        for (var i = 0; i < facts.Count;) i += await Next(facts, i);

        var to = facts.Count == size ? facts[^1].Position : head;
        await db.Set<FactCursor>().Where(c => c.Subscriber == subscription.Name && c.Partition == partition)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, to).SetProperty(c => c.Attempts, 0)
                .SetProperty(c => c.RetryAt, (DateTimeOffset?)null).SetProperty(c => c.Error, (string?)null), ct);
        await transaction.CommitAsync(ct);
        return facts.Count;

        async Task<int> Next(List<FactRow> of, int at)
        {
            var (fact, run) = (of[at], 1);
            var handler = subscription.Handlers[fact.Type];
            if (parked.Contains(fact.Subject))
            {
                db.Add(new ParkedFact { Subscriber = subscription.Name, Position = fact.Position, Subject = fact.Subject, Error = "an earlier fact of this subject is parked", At = clock.Now() });
            }
            else
            {
                using var activity = Telemetry.Source.StartActivity("fact " + fact.Type);
                if (handler.Together is { } together)
                {
                    var many = of.Skip(at).TakeWhile(f => !parked.Contains(f.Subject) && subscription.Handlers[f.Type].Together == together).Select(f => subscription.Handlers[f.Type].Read!(f.Body)).ToList();
                    await ((IHandleTogether)scope.ServiceProvider.GetRequiredService(together)).Handle(many, ct);
                    run = many.Count;
                }
                else
                {
                    await handler.Handle(scope.ServiceProvider, fact.Body, ct);
                }

                Telemetry.FactsHandled.Add(run, new KeyValuePair<string, object?>("subscriber", subscription.Name));
            }

            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            return run;
        }
    }

    // The first fact after the cursor is the one that failed.
    private async Task Postpone(Subscription subscription, int partition, Exception error, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Lock(db, subscription, partition, ct) is not { } cursor) return;
        var types = subscription.Handlers.Keys.ToArray();
        var fact = await db.Set<FactRow>().AsNoTracking().Where(f => f.Partition == partition && f.Position > cursor.Position && types.Contains(f.Type))
            .OrderBy(f => f.Position).FirstAsync(ct);
        db.Attach(cursor);
        if (cursor.Attempts + 1 < MaxAttempts)
        {
            cursor.Attempts++;
            cursor.RetryAt = clock.Now() + Backoff.After(cursor.Attempts);
            cursor.Error = error.Message;
            HandlerFailed(log, error, subscription.Name, fact.Type, fact.Subject, cursor.Attempts);
        }
        else
        {
            db.Add(new ParkedFact { Subscriber = subscription.Name, Position = fact.Position, Subject = fact.Subject, Error = error.ToString(), At = clock.Now() });
            (cursor.Position, cursor.Attempts, cursor.RetryAt, cursor.Error) = (fact.Position, 0, null, null);
            Parked(log, error, subscription.Name, fact.Type, fact.Subject);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<FactCursor?> Lock(Database db, Subscription subscription, int partition, CancellationToken ct)
    {
        var cursors = db.Kind == DatabaseKind.Postgres
            ? db.Set<FactCursor>().FromSql($"SELECT * FROM platform_fact_cursors WHERE subscriber = {subscription.Name} AND partition = {partition} FOR UPDATE SKIP LOCKED")
            : db.Set<FactCursor>().Where(c => c.Subscriber == subscription.Name && c.Partition == partition);
        return (await cursors.AsNoTracking().ToListAsync(ct)).SingleOrDefault();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Handing on facts failed; trying again")]
    private static partial void Failed(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subscriber} failed on {Fact} of {Subject}, attempt {Attempt}")]
    private static partial void HandlerFailed(ILogger log, Exception error, string subscriber, string fact, string subject, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} gave up on {Fact} of {Subject}; it is parked until somebody retries it")]
    private static partial void Parked(ILogger log, Exception error, string subscriber, string fact, string subject);
}
