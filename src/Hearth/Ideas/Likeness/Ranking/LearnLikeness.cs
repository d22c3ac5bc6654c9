using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>Learns the order of likeness anew once enough was said that is new. Run by one node; killed at any moment, nothing of it is kept.</summary>
public sealed record LearnLikeness : IJob;

internal sealed class LearnLikenessRun(Database db, LikenessRankers rankers) : IRun<LearnLikeness>
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>New merges and choices since the last version, as a share of those before.</summary>
    private const double More = 0.1;

    public async Task Run(LearnLikeness job, CancellationToken ct)
    {
        var said = (await rankers.Said(ct)).Teaching;
        var last = await db.IdeaRankers.OrderByDescending(r => r.Version).Select(r => r.Said).FirstOrDefaultAsync(ct);
        if (said >= LikenessRankers.Least && said >= last * (1 + More)) await rankers.Learn("the board, by itself", ct);
    }
}
