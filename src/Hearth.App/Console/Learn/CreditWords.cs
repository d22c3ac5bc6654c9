using Hearth.Learning;

namespace Hearth.App.Desk;

/// <summary>How kinds of credit, models and ways are called on pages.</summary>
internal static class CreditWords
{
    public static string Of(CreditKind kind) => kind == CreditKind.Unattributed ? "not attributed" : kind.ToString().ToLowerInvariant();

    public static string Of(CreditColumn column) => column switch
    {
        CreditColumn.Ledger => "Ledger", CreditColumn.LastClick => "Last click", CreditColumn.FirstClick => "First click", CreditColumn.LastNonDirect => "Last non-direct",
        CreditColumn.Linear => "Linear", CreditColumn.Position => "Position 40/20/40", _ => "Time decay",
    };

    public static string Of(TouchWay way) => way switch
    {
        TouchWay.Referred => "Link, from a known page", TouchWay.Direct => "Link, from nowhere known", TouchWay.Code => "Code", _ => "Word of mouth: a personal link",
    };
}
