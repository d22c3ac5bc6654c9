using System.IO.MemoryMappedFiles;
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
/// The append-only log of clicks: one file a process, which nobody else writes to. A click is written into the file's pages, which the system keeps, so that it outlives the process;
/// a task syncs to disk what was written since it last did, one sync for all. <see cref="FoldClicks"/> brings clicks into the database and removes files that are through.
/// </summary>
public sealed class ClickLog : IKeepClicks, IAsyncDisposable
{
    /// <summary>The size of a file in bytes; when the next click does not fit, another follows.</summary>
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
    private readonly List<Segment> _full = []; // still to be synced and closed
    private Segment? _now;
    private Segment? _spare; // made ahead: nobody who follows a link waits for a file to be made
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
            var record = _record.AsSpan(0, KeptClick.Write(click, _record));
            if (_now is { } full && !full.Holds(record.Length))
            {
                _full.Add(full);
                (_now, _spare) = (_spare, null);
            }

            (_now ??= Segment.Begin(_settings.Folder)).Append(record);
            synced = _synced.Task;
            if (!_isDirty)
            {
                _isDirty = true;
                _dirty.Release();
            }
        }

        return _settings.WaitForSync ? new(synced) : ValueTask.CompletedTask;
    }

    /// <summary>The file that is written to and how far, in bytes; null before the first click.</summary>
    internal Segment? Current()
    {
        lock (_flush)
        {
            Close(TakeFull());
            lock (_gate) return _now is null ? null : _now with { };
        }
    }

    private List<Segment> TakeFull()
    {
        lock (_gate)
        {
            List<Segment> full = [.. _full];
            _full.Clear();
            return full;
        }
    }

    // Within the lock of syncing: a file that is being synced is closed by nobody else.
    private static void Close(List<Segment> full)
    {
        foreach (var segment in full)
        {
            segment.Sync();
            segment.Dispose(); // from now on it is read like the file of a process that has ended
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
            Segment? segment;
            List<Segment> full;
            bool wantsSpare;
            lock (_gate) // together: what is full by then is closed, and what is written to now is not, though it be full a moment later
            {
                (waiting, _synced, _isDirty, segment, full) = (_synced, New(), false, _now, TakeFull());
                wantsSpare = _spare is null && segment is { IsHalfFull: true };
            }

            try
            {
                Close(full);
                segment?.Sync();
                waiting.TrySetResult();
                if (!wantsSpare) return;
                var spare = Segment.Begin(_settings.Folder);
                lock (_gate) _spare = spare;
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
        lock (_gate)
        {
            if (_now is { } last) _full.Add(last);
            _now = null;
        }

        lock (_flush) Close(TakeFull());
        if (_spare is { } unused)
        {
            unused.Dispose();
            File.Delete(unused.Path);
        }

        _stop.Dispose();
        _dirty.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One file. Whoever has it open for writing alone may; others see by that that its process lives.</summary>
    internal sealed record Segment(string Path, SafeFileHandle File, MemoryMappedFile Map, MemoryMappedViewAccessor Pages) : IDisposable
    {
        /// <summary>How many bytes are written.</summary>
        public long Written { get; private set; }

        public bool IsHalfFull => Written > MaxBytes / 2;

        /// <summary>A file as long as it will be, all zero: writing into it changes no length and asks for no room, so that a sync writes data alone and holds up no writer.</summary>
        public static Segment Begin(string folder)
        {
            var path = System.IO.Path.Combine(folder, Guid.CreateVersion7().ToString("N") + ".clicks");
            var file = System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            var zero = new byte[1 << 20];
            for (long at = 0; at < MaxBytes; at += zero.Length) RandomAccess.Write(file, zero, at);
            RandomAccess.FlushToDisk(file);
            var map = MemoryMappedFile.CreateFromFile(file, null, MaxBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            return new(path, file, map, map.CreateViewAccessor(0, MaxBytes, MemoryMappedFileAccess.ReadWrite));
        }

        public bool Holds(int bytes) => Written + bytes <= MaxBytes;

        public void Append(ReadOnlySpan<byte> record)
        {
            Pages.SafeMemoryMappedViewHandle.WriteSpan((ulong)Written, record);
            Written += record.Length;
        }

        /// <summary>Waits until what is written is on the disk.</summary>
        public void Sync() => Pages.Flush();

        public void Dispose()
        {
            Pages.Dispose();
            Map.Dispose();
            File.Dispose();
        }
    }
}
