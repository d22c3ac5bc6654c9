using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.Listening.Queries;

/// <summary>Reads NEAR/n and ONEAR/n, and what looks as if it was meant so.</summary>
internal static partial class ReadNear
{
    /// <summary>Reads a word as an operator of nearness.</summary>
    /// <returns>Null when it is an ordinary word.</returns>
    public static (int Distance, bool Ordered)? Of(string word, int at, Dialect dialect)
    {
        if (!Shape().IsMatch(word)) return null;
        var parts = word.Split('/');
        var name = parts[0].ToUpperInvariant();
        if (parts.Length == 1)
        {
            if (parts[0] != name) return null; // the word "near"
            throw new WrongException(at, $"{name} needs a distance in words", $"write {name}/5, or put it in \"quotes\" to look for the word itself");
        }

        if (dialect == Dialect.X) throw new WrongException(at, "X has no NEAR", "put it in \"quotes\" to look for these words");
        var ordered = parts[1].EndsWith('f');
        var number = ordered ? parts[1][..^1] : parts[1];
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n);
        if (parts[0] != name) throw new WrongException(at, "operators are written in capitals", $"write {name}/{parts[1]}");
        // Brandwatch counts the words between, Hearth the steps from one to the other.
        if (dialect == Dialect.Brandwatch && isNumber) n++;
        else if (ordered) throw new WrongException(at, "an ordered NEAR is written ONEAR", $"write ONEAR/{number}");
        if (!isNumber || n is < 1 or > Query.Near.MaxDistance)
            throw new WrongException(at, $"the distance of {name} must be a whole number from 1 to {Query.Near.MaxDistance}", $"{name}/1 is side by side, {name}/5 has up to four words between");
        return (n, ordered || name == "ONEAR");
    }

    [GeneratedRegex("^O?NEAR(/[^/]*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
