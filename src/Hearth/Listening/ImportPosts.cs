using Hearth.Channels.Files;

namespace Hearth.Listening;

/// <summary>What an import did. <c>read = kept + repeated + edited + rejected + passedOver</c>.</summary>
/// <param name="Read">Rows or items of the file.</param>
/// <param name="Kept">New mentions.</param>
/// <param name="Repeated">Posts that were there already.</param>
/// <param name="Rejected">Rows that could not be used.</param>
/// <param name="Seconds">From opening to the last commit.</param>
/// <param name="Errors">The first <see cref="ImportPosts.MaxErrors"/> refusals.</param>
/// <param name="PassedOver">Items that are no public post (a like, a follow, a boost without its text), deletions, and posts that were deleted before.</param>
/// <param name="Edited">Mentions whose text was replaced by a newer one.</param>
/// <param name="IsStopped">True when somebody stopped it before the end of the file; run it again to go on.</param>
public sealed record ImportedPosts(long Read, long Kept, long Repeated, long Rejected, double Seconds, IReadOnlyList<ImportError> Errors, long PassedOver = 0, long Edited = 0, bool IsStopped = false);

/// <summary>One row that was refused.</summary>
/// <param name="Line">Where it starts, from 1.</param>
/// <param name="Reason">For a person.</param>
public sealed record ImportError(long Line, string Reason);

/// <summary>
/// Takes the posts of a file in: CSV, JSONL, Jetstream lines or Mastodon statuses. Batches of <see cref="BatchSize"/> are kept one by one, so an import may be stopped at any
/// moment and run again: what is there already counts as repeated.
/// </summary>
public sealed class ImportPosts(Sources sources, ReceiveMentions receive, TimeProvider clock)
{
    public const int BatchSize = 500;
    public const int MaxErrors = 20;

    /// <summary>Imports a file.</summary>
    /// <param name="file">Gzipped or not.</param>
    /// <param name="source">Name of the source the posts belong to; ids are compared within it.</param>
    /// <param name="format">Null to tell it by the file's beginning.</param>
    /// <param name="columns">Which column of a CSV or JSONL file holds what.</param>
    /// <param name="engage">True when the posts open conversations.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="ct">Stops it; what was kept until then is in the answer.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be used; nothing was kept.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to a source that is no file.</exception>
    public async Task<ImportedPosts> Run(Stream file, string source, PostFormat? format, PostColumns columns, bool engage, IProgress<ImportedPosts>? progress, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var done = new Tally();
        SourceId? id = null;
        var batch = new List<(long Line, IncomingPost Post)>(BatchSize);
        var removed = new List<string>();
        var isStopped = false;
        try
        {
            await foreach (var item in FilePosts.Read(file, format, columns, ct))
            {
                done.Read++;
                if (item.Error is not null) done.Reject(item.Line, item.Error);
                else if (item.Post is { } post) batch.Add((item.Line, post));
                else done.PassedOver++;
                if (item.Removed is not null) removed.Add(item.Removed);
                if (batch.Count == BatchSize || removed.Count == BatchSize) await Keep();
                else if (done.Read % 10_000 == 0) Tell();
            }

            await Keep();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            (done.Read, isStopped) = (done.Read - batch.Count, true); // what was read and not kept will be read again
        }

        return done.Result(clock.GetElapsedTime(started), isStopped);

        async Task Keep()
        {
            id ??= await sources.ForFile(source, ct);
            if (batch.Count == 0 && removed.Count == 0) return;
            var received = await receive.Run(id.Value, batch.ConvertAll(b => b.Post), new Receiving(Engage: engage, Removed: removed), ct);
            done.Kept += received.Kept;
            done.Repeated += received.Repeated;
            done.Edited += received.Edited;
            done.PassedOver += received.Left;
            foreach (var rejected in received.Rejected) done.Reject(batch[rejected.Index].Line, rejected.Reason);
            batch.Clear();
            removed.Clear();
            Tell();
        }

        void Tell() => progress?.Report(done.Result(clock.GetElapsedTime(started), false));
    }

    private sealed class Tally
    {
        private readonly List<ImportError> _errors = [];
        private long _rejected;

        public long Read { get; set; }

        public long Kept { get; set; }

        public long Repeated { get; set; }

        public long Edited { get; set; }

        public long PassedOver { get; set; }

        public void Reject(long line, string reason)
        {
            _rejected++;
            if (_errors.Count < MaxErrors) _errors.Add(new(line, reason));
        }

        public ImportedPosts Result(TimeSpan elapsed, bool isStopped) =>
            new(Read, Kept, Repeated, _rejected, Math.Round(elapsed.TotalSeconds, 3), [.. _errors], PassedOver, Edited, isStopped);
    }
}
