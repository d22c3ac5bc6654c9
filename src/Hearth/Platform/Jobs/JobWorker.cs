using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Platform;

public sealed class JobOptions
{
    /// <summary>How long after its last sign of life a node's job may be taken by another. Default 30 s; renewed at a third of it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// Takes due jobs under a lease and runs them. The lease is renewed while the handler runs; when this node dies it runs out and another node
/// takes the job. A node that lost its lease can no longer finish the job: every write asks for the lease.
/// </summary>
public sealed partial class JobWorker(IServiceScopeFactory scopes, IEnumerable<JobHandler> handlers, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private const int AtOnce = 4;
    private const int ApartAtOnce = 2;
    private readonly TimeSpan _lease = options.Value.Lease;
    private readonly Guid _me = Ids.New();
    private readonly Dictionary<string, JobHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilItWorks(() => Register(stoppingToken), stoppingToken);
        string[] apart = [.. _handlers.Values.Where(h => h.Apart).Select(h => h.Kind)], others = [.. _handlers.Keys.Except(apart, StringComparer.Ordinal)];
        await Task.WhenAll([.. Enumerable.Range(0, AtOnce).Select(_ => Loop(others, stoppingToken)), .. apart.Length == 0 ? [] : Enumerable.Range(0, ApartAtOnce).Select(_ => Loop(apart, stoppingToken))]);
    }

    /// <summary>Runs what is due now, one after the other. Returns how many jobs were run.</summary>
    public async Task<int> Drain(CancellationToken ct)
    {
        await Register(ct);
        var (run, all) = (0, _handlers.Keys.ToArray());
        while (await RunNext(all, ct)) run++;
        return run;
    }

    private async Task Loop(string[] kinds, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            await UntilItWorks(
                async () =>
                {
                    while (await RunNext(kinds, ct)) ct.ThrowIfCancellationRequested();
                },
                ct);
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task UntilItWorks(Func<Task> work, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task Register(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var recurring = _handlers.Values.Where(h => h.Every is not null).Select(h => h.Kind).ToList();
        var known = (await db.Set<JobRow>().Where(j => recurring.Contains(j.Key!)).Select(j => j.Key!).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in recurring.Where(k => !known.Contains(k)))
        {
            // One by one: nodes that start together would wait for each other's keys in a circle.
            db.Add(new JobRow { Id = Ids.New(), Kind = kind, Key = kind, Body = "{}", Due = clock.Now() });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                db.ChangeTracker.Clear(); // another node did it at the same moment
            }
        }
    }

    private async Task<bool> RunNext(string[] kinds, CancellationToken ct)
    {
        if (await Take(kinds, ct) is not { } job) return false;
        var handler = _handlers[job.Kind];
        using var activity = Telemetry.Source.StartActivity("job " + job.Kind);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var done = new CancellationTokenSource();
        var renewing = Renew(job, lost, done.Token);
        string outcome;
        try
        {
            await using (var scope = scopes.CreateAsyncScope()) await handler.Run(scope.ServiceProvider, job.Body, lost.Token);
            outcome = "done";
            if (handler.Every is { } every) await Put(job, clock.Now() + every, 0, null, JobState.Waiting);
            else await Remove(job);
        }
        catch (LaterException later)
        {
            outcome = "later";
            await Put(job, later.At, job.Attempts - 1, later.Message, JobState.Waiting);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outcome = "stopped";
            await Put(job, job.Due, job.Attempts - 1, null, JobState.Waiting);
        }
        catch (Exception e)
        {
            outcome = "failed";
            var over = job.Attempts >= handler.MaxAttempts;
            var pause = Backoff.After(job.Attempts, handler.Every);
            JobFailed(log, e, job.Kind, job.Id, job.Attempts);
            await Put(job, clock.Now() + pause, job.Attempts, e.Message, over ? JobState.Failed : JobState.Waiting);
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }

        Telemetry.JobsRun.Add(1, new("kind", job.Kind), new("outcome", outcome));
        return true;
    }

    private async Task<JobRow?> Take(string[] kinds, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var now = clock.Now();
        var due = await db.Set<JobRow>().AsNoTracking()
            .Where(j => j.State == JobState.Waiting && j.Due <= now && (j.LeaseUntil == null || j.LeaseUntil < now) && kinds.Contains(j.Kind))
            .OrderBy(j => j.Due).ThenBy(j => j.Id).Take(AtOnce * 4).ToListAsync(ct);
        foreach (var job in due)
        {
            var until = now + _lease;
            var taken = await db.Set<JobRow>().Where(j => j.Id == job.Id && j.State == JobState.Waiting && j.Attempts == job.Attempts && (j.LeaseUntil == null || j.LeaseUntil < now))
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseOwner, _me).SetProperty(j => j.LeaseUntil, until).SetProperty(j => j.Attempts, j => j.Attempts + 1), ct);
            if (taken == 0) continue;
            job.Attempts++;
            return job;
        }

        return null;
    }

    private async Task Renew(JobRow job, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(_lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var until = clock.Now() + _lease;
                if (await Mine(job, j => j.ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until), done))) continue;
                await lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // the job is done
        }
        catch (Exception e)
        {
            Failed(log, e); // the lease may run out; whoever takes the job next is told apart by its attempt
        }
    }

    private Task Put(JobRow job, DateTimeOffset due, int attempts, string? error, JobState state) => Mine(job, j => j.ExecuteUpdateAsync(set => set
        .SetProperty(r => r.Due, due).SetProperty(r => r.Attempts, attempts).SetProperty(r => r.Error, error).SetProperty(r => r.State, state)
        .SetProperty(r => r.LeaseOwner, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)));

    private Task Remove(JobRow job) => Mine(job, j => j.ExecuteDeleteAsync());

    private async Task<bool> Mine(JobRow job, Func<IQueryable<JobRow>, Task<int>> write)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        return await write(db.Set<JobRow>().Where(j => j.Id == job.Id && j.LeaseOwner == _me && j.Attempts == job.Attempts)) == 1;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for jobs failed; trying again")]
    private static partial void Failed(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Kind} {Id} failed, attempt {Attempt}")]
    private static partial void JobFailed(ILogger log, Exception error, string kind, Guid id, int attempt);
}
