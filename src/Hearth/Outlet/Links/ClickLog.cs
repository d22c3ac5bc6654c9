using Microsoft.Win32.SafeHandles;

namespace Hearth.Outlet;

/// <summary>How clicks are kept.</summary>
/// <param name="Folder">Where the log stands; made when it is missing.</param>
/// <param name="WaitForSync">True: nobody is led on before their click is on the disk. False: it is written before, and on the disk a few milliseconds after, so that a killed process loses none and a power cut at most the last ones.</param>
public sealed record ClickLogSettings(string Folder, bool WaitForSync = false)
{
    /// <summary>The longest that a click waits for the disk when nobody waits for it.</summary>
    public static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(5);
}

/// <summary>Keeps a click before its visitor is led on.</summary>
public interface IKeepClicks
{
    /// <summary>Done once the click is kept.</summary>
    internal ValueTask Keep(Click click);
}

/// <summary>
/// The append-only log of clicks: one file a process, which nobody else writes to. A click is written by one call to the system, so that it outlives the process;
/// a task syncs to disk what was written since it last did, one sync for all. <see cref="FoldClicks"/> brings clicks into the database and removes files that are through.
/// </summary>
public sealed class ClickLog : IKeepClicks, IAsyncDisposable
{
    /// <summary>A file of this size is followed by a new one, in bytes.</summary>
    public const long MaxBytes = 8 << 20;

    private readonly ClickLogSettings _settings;
    private readonly Lock _gate = new();
    private readonly Lock _flush = new();
    private readonly byte[] _record = new byte[KeptClick.MaxBytes];
    private readonly SemaphoreSlim _dirty = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _syncing;
    private readonly TimeProvider _clock;
    private TaskCompletionSource _synced = New();
    private Segment? _now;
    private bool _isDirty;
    private int _ended;

    public ClickLog(ClickLogSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        Directory.CreateDirectory(settings.Folder);
        _syncing = Task.Run(Sync);
    }

    internal string Folder => _settings.Folder;

    ValueTask IKeepClicks.Keep(Click click)
    {
        Task synced;
        lock (_gate)
        {
            var segment = _now ??= Segment.Begin(_settings.Folder);
            var length = KeptClick.Write(click, _record);
            RandomAccess.Write(segment.File, _record.AsSpan(0, length), segment.Written);
            segment.Written += length;
            synced = _synced.Task;
            if (!_isDirty)
            {
                _isDirty = true;
                _dirty.Release();
            }
        }

        return _settings.WaitForSync ? new(synced) : ValueTask.CompletedTask;
    }

    /// <summary>The file that is written to and how far, in bytes; null before the first click. One that is long enough is ended: the next click begins another.</summary>
    internal Segment? Current(bool andEnd = false)
    {
        lock (_flush)
        {
            Segment? segment;
            lock (_gate)
            {
                segment = _now;
                if (segment is null) return null;
                segment.IsEnded = andEnd || segment.Written >= MaxBytes;
                if (segment.IsEnded) _now = null;
                segment = segment with { };
            }

            if (segment.IsEnded) RandomAccess.FlushToDisk(segment.File); // whoever waits for the disk may wait for a click in it
            return segment;
        }
    }

    private async Task Sync()
    {
        try
        {
            while (true)
            {
                await _dirty.WaitAsync(_stop.Token);
                if (!_settings.WaitForSync) await Task.Delay(ClickLogSettings.SyncEvery, _clock, _stop.Token);
                Flush();
            }
        }
        catch (OperationCanceledException)
        {
            Flush();
        }
    }

    private void Flush()
    {
        lock (_flush)
        {
            TaskCompletionSource waiting;
            SafeFileHandle? file;
            lock (_gate)
            {
                (waiting, _synced, _isDirty, file) = (_synced, New(), false, _now?.File);
            }

            try
            {
                if (file is { IsClosed: false }) RandomAccess.FlushToDisk(file);
                waiting.TrySetResult();
            }
            catch (IOException fault)
            {
                waiting.TrySetException(fault);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1) return; // whoever knows it by two names ends it twice
        await _stop.CancelAsync();
        await _syncing;
        Current(andEnd: true)?.File.Dispose();
        _stop.Dispose();
        _dirty.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One file. Whoever has it open for writing alone may; others see by that that its process lives.</summary>
    internal sealed record Segment(string Path, SafeFileHandle File)
    {
        /// <summary>How many bytes are written.</summary>
        public long Written { get; set; }

        /// <summary>True when nothing is written to it any more.</summary>
        public bool IsEnded { get; set; }

        /// <summary>A file as long as it will be, all zero: writing into it changes no length, so that a sync writes data alone and holds up no writer.</summary>
        public static Segment Begin(string folder)
        {
            var path = System.IO.Path.Combine(folder, Guid.CreateVersion7().ToString("N") + ".clicks");
            var file = System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            var zero = new byte[1 << 20];
            for (long at = 0; at < MaxBytes; at += zero.Length) RandomAccess.Write(file, zero, at);
            RandomAccess.FlushToDisk(file);
            return new(path, file);
        }
    }
}
