using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A mismatch with the mention that tells it.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Mismatch">What it tells, or what a person made of it.</param>
/// <param name="At">When the mention was written.</param>
public sealed record MentionMismatch(MentionId Mention, Mismatch Mismatch, DateTimeOffset At);

/// <summary>Reads what mentions tell of expectation against experience.</summary>
public sealed class ReadMismatches(Database db)
{
    /// <summary>Those of these mentions, the surest of each first; none of mentions that were removed at their source, and none that are unknown.</summary>
    public async Task<IReadOnlyList<MentionMismatch>> Of(IReadOnlyCollection<MentionId> mentions, CancellationToken ct)
    {
        if (mentions.Count == 0) return [];
        var rows = await db.Set<MismatchRow>().AsNoTracking().Where(m => mentions.Contains(m.Mention)).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Sure).ThenBy(r => r.AboutStart).Select(r => new MentionMismatch(r.Mention, r.Mismatch(), r.At))];
    }
}
