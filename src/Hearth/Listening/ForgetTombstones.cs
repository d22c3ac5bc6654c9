using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Forgets deletions whose post has not come in all the time that a source may be late.</summary>
public sealed record ForgetTombstones : IJob;

internal sealed class ForgetTombstonesRun(Database db, TimeProvider clock) : IRun<ForgetTombstones>
{
    public Task Run(ForgetTombstones job, CancellationToken ct)
    {
        var old = clock.Now() - MentionChanges.Remembered;
        return db.Set<TombstoneRow>().Where(t => t.At < old).ExecuteDeleteAsync(ct);
    }
}
