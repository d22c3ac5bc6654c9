using System.Globalization;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>Turns signs into a chance, and into words for the person who decides.</summary>
internal static class Weigh
{
    /// <summary>How likely a group is not honest, 0 to 1, by logistic regression.</summary>
    public static double Chance(Way way, double[] signs)
    {
        var weights = SignWeights.Of(way);
        var odds = 0.0;
        for (var i = 0; i < signs.Length; i++) odds += weights[i] * signs[i];
        return 1 / (1 + Math.Exp(-odds));
    }

    /// <summary>What speaks for it, the strongest first; at most five.</summary>
    public static IReadOnlyList<string> Words(Suspects group, double[] signs)
    {
        var weights = SignWeights.Of(group.Way);
        var n = group.Votes.Length;
        List<string> words = [$"{n} accounts {Drew(group.Way)}"];
        words.AddRange(Enum.GetValues<Sign>()
            .Select(sign => (Weight: weights[(int)sign] * signs[(int)sign], Words: Say(sign, signs[(int)sign], n)))
            .Where(s => s.Weight > 0.3 && s.Words is not null).OrderByDescending(s => s.Weight).Take(4).Select(s => s.Words!));
        return words;
    }

    private static string Drew(Way way) => way switch
    {
        Way.Device => "voted from one browser",
        Way.Network => "voted from one network within days",
        Way.Desk => "voted from one network with browsers that call themselves the same",
        Way.Fresh => "were opened for this vote, with browsers that call themselves the same",
        Way.ThrowAway => "have mail boxes that last minutes",
        Way.Ballot => "voted on exactly the same ideas",
        Way.Link => "followed one link",
        Way.Burst => "were opened within hours and voted at once",
        _ => "vote for each other's ideas",
    };

    private static string? Say(Sign sign, double value, int n) => sign switch
    {
        Sign.OneBrowser when value > 0 => $"{Of(value, n)} share a browser with another of them",
        Sign.Fresh when value > 0.3 => $"{Of(value, n)} were opened within the hour before the vote",
        Sign.OpenedTogether when value > 0.3 => $"{Percent(value)} were opened within 15 minutes of another one",
        Sign.ThrowAway when value > 0 => $"{Of(value, n)} have mail boxes that last minutes",
        Sign.Focus when value > 0.5 => $"{Percent(value)} of what each of them votes on is the same",
        Sign.Single when value > 0.5 => $"{Of(value, n)} voted on nothing else",
        Sign.OneAgent when value > 0.3 => $"far more of them use the same browser than people here do ({Percent(value)} more)",
        Sign.OneNetwork when value > 0.5 => $"{Of(value, n)} come from one network",
        Sign.OneByOne when value > 0.6 => "they come one after the other: no two are ever there at the same time",
        Sign.Regular when value > 0.6 => "they come at even intervals",
        Sign.OneLink when value > 0.5 => $"{Of(value, n)} followed the same link",
        Sign.BrowserGone when value > 0.7 => $"the browsers of {Of(value, n)} were never seen on another day",
        Sign.Mutual when value > 0.3 => $"{Percent(value)} of the pairs among them and the author vote for each other",
        Sign.ShareOfIdea when value > 0.3 => $"they are {Percent(value)} of all votes on the idea",
        Sign.OneSided when value > 0.9 => "nobody voted the other way meanwhile",
        _ => null,
    };

    private static string Of(double share, int n) => $"{Math.Round(share * n)} of {n}";

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
