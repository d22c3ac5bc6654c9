using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>Keeps the current ranker in memory. Whether it is still current is asked anew each time, which costs one look at a small index; its bytes are read only after a change.</summary>
public sealed class Rankers
{
    private volatile Known _known = new(null, null);

    /// <summary>Null while none was learned, or none is used.</summary>
    internal async Task<LearnedOrder?> Current(Database db, CancellationToken ct)
    {
        var version = await db.IdeaRankers.Where(r => r.State == RankerState.Current).Select(r => (int?)r.Version).FirstOrDefaultAsync(ct);
        var known = _known;
        if (known.Version == version) return known.Order;
        var data = await db.IdeaRankers.Where(r => r.Version == version).Select(r => r.Data).SingleOrDefaultAsync(ct);
        var order = data is null ? null : LearnedOrder.Load(data);
        _known = new(version, order);
        return order;
    }

    private sealed record Known(int? Version, LearnedOrder? Order);
}
