using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Listening;

/// <summary>
/// Reads one source under a lease: each batch is committed with its cursor before the next is asked for. A failure is written on the source, which is tried again after
/// growing pauses with jitter, up to an hour; who must know is told once (<see cref="SourceFailed"/>) until it works again.
/// </summary>
internal sealed class ReadSource(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>A source that is asked more often than this keeps its lease between two looks.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(8);

    /// <summary>After so many failures in a row, or so long a spell of them, a person is told.</summary>
    private const int ToldAfter = 3;

    private static readonly TimeSpan ToldAfterTime = TimeSpan.FromMinutes(5);

    /// <summary>Reads until the source has no more, fails, or is cancelled. Never throws but for a broken database.</summary>
    /// <param name="lease">Ours.</param>
    /// <param name="once">True to end after one look also where looks are frequent.</param>
    /// <param name="ct">Gives the source back.</param>
    public async Task Run(SourceLease lease, bool once, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        if (await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == lease.Source, CancellationToken.None) is not { } source) return;
        var kind = scope.ServiceProvider.GetServices<IMentionSource>().Single(k => k.Kind == source.Kind);
        try
        {
            var (cursor, every) = (source.Cursor, kind.Pause(new(source.Id, source.Name, Sources.Values(source))));
            while (true)
            {
                cursor = await Look(kind, source, cursor, lease, ct);
                if (once || every > Short) break;
                await Worked(lease, ct);
                await Task.Delay(every, clock, ct);
            }

            await lease.End(db, s => Ended(s, db, every), ct);
        }
        catch (LeaseLostException)
        {
            // whoever has it now writes how it goes
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await lease.End(db, _ => { }, CancellationToken.None);
        }
        catch (LaterException later)
        {
            await lease.End(db, s => (s.LastError, s.NextTry, s.LastReadAt) = (later.Message, later.At, clock.Now()), CancellationToken.None);
        }
        catch (Exception e)
        {
            await lease.End(db, s => Failed(s, db, kind, e), CancellationToken.None);
        }
    }

    private async Task<string?> Look(IMentionSource kind, SourceRow source, string? cursor, SourceLease lease, CancellationToken ct)
    {
        var settings = new SourceSettings(source.Id, source.Name, Sources.Values(source));
        var onlyMatched = !Sources.KeepsAll(kind, settings);
        await foreach (var batch in kind.Read(settings, cursor, ct).WithCancellation(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ReceiveMentions>().Run(source.Id, batch.Posts,
                new Receiving(batch.Cursor, null, batch.Removed, onlyMatched) { RemovedAuthors = batch.RemovedAuthors, Renamed = batch.Renamed, SeenUpTo = batch.Behind, Skipped = batch.Skipped, Lease = lease }, ct);
            cursor = batch.Cursor ?? cursor;
        }

        return cursor;
    }

    // Between two looks of a source that has nothing new: it was asked, and it is well.
    private async Task Worked(SourceLease lease, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await db.InTransaction(async () =>
        {
            await lease.Renew(db, clock.Now(), ct);
            var row = await db.Set<SourceRow>().SingleAsync(s => s.Id == lease.Source, ct);
            row.LastReadAt = clock.Now();
            row.Works(db, clock.Now());
            await db.SaveChangesAsync(ct);
        }, ct);
    }

    private void Ended(SourceRow source, Database db, TimeSpan every)
    {
        var now = clock.Now();
        (source.LastReadAt, source.NextTry) = (now, now + every);
        source.Works(db, now);
    }

    private void Failed(SourceRow source, Database db, IMentionSource kind, Exception error)
    {
        var now = clock.Now();
        source.Failures++;
        source.FailingSince ??= now;
        source.LastReadAt = now;
        source.LastError = Limit(error is OperationCanceledException ? "The server did not answer in time." : error.Message);
        source.NextTry = now + Pause(kind, source.Failures);
        if (source.IsFailureTold || source.Failures < ToldAfter && now - source.FailingSince < ToldAfterTime && error is not ChannelRefusedException) return;
        source.IsFailureTold = true;
        db.Record(new SourceFailed(source.Id, source.LastError, now));
    }

    // A stream that broke off is usually there again in a second. The jitter keeps many readers from coming back to a server in step.
    private static TimeSpan Pause(IMentionSource kind, int failures)
    {
        var first = kind.Every < FirstPause ? kind.Every : FirstPause;
        var pause = first * Math.Pow(2, Math.Min(failures - 1, 20)) * (0.8 + Random.Shared.NextDouble() * 0.4);
        return pause < LongestPause ? pause : LongestPause;
    }

    private static string Limit(string message) => message.Length <= 1_000 ? message : message[..1_000];
}
