using System.Globalization;

namespace Hearth.Platform;

/// <summary>
/// An exact amount in the minor unit of an ISO 4217 currency (cents for EUR, whole yen for JPY). Never touches floating point.
/// </summary>
/// <param name="Minor">Whole minor units; negative for a refund.</param>
/// <param name="Currency">Three capital letters, ISO 4217.</param>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    // ISO 4217 table A.1, minor unit other than 2.
    private static readonly Dictionary<string, int> Digits = new(StringComparer.Ordinal)
    {
        ["BHD"] = 3, ["BIF"] = 0, ["CLF"] = 4, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["IQD"] = 3, ["ISK"] = 0, ["JOD"] = 3, ["JPY"] = 0,
        ["KMF"] = 0, ["KRW"] = 0, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["PYG"] = 0, ["RWF"] = 0, ["TND"] = 3, ["UGX"] = 0, ["UYI"] = 0,
        ["UYW"] = 4, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
    };

    /// <summary>How many decimal digits the currency's minor unit has: 0 to 4, 2 for most.</summary>
    public static int MinorDigits(string currency) => Digits.GetValueOrDefault(currency, 2);

    public static bool IsCurrency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Reads a plain decimal with a point ("1299.00", "-3.5", "1200"). No grouping, no exponent, no more digits than the currency has.</summary>
    /// <returns>False when the text is no such amount or does not fit; nothing is rounded.</returns>
    public static bool TryParse(string? text, string? currency, out Money money)
    {
        money = default;
        if (!IsCurrency(currency)) return false;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var amount)) return false;
        try
        {
            var minor = amount * Scale(currency!);
            if (minor != decimal.Truncate(minor)) return false;
            money = new(decimal.ToInt64(minor), currency!);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>The amount in major units, exact.</summary>
    public decimal Amount => Minor / Scale(Currency);

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Same(a).Minor), a.Currency);

    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Same(a).Minor), a.Currency);

    public static Money operator -(Money a) => new(checked(-a.Minor), a.Currency);

    public static Money operator *(Money a, long times) => new(checked(a.Minor * times), a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public int CompareTo(Money other) => Minor.CompareTo(other.Same(this).Minor);

    /// <summary>Splits by weight with the largest remainder (Hamilton's method): the parts sum to the whole, to the minor unit.</summary>
    /// <param name="weights">Not negative, at least one above zero.</param>
    /// <exception cref="ArgumentException">The weights are empty, negative, or sum to zero.</exception>
    public Money[] Split(params ReadOnlySpan<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
        {
            if (weight < 0) throw new ArgumentException("A weight is negative.", nameof(weights));
            total += weight;
        }

        if (total == 0) throw new ArgumentException("The weights sum to zero.", nameof(weights));
        var (sign, whole) = Minor < 0 ? (-1, -(Int128)Minor) : (1, (Int128)Minor);
        var parts = new Int128[weights.Length];
        var remainders = new (Int128 Remainder, int Index)[weights.Length];
        var left = whole;
        for (var i = 0; i < parts.Length; i++)
        {
            (parts[i], var rest) = Int128.DivRem(whole * weights[i], total);
            remainders[i] = (rest, i);
            left -= parts[i];
        }

        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take((int)left)) parts[index]++;
        var currency = Currency;
        return Array.ConvertAll(parts, p => new Money((long)(sign * p), currency));
    }

    /// <summary>"1,299.00 USD" in the invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount.ToString("N" + MinorDigits(Currency), CultureInfo.InvariantCulture)} {Currency}");

    private static decimal Scale(string currency) => MinorDigits(currency) switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => 10000m };

    private Money Same(Money other) => string.Equals(Currency, other.Currency, StringComparison.Ordinal)
        ? this : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix.");
}
