using Hearth.Ideas.DoubleDippers;

namespace Hearth.App.Desk.Ideas.Dippers;

/// <summary>How people say what a case of double dipping is.</summary>
internal static class DipperWords
{
    public static string Title(this Way way) => way switch
    {
        Way.Device => "One browser, many accounts",
        Way.Network or Way.Desk => "One place, many accounts",
        Way.Fresh => "Accounts opened to vote",
        Way.ThrowAway => "Mail boxes that last minutes",
        Way.Ballot => "The same ballot again and again",
        Way.Link => "A crowd from a link",
        Way.Burst => "A burst of new accounts",
        _ => "A ring that votes for itself",
    };

    public static string Title(this DipperState state) => state switch
    {
        DipperState.Waiting => "Waiting for you",
        DipperState.Confirmed => "Held for good",
        _ => "Released",
    };

    public static string Tone(this DipperState state) => state switch
    {
        DipperState.Waiting => "warn",
        DipperState.Confirmed => "bad",
        _ => "good",
    };
}
