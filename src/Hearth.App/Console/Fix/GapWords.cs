using Hearth.Catalog;
using Hearth.Operations;

namespace Hearth.App.Desk.Fix;

/// <summary>How the desk says what gaps and promises name.</summary>
internal static class GapWords
{
    public static string Title(GapStage stage) => stage == GapStage.ChangePlanned ? "Change planned" : stage.ToString();

    public static string Tone(GapStage stage) => stage switch
    {
        GapStage.Open => "bad",
        GapStage.ChangePlanned => "warn",
        GapStage.Shipped => "info",
        GapStage.Verified => "good",
        _ => "neutral",
    };

    /// <summary>What the button says that moves a gap there.</summary>
    public static string Verb(GapStage from, GapStage to) => to switch
    {
        GapStage.ChangePlanned => "A change is planned",
        GapStage.Shipped => "The change has shipped",
        GapStage.Verified => "The talk has changed",
        GapStage.Declined => "Decline it",
        _ => from == GapStage.ChangePlanned ? "Take the plan back" : "Open it again",
    };

    public static string Title(PromisePlace place) => place switch
    {
        PromisePlace.ProductPage => "Product page",
        PromisePlace.ServiceLevel => "Service level",
        var p => p.ToString(),
    };
}
