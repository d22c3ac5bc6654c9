using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Keeps the current models in memory. Whether they are still current is asked anew each time, which costs one look at a small index; the bytes are read only after a change.</summary>
public sealed class Readers
{
    private volatile Known _known = new([], Reader.Lexicon);

    /// <summary>The reader as of now; a batch keeps the one it began with.</summary>
    public async Task<Reader> Current(Database db, CancellationToken ct)
    {
        var now = await db.Set<ModelRow>().AsNoTracking().Where(m => m.State == ModelState.Current).OrderBy(m => m.Version).Select(m => m.Version).ToListAsync(ct);
        var known = _known;
        if (known.Versions.SequenceEqual(now)) return known.Reader;
        var models = await db.Set<ModelRow>().AsNoTracking().Where(m => now.Contains(m.Version)).Select(m => new { m.Task, m.Data }).ToListAsync(ct);
        var loaded = models.ConvertAll(m => ModelFile.Load(new MemoryStream(m.Data)));
        var reader = new Reader(now.Count == 0 ? null : now[^1], loaded.Find(m => m.Task == ModelTask.Sentiment), loaded.Find(m => m.Task == ModelTask.Intent), loaded.Find(m => m.Task == ModelTask.Mismatches));
        _known = new(now, reader);
        return reader;
    }

    private sealed record Known(List<int> Versions, Reader Reader);
}
