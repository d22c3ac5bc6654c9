using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Finds the sources whose time has come and gives each a job of its own, so that a slow one holds nobody up.</summary>
public sealed record PollSources : IJob;

/// <summary>Asks one source.</summary>
public sealed record AskSource(SourceId Source) : IJob;

internal sealed class PollSourcesRun(Database db, TimeProvider clock) : IRun<PollSources>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public async Task Run(PollSources job, CancellationToken ct)
    {
        var now = clock.Now();
        var due = await db.Set<SourceRow>().Where(s => s.State == SourceState.Active && s.NextTry <= now).Select(s => s.Id).ToListAsync(ct);
        foreach (var source in due)
        {
            var key = "listening.source:" + source.Value;
            if (await db.Set<JobRow>().AnyAsync(j => j.Key == key, ct)) continue;
            db.Enqueue(new AskSource(source), now, key);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                db.ChangeTracker.Clear(); // another node was quicker
            }
        }
    }
}

/// <summary>Reads what is new at a source and keeps it with the new cursor. A failure is shown on the source and tried again with growing pauses, up to an hour.</summary>
internal sealed class AskSourceRun(Database db, IEnumerable<IMentionSource> kinds, ReceiveMentions receive, TimeProvider clock) : IRun<AskSource>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task Run(AskSource job, CancellationToken ct)
    {
        if (await Source(job.Source, ct) is not { State: SourceState.Active, NextTry: not null } source) return;
        var reader = kinds.Single(k => k.Kind == source.Kind);
        try
        {
            await foreach (var batch in reader.Read(new(source.Id, source.Name, Sources.Values(source)), source.Cursor, ct))
            {
                await receive.Run(source.Id, batch.Posts, new Receiving(batch.Cursor, null, batch.Removed), ct);
            }

            await Put(job.Source, null, 0, clock.Now() + reader.Every, ct);
        }
        catch (LaterException later)
        {
            await Put(job.Source, later.Message, source.Failures, later.At, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            var failures = source.Failures + 1;
            var pause = Backoff.After(failures + 3, LongestPause); // 8 s, 16 s, ... an hour
            await Put(job.Source, e is TaskCanceledException ? "The server did not answer in time." : e.Message, failures, clock.Now() + pause, ct);
        }
    }

    private Task<SourceRow?> Source(SourceId id, CancellationToken ct) => db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);

    private Task Put(SourceId id, string? error, int failures, DateTimeOffset next, CancellationToken ct) => db.Set<SourceRow>().Where(s => s.Id == id)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastError, error).SetProperty(s => s.Failures, failures).SetProperty(s => s.NextTry, next).SetProperty(s => s.LastReadAt, clock.Now()), ct);
}
