using System.Globalization;
using Hearth.Ideas;

namespace Hearth.App.Public.Ideas.Outcomes;

/// <summary>Addresses and headings of the lists behind "ideas in action".</summary>
internal static class InActionWords
{
    public static string List(InActionList of, string? category = null, DateOnly? month = null) =>
        "/ideas/in-action/list?of=" + of.ToString().ToLowerInvariant() + (category is null ? "" : "&category=" + Uri.EscapeDataString(category)) + (month is { } m ? "&month=" + Short(m) : "");

    /// <summary>"2026-11", as addresses have it.</summary>
    public static string Short(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>"November 2026".</summary>
    public static string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Nov 26", as an axis has room for.</summary>
    public static string Tick(DateOnly month) => month.ToString("MMM yy", CultureInfo.InvariantCulture);

    /// <summary>"12 ideas implemented in November 2026 in Stoves".</summary>
    public static string Heading(long count, InActionList of, DateOnly? month, string? category) =>
        Shared.Words.Count(count, "idea") + " " + of.ToString().ToLowerInvariant() + (month is { } m ? " in " + Month(m) : "") + (category is null ? "" : $" in {category}");
}
