using System.Globalization;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>Terms of an offer that may be given in more than one way.</summary>
public static class OfferTerms
{
    public const int LeastPercent = 1;
    public const int MostPercent = 95;

    /// <summary>The price that so many percent off the list price leave, rounded down to the minor unit, at least one of it.</summary>
    /// <param name="list">What it costs new.</param>
    /// <param name="percent">0 to 100.</param>
    public static Money PercentOff(Money list, int percent) => list with { Minor = Math.Max(1, (long)((Int128)list.Minor * (100 - percent) / 100)) };

    /// <summary>An offer's price is said as an amount or as percent off the list price; exactly one of both.</summary>
    /// <returns>What is wrong; null when it is right.</returns>
    public static FieldError? Priced(bool hasPrice, int? percent) =>
        hasPrice == percent.HasValue ? new(hasPrice ? "percentOff" : "price", "must be said either as a price or as percent off the list price")
        : percent is < LeastPercent or > MostPercent ? new("percentOff", $"must be from {LeastPercent} to {MostPercent}") : null;
}

/// <summary>Countries that an offer may be limited to: ISO 3166-1 alpha-2.</summary>
public static class Countries
{
    private static readonly Dictionary<string, string> Names = CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name))
        .Where(r => r.TwoLetterISORegionName is { Length: 2 } code && code.All(char.IsAsciiLetterUpper)).DistinctBy(r => r.TwoLetterISORegionName, StringComparer.Ordinal)
        .ToDictionary(r => r.TwoLetterISORegionName, r => r.EnglishName, StringComparer.Ordinal);

    /// <summary>Its English name; null for what is no country.</summary>
    public static string? Name(string code) => Names.GetValueOrDefault(code);

    /// <summary>Two letters in capitals; null for what is no country.</summary>
    public static string? Normal(string? typed) => typed?.Trim().ToUpperInvariant() is { } code && Names.ContainsKey(code) ? code : null;

    /// <summary>Codes that stand in a line ("DE, fr AT").</summary>
    public static IReadOnlyList<string> Listed(string? line) => line?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    // As an offer keeps them: sorted, each once; null for everywhere.
    internal static string? Kept(IReadOnlyList<string>? codes) => codes is null or { Count: 0 } ? null : string.Join(',', codes.Select(c => Normal(c)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    internal static IReadOnlyList<string> Read(string? kept) => kept?.Split(',') ?? [];
}
