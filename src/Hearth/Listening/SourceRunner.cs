using System.Collections.Concurrent;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Listening;

/// <summary>
/// Reads every active source, each in a task of its own, so that a slow one holds nobody up. A lease on the source's row keeps other nodes from it; when this node
/// dies the lease runs out and another one goes on from the last committed cursor. What a person changes takes the lease away, and reading begins anew.
/// </summary>
public sealed partial class SourceRunner(IServiceScopeFactory scopes, IOptions<JobOptions> options, TimeProvider clock, ILogger<SourceRunner> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(10);
    private readonly TimeSpan _lease = options.Value.Lease < LongestLease ? options.Value.Lease : LongestLease;
    private readonly ConcurrentDictionary<SourceId, Reading> _readings = [];

    private sealed record Reading(SourceLease Lease, CancellationTokenSource Stop, Task Done)
    {
        public DateTimeOffset Renewed { get; set; }
    }

    /// <summary>How many sources this node reads at this moment.</summary>
    public int Reads => _readings.Count(r => !r.Value.Done.IsCompleted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            do
            {
                try
                {
                    await Look(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Failed(log, e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            foreach (var reading in _readings.Values) await reading.Stop.CancelAsync();
            await Task.WhenAll(_readings.Values.Select(r => r.Done));
        }
    }

    /// <summary>Reads each polled source that is due, once and to its end, one after the other. Streams are left alone. Returns how many were read.</summary>
    public async Task<int> Drain(CancellationToken ct)
    {
        var read = 0;
        foreach (var source in (await Rows(ct)).Where(s => s.IsFree && !s.IsStream))
        {
            if (await Take(source.Id, ct) is not { } lease) continue;
            await new ReadSource(scopes, clock).Run(lease, once: true, ct);
            read++;
        }

        return read;
    }

    private async Task Look(CancellationToken ct)
    {
        var rows = (await Rows(ct)).ToDictionary(r => r.Id);
        foreach (var (id, reading) in _readings)
        {
            if (reading.Done.IsCompleted)
            {
                _readings.TryRemove(id, out _);
                reading.Stop.Dispose();
            }
            else if (!rows.TryGetValue(id, out var row) || row.Owner != reading.Lease.Owner) await reading.Stop.CancelAsync();
            else if (clock.Now() - reading.Renewed > _lease / 3) await Renew(reading, ct);
        }

        foreach (var row in rows.Values.Where(r => r.IsFree && !_readings.ContainsKey(r.Id)))
        {
            if (await Take(row.Id, ct) is not { } lease) continue;
            var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _readings[row.Id] = new(lease, stop, Task.Run(() => Read(lease, stop.Token), CancellationToken.None)) { Renewed = clock.Now() };
        }
    }

    private async Task Read(SourceLease lease, CancellationToken ct)
    {
        try
        {
            await new ReadSource(scopes, clock).Run(lease, once: false, ct);
        }
        catch (Exception e)
        {
            Broken(log, e, lease.Source.Value); // the lease runs out, and the source is taken up again
        }
    }

    private async Task Renew(Reading reading, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await reading.Lease.Renew(scope.ServiceProvider.GetRequiredService<Database>(), clock.Now(), ct);
            reading.Renewed = clock.Now();
        }
        catch (LeaseLostException)
        {
            await reading.Stop.CancelAsync();
        }
    }

    private async Task<SourceLease?> Take(SourceId source, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var lease = new SourceLease(source, _lease, clock.Now());
        return await lease.Take(scope.ServiceProvider.GetRequiredService<Database>(), ct) ? lease : null;
    }

    private sealed record Row(SourceId Id, Guid? Owner, bool IsFree, bool IsStream);

    private async Task<List<Row>> Rows(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var kinds = scope.ServiceProvider.GetServices<IMentionSource>().ToDictionary(k => k.Kind, StringComparer.Ordinal);
        var now = clock.Now();
        var rows = await scope.ServiceProvider.GetRequiredService<Database>().Set<SourceRow>().Where(s => s.State == SourceState.Active && s.NextTry != null)
            .OrderBy(s => s.NextTry).Select(s => new { s.Id, s.Kind, s.NextTry, s.LeaseOwner, s.LeaseUntil }).ToListAsync(ct);
        return [.. rows.Where(r => kinds.ContainsKey(r.Kind)).Select(r => new Row(r.Id, r.LeaseOwner, r.NextTry <= now && !(r.LeaseUntil >= now), kinds[r.Kind].IsStream))];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking after the sources failed; trying again")]
    private static partial void Failed(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading source {Source} broke off")]
    private static partial void Broken(ILogger log, Exception error, Guid source);
}
