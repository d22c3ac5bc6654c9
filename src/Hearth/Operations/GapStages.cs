namespace Hearth.Operations;

/// <summary>Which way a gap may go.</summary>
public static class GapStages
{
    private static readonly Dictionary<GapStage, GapStage[]> Ways = new()
    {
        [GapStage.Open] = [GapStage.ChangePlanned, GapStage.Declined],
        [GapStage.ChangePlanned] = [GapStage.Shipped, GapStage.Open, GapStage.Declined],
        [GapStage.Shipped] = [GapStage.Verified, GapStage.Open],
        [GapStage.Verified] = [GapStage.Open],
        [GapStage.Declined] = [GapStage.Open],
    };

    /// <summary>Where a gap may go from a stage, the way forward first.</summary>
    public static IReadOnlyList<GapStage> From(GapStage stage) => Ways[stage];

    public static bool May(GapStage from, GapStage to) => Ways[from].Contains(to);

    /// <summary>Declining is said in public, and going back has to be explained.</summary>
    public static bool NeedsReason(GapStage to) => to is GapStage.Declined or GapStage.Open;

    /// <summary>True while people still meet the cause and nobody has said that it stays.</summary>
    public static bool IsLive(GapStage stage) => stage is GapStage.Open or GapStage.ChangePlanned;

    /// <summary>As people call it: "change planned".</summary>
    public static string Title(this GapStage stage) => stage == GapStage.ChangePlanned ? "change planned" : stage.ToString().ToLowerInvariant();
}
