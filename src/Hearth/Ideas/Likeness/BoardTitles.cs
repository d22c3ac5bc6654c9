using System.Linq.Expressions;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness;

/// <summary>
/// What a node knows of how rare words are on the board: read from at most <see cref="Sample"/> titles, spread over all, and kept for a while. It decides what is looked at and in
/// which order, never what is true, so that it may be a little old.
/// </summary>
public sealed class BoardTitles(TimeProvider clock) : IDisposable
{
    internal const int Sample = 20_000;
    private const int Block = 100;
    private const int WordsOf = 2_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _reading = new(1);
    private (TitleStatistics Titles, DateTimeOffset At, long Last)? _known;

    /// <summary>The statistics, read anew when they are old or the board has grown by a fifth. One reads while the others use the old ones.</summary>
    internal async Task<TitleStatistics> Of(Database db, CancellationToken ct)
    {
        var last = await db.IdeaWordRows.MaxAsync(t => (long?)t.Number, ct) ?? 0;
        if (_known is { } known && last <= known.Last * 1.2 && clock.Now() - known.At < KeptFor) return known.Titles;
        if (!await _reading.WaitAsync(_known is null ? Timeout.Infinite : 0, ct)) return _known!.Value.Titles;
        try
        {
            if (_known is { } read && last <= read.Last * 1.2 && clock.Now() - read.At < KeptFor) return read.Titles;
            var titles = new TitleStatistics(await Read(db, last, Sample, t => t.Title, ct), last, await Read(db, last, WordsOf, t => t.Words ?? "", ct));
            _known = (titles, clock.Now(), last);
            return titles;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private static async Task<List<string>> Read(Database db, long last, int sample, Expression<Func<IdeaWordsRow, string>> what, CancellationToken ct)
    {
        if (last <= sample) return await db.IdeaWordRows.Select(what).ToListAsync(ct);
        var found = new List<string>(sample);
        for (var i = 0; i < sample / Block; i++)
        {
            var from = last * i / (sample / Block);
            found.AddRange(await db.IdeaWordRows.Where(t => t.Number > from).OrderBy(t => t.Number).Take(Block).Select(what).ToListAsync(ct));
        }

        return found;
    }
}
