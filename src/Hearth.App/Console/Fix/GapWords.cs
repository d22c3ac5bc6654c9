using Hearth.Catalog;
using Hearth.Operations;
using Hearth.Operations.Proposals;

namespace Hearth.App.Desk.Fix;

/// <summary>How the desk says what gaps and promises name.</summary>
internal static class GapWords
{
    public static string Title(GapStage stage) => stage == GapStage.ChangePlanned ? "Change planned" : stage.ToString();

    public static string Tone(GapStage stage) => stage switch
    {
        GapStage.Proposed => "accent",
        GapStage.Open or GapStage.Reopened => "bad",
        GapStage.Investigating or GapStage.ChangePlanned => "warn",
        GapStage.Shipped or GapStage.Verifying => "info",
        GapStage.Verified => "good",
        _ => "neutral",
    };

    /// <summary>What the button says that moves a gap there.</summary>
    public static string Verb(GapStage from, GapStage to) => to switch
    {
        GapStage.Investigating => "Look for the cause",
        GapStage.ChangePlanned => "A change is planned",
        GapStage.Shipped => "The change has shipped",
        GapStage.Verifying => "Watch the talk now",
        GapStage.Verified => "The talk has changed",
        GapStage.Reopened => "It is not gone",
        GapStage.Declined => from == GapStage.Proposed ? "It is none" : "Decline it",
        _ => from switch
        {
            GapStage.Proposed => "It is one: open it",
            GapStage.ChangePlanned => "Take the plan back",
            GapStage.Investigating => "Put it back",
            _ => "Open it again",
        },
    };

    /// <summary>What a mover has to say, or may.</summary>
    public static string Asks(GapStage from, GapStage to) => to switch
    {
        GapStage.Declined => "Reason, said in public",
        _ when GapStages.NeedsReason(from, to) => "Why",
        GapStage.ChangePlanned or GapStage.Shipped => "What changes",
        GapStage.Verified => "How it is known",
        _ => "A word to those who follow it",
    };

    /// <summary>Whether more or fewer speak of it than before; null when it stays about the same, or nobody does.</summary>
    public static (string Sign, string Title, string Class)? Trend(GapCost made)
    {
        var title = $"{Hearth.App.Shared.Words.Count(made.Lately, "post")} in the last 14 days, {made.Before} in the 14 before";
        return made.Trend switch
        {
            >= 1.25 => ("↑", title, "up"),
            <= 0.8 => ("↓", title, "down"),
            _ => null,
        };
    }

    public static string Title(PromisePlace place) => place switch
    {
        PromisePlace.ProductPage => "Product page",
        PromisePlace.ServiceLevel => "Service level",
        var p => p.ToString(),
    };
}
