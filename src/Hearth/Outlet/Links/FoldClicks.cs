using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Outlet;

/// <summary>
/// Brings the clicks of the log into the database, in batches, and removes files that are through. A click is known by its id, so that what is read again after a crash is
/// kept once. Files whose process has died are read whole. While it runs by itself it rests most of the time, however much waits: those who follow links come first, and
/// what they did may be counted some seconds later.
/// </summary>
public sealed partial class FoldClicks(ClickLog log, IServiceScopeFactory scopes, TimeProvider clock, ILogger<FoldClicks> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private const int Batch = 2_000;
    private const int RestsPerWork = 5;

    private readonly SemaphoreSlim _one = new(1);
    private (string Path, long At) _through = ("", 0);

    /// <summary>Brings in all that is written by now.</summary>
    /// <returns>How many clicks were new to the database.</returns>
    public Task<int> Run(CancellationToken ct) => Run(rests: 0, ct);

    private async Task<int> Run(int rests, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var current = log.Current();
            var added = 0;
            foreach (var path in Directory.EnumerateFiles(log.Folder, "*.clicks").Order(StringComparer.Ordinal).Where(p => p != current?.Path).ToList()) added += await Left(path, rests, ct);
            if (current is not null) added += await Own(current, rests, ct);
            return added;
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                try
                {
                    await Run(RestsPerWork, stoppingToken);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    Failed(logger, fault); // the clicks stay in the log and are tried again
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start brings in what came since the last turn.
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    // Of a process that has died, or a file of ours that is through but was not removed.
    private async Task<int> Left(string path, int rests, CancellationToken ct)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            var length = RandomAccess.GetLength(file);
            var (added, end) = await Bring(file, _through.Path == path ? _through.At : 0, length, rests, ct);
            if (IsTorn(file, end)) Torn(logger, path);
            File.Delete(path);
            return added;
        }
        catch (IOException)
        {
            return 0; // another process writes to it, or has just removed it
        }
    }

    // After the last record a file is all zero.
    private static bool IsTorn(Microsoft.Win32.SafeHandles.SafeFileHandle file, long at)
    {
        Span<byte> next = stackalloc byte[8];
        return RandomAccess.Read(file, next, at) > 0 && next.IndexOfAnyExcept((byte)0) >= 0;
    }

    private async Task<int> Own(ClickLog.Segment segment, int rests, CancellationToken ct)
    {
        // By a handle of its own: the log closes a file that is full.
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var (added, end) = await Bring(file, _through.Path == segment.Path ? _through.At : 0, segment.Written, rests, ct);
        _through = (segment.Path, end);
        return added;
    }

    /// <returns>How many clicks were new, and where the first record begins that is not whole.</returns>
    private async Task<(int Added, long End)> Bring(Microsoft.Win32.SafeHandles.SafeFileHandle file, long at, long end, int rests, CancellationToken ct)
    {
        var bytes = new byte[KeptClick.MaxBytes * 256];
        var added = 0;
        while (at < end)
        {
            var clicks = new List<Click>();
            var read = Fill(file, bytes.AsSpan(0, (int)Math.Min(bytes.Length, end - at)), at);
            var used = 0;
            while (clicks.Count < Batch && KeptClick.Read(bytes.AsSpan(used, read - used), out var length) is { } click)
            {
                clicks.Add(click);
                used += length;
            }

            if (clicks.Count == 0) break;
            var began = clock.GetTimestamp();
            await using (var scope = scopes.CreateAsyncScope()) added += await scope.ServiceProvider.GetRequiredService<KeepClicks>().Take(clicks, ct);
            at += used;
            if (rests > 0) await Task.Delay(clock.GetElapsedTime(began) * rests, clock, ct);
        }

        return (added, at);
    }

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> to, long at)
    {
        var read = 0;
        while (read < to.Length && RandomAccess.Read(file, to[read..], at + read) is > 0 and var more) read += more;
        return read;
    }

    [LoggerMessage(LogLevel.Error, "Clicks could not be brought into the database; they stay in the log")]
    private static partial void Failed(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Warning, "The last record of {Path} is not whole: a click that was being written when the machine stopped")]
    private static partial void Torn(ILogger logger, string path);
}
