namespace Hearth.Operations.Proposals;

/// <summary>When a group of mentions is put before a person. Two ways: suddenly many, or steadily some.</summary>
public static class ProposalRule
{
    /// <summary>People within <see cref="SuddenDays"/> that are needed at the least.</summary>
    public const int Sudden = 5;

    public const int SuddenDays = 7;

    /// <summary>How seldom chance alone may bring so many, going by what was usual in the weeks before.</summary>
    public const double Chance = 0.0001;

    /// <summary>People within <see cref="SteadyDays"/> that are enough, however usual they are.</summary>
    public const int Steady = 15;

    public const int SteadyDays = 28;

    /// <summary>The share it must have of all who complain of the same product in the same days.</summary>
    public const double Share = 0.02;

    /// <summary>A word tells a group from others when it stands in this share of its posts, and <see cref="Apart"/> times as often as in other complaints of the product.</summary>
    public const double InCommon = 1.0 / 3;

    public const double Apart = 3;

    /// <summary>A group that nobody spoke of for so long is closed; whoever speaks of it later begins a new one.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromDays(21);

    /// <summary>What was written longer ago than this is history (a file, a first look at a network) and proposes nothing.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(14);

    /// <summary>How many people are needed, after what people of the brand said of the like before.</summary>
    /// <param name="dismissed">Proposals about the same attribute and way of failing that were declined.</param>
    /// <param name="accepted">Those that were opened.</param>
    /// <returns>5, doubled for each dismissal that no acceptance makes up for, at most 40.</returns>
    public static int Needed(int dismissed, int accepted) => Sudden << Math.Clamp(dismissed - accepted, 0, 3);

    /// <summary>True when it is time.</summary>
    /// <param name="lately">People of the last <see cref="SuddenDays"/> days.</param>
    /// <param name="before">People of the <see cref="SteadyDays"/> days before these.</param>
    /// <param name="steadily">People of the last <see cref="SteadyDays"/> days.</param>
    /// <param name="needed">See <see cref="Needed"/>.</param>
    public static bool IsTime(int lately, int before, int steadily, int needed)
    {
        if (lately >= needed && Tail(lately, (before + 1.0) * SuddenDays / SteadyDays) < Chance) return true;
        return steadily >= Steady * needed / Sudden;
    }

    /// <summary>The probability that a Poisson variable of this mean is at least <paramref name="count"/>.</summary>
    /// <param name="count">From 0.</param>
    /// <param name="mean">Above 0.</param>
    internal static double Tail(int count, double mean)
    {
        // Summed upwards from the count, so that a small tail keeps its digits; the first term by logarithms, since count! overflows.
        var log = -mean + count * Math.Log(mean);
        for (var i = 2; i <= count; i++) log -= Math.Log(i);
        var (term, sum) = (Math.Exp(log), 0.0);
        for (var i = count + 1; term > sum * 1e-12 && i < count + 2000; i++)
        {
            sum += term;
            term *= mean / i;
        }

        return Math.Min(1, sum + term);
    }
}
