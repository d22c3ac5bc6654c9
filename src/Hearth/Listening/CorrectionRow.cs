using Hearth.Governance;

namespace Hearth.Listening;

/// <summary>One correction by a person, kept for good: it is also what a model may learn from.</summary>
internal sealed class CorrectionRow
{
    public required Guid Id { get; init; }

    public required MentionId Mention { get; init; }

    public required string Field { get; init; }

    public required string Was { get; init; }

    public required string Is { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}
