using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Operations.Verification;

namespace Hearth.App.Desk.Fix;

/// <summary>How the desk says what changes, telling and verdicts name.</summary>
internal static class ChangeWords
{
    public static string Title(ChangeKind kind) => kind switch
    {
        ChangeKind.ProductDesign => "Product design",
        ChangeKind.ServicePolicy => "Service policy",
        var k => k.ToString(),
    };

    public static string Title(ChangeState state) => state == ChangeState.RolledBack ? "Rolled back" : state.ToString();

    public static string Tone(ChangeState state) => state switch { ChangeState.Planned => "warn", ChangeState.Shipped => "info", _ => "neutral" };

    public static string Title(ToldState state) => state switch
    {
        ToldState.ByHand => "To be posted by hand",
        ToldState.Sending => "On its way",
        ToldState.Skipped => "Not told",
        var s => s.ToString(),
    };

    public static string Tone(ToldState state) => state switch
    {
        ToldState.Told => "good",
        ToldState.Failed => "bad",
        ToldState.ByHand or ToldState.Waiting => "warn",
        ToldState.Sending => "info",
        _ => "neutral",
    };

    public static (string Text, string Tone) Of(Verdict verdict) => verdict switch
    {
        Verdict.Fell => ("The talk fell", "good"),
        Verdict.DidNotFall => ("No fall is shown", "bad"),
        Verdict.Unclear => ("Cannot be told", "warn"),
        _ => ("Being measured", "info"),
    };

    /// <summary>"German", or the code itself.</summary>
    public static string Language(string code) => code switch
    {
        "en" => "English",
        "de" => "German",
        "es" => "Spanish",
        "pt" => "Portuguese",
        "fr" => "French",
        "und" => "Language not known",
        _ => code,
    };
}
