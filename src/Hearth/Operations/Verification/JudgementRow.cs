using Hearth.Operations.Changes;

namespace Hearth.Operations.Verification;

/// <summary>What was found of a change and a gap: made anew each day until the verdict falls.</summary>
internal sealed class JudgementRow
{
    public required ChangeId ChangeId { get; init; }

    public required GapId GapId { get; init; }

    public Verdict Verdict { get; set; }

    /// <summary>When it was made; the verdict's own time once it has fallen.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>A <see cref="Judgement"/> as JSON.</summary>
    public required string Body { get; set; }
}
