namespace Hearth.Operations;

/// <summary>Which way a gap may go.</summary>
public static class GapStages
{
    private static readonly Dictionary<GapStage, GapStage[]> Ways = new()
    {
        [GapStage.Proposed] = [GapStage.Open, GapStage.Declined],
        [GapStage.Open] = [GapStage.Investigating, GapStage.ChangePlanned, GapStage.Declined],
        [GapStage.Investigating] = [GapStage.ChangePlanned, GapStage.Open, GapStage.Declined],
        [GapStage.ChangePlanned] = [GapStage.Shipped, GapStage.Open, GapStage.Declined],
        [GapStage.Shipped] = [GapStage.Verifying, GapStage.Verified, GapStage.Reopened],
        [GapStage.Verifying] = [GapStage.Verified, GapStage.Reopened],
        [GapStage.Verified] = [GapStage.Reopened],
        [GapStage.Reopened] = [GapStage.Investigating, GapStage.ChangePlanned, GapStage.Declined],
        [GapStage.Declined] = [GapStage.Open],
    };

    /// <summary>Where a gap may go from a stage, the way forward first.</summary>
    public static IReadOnlyList<GapStage> From(GapStage stage) => Ways[stage];

    public static bool May(GapStage from, GapStage to) => Ways[from].Contains(to);

    /// <summary>Declining is said in public, and going back has to be explained; to accept a proposal is to go forward.</summary>
    public static bool NeedsReason(GapStage from, GapStage to) => to is GapStage.Declined or GapStage.Reopened || (to is GapStage.Open && from is not GapStage.Proposed);

    /// <summary>Where people still meet the cause, a person has said that it is one, and nobody that it stays.</summary>
    public static IReadOnlyList<GapStage> Live { get; } = [GapStage.Open, GapStage.Investigating, GapStage.ChangePlanned, GapStage.Reopened];

    public static bool IsLive(GapStage stage) => Live.Contains(stage);

    /// <summary>As people call it: "change planned".</summary>
    public static string Title(this GapStage stage) => stage == GapStage.ChangePlanned ? "change planned" : stage.ToString().ToLowerInvariant();
}
