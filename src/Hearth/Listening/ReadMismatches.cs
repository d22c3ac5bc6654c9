using Hearth.Listening.Understanding;

namespace Hearth.Listening;

/// <summary>A mismatch with the mention that tells it.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Mismatch">What it tells, or what a person made of it.</param>
/// <param name="At">When the mention was written.</param>
public sealed record MentionMismatch(MentionId Mention, Mismatch Mismatch, DateTimeOffset At);

/// <summary>Reads what mentions tell of expectation against experience.</summary>
public sealed class ReadMismatches
{
    /// <summary>Those of these mentions, the surest of each first; none of mentions that were removed at their source, and none that are unknown.</summary>
    public Task<IReadOnlyList<MentionMismatch>> Of(IReadOnlyCollection<MentionId> mentions, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<MentionMismatch>>([]);
    }
}
