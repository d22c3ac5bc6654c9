using System.Buffers;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>
/// Personal codes: PREFIX-XXXXXXXXXC, nine random characters of an alphabet of 31 without look-alikes (44 bits) and a check character.
/// </summary>
/// <remarks>
/// The check character makes the sum of value × weight (1, 2, 3, ...) zero modulo 31. 31 is prime and no weight reaches it, so every single wrong character
/// and every swap of two neighbours is seen without asking the database; a random guess passes once in 31 times.
/// </remarks>
public static class ClaimCode
{
    private const int RandomLength = 9;
    private static readonly SearchValues<char> Characters = SearchValues.Create(Slug.Alphabet);

    internal static string New(string prefix)
    {
        var body = Slug.Code(RandomLength);
        return $"{prefix}-{body}{Check(body)}";
    }

    /// <summary>What somebody typed, as it is stored: capitals, no blanks.</summary>
    public static string Normal(string typed) => new([.. typed.Where(c => !char.IsWhiteSpace(c)).Select(char.ToUpperInvariant)]);

    /// <summary>True when it has the form of a code and its check character is right; it may still not exist.</summary>
    public static bool IsWellFormed(string code)
    {
        var dash = code.LastIndexOf('-');
        if (dash is < 2 or > 8 || code.Length - dash - 1 != RandomLength + 1) return false;
        var body = code.AsSpan(dash + 1, RandomLength);
        return body.IndexOfAnyExcept(Characters) < 0 && code[^1] == Check(body);
    }

    private static char Check(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++) sum += (i + 1) * Slug.Alphabet.IndexOf(body[i], StringComparison.Ordinal);

        // The check character stands at weight 10: 10·c ≡ −sum (mod 31), and 10·28 = 280 ≡ 1.
        return Slug.Alphabet[(31 - sum % 31) * 28 % 31];
    }
}
