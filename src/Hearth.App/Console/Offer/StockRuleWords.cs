using System.Globalization;
using Hearth.App.Public.Outlet;
using Hearth.App.Shared;
using Hearth.Outlet.Rules;

namespace Hearth.App.Desk.Offer;

/// <summary>Rules of stock as sentences.</summary>
internal static class StockRuleWords
{
    public static string When(StockRuleDraft r) => string.Create(CultureInfo.InvariantCulture,
        $"{r.MinFree:N0} free or more, {r.MinAgeDays} days old or older, not offered for {r.RestDays} days{(r.Conditions is { Count: > 0 } some ? ", " + string.Join(" or ", some.Select(c => OfferWords.Of(c).ToLowerInvariant())) : "")}{(string.IsNullOrEmpty(r.Country) ? "" : ", in " + r.Country)}");

    public static string Then(StockRuleDraft r) => string.Create(CultureInfo.InvariantCulture,
        $"{(r.SharePercent == 100 ? "all" : r.SharePercent + " %")} of them, {r.MaxUnits:N0} at most, for {Hours(r.RunHours)}, {(r.PercentOff == 0 ? "at the outlet price" : r.PercentOff + " % off the outlet price")}");

    private static string Hours(int hours) => hours % 24 == 0 ? Words.Count(hours / 24, "day") : Words.Count(hours, "hour");
}
