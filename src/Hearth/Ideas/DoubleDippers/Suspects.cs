namespace Hearth.Ideas.DoubleDippers;

/// <summary>What drew attention to votes on one idea.</summary>
public enum Way
{
    /// <summary>They came from one browser.</summary>
    Device,

    /// <summary>They came from one network within days.</summary>
    Network,

    /// <summary>They came from one network and browsers that call themselves the same.</summary>
    Desk,

    /// <summary>Accounts opened for this vote, from browsers that call themselves the same.</summary>
    Fresh,

    /// <summary>Accounts with mail boxes that last minutes.</summary>
    ThrowAway,

    /// <summary>Accounts that voted on exactly the same ideas.</summary>
    Ballot,

    /// <summary>They followed one link.</summary>
    Link,

    /// <summary>More new accounts in hours than the idea draws in days.</summary>
    Burst,

    /// <summary>Accounts that vote for each other's ideas.</summary>
    Mutual,
}

/// <summary>Votes on one idea that have something in common; whether that is suspicious is to be worked out.</summary>
/// <param name="Way">What they have in common.</param>
/// <param name="Votes">Their places in the index, earliest first; no account twice.</param>
internal readonly record struct Suspects(Way Way, int[] Votes);

/// <summary>Finds the groups worth a look. Every group is of one idea and one direction.</summary>
internal static class FindSuspects
{
    /// <summary>An account that votes within this many minutes of being opened was opened for it.</summary>
    public const double FreshMinutes = 60;

    private const double Day = 24 * 60;

    public static IEnumerable<Suspects> On(TraceIndex index, int idea)
    {
        foreach (var side in index.OfIdea[idea].GroupBy(v => index.Votes[v].Stance))
        {
            var votes = side.ToArray();
            if (votes.Length < 2) continue;
            foreach (var g in Keyed(index, votes, Way.Device, v => v.Device, 2, 60 * Day)) yield return g;
            foreach (var g in Keyed(index, votes, Way.Network, v => v.Network, 3, 1.5 * Day)) yield return g;
            foreach (var g in Keyed(index, votes, Way.Desk, v => v.Network == 0 ? 0 : v.Network ^ long.RotateLeft(v.Agent, 17), 3, 5 * Day)) yield return g;
            var fresh = Array.FindAll(votes, v => index.Votes[v].Minute - index.Since[index.Votes[v].Account] < FreshMinutes);
            foreach (var g in Keyed(index, fresh, Way.Fresh, v => v.Agent, 4, Day / 2)) yield return g;
            foreach (var g in Runs(index, Array.FindAll(votes, v => index.ThrowAway[index.Votes[v].Account]), Way.ThrowAway, 3, 7 * Day)) yield return g;
            foreach (var g in Keyed(index, votes, Way.Ballot, v => Ballot(index, v.Account), 3, 14 * Day)) yield return g;
            foreach (var g in Keyed(index, votes, Way.Link, v => v.Referrer, 10, Day)) yield return g;
            foreach (var g in Runs(index, fresh, Way.Burst, 15, 2 * 60)) yield return g;
            if (side.Key > 0 && index.Author[idea] is >= 0 and var author && Circle(index, votes, author) is { Length: >= 2 } circle) yield return new(Way.Mutual, circle);
        }
    }

    // Friends of the author who have a friend in common with the author: two who like each other's ideas are no ring.
    private static int[] Circle(TraceIndex index, int[] votes, int author) => Array.FindAll(votes, v =>
        index.Friends[author].Contains(index.Votes[v].Account) && index.Friends[index.Votes[v].Account].Overlaps(index.Friends[author]));

    private static IEnumerable<Suspects> Keyed(TraceIndex index, int[] votes, Way way, Func<IndexedVote, long> key, int least, double gap) => votes
        .GroupBy(v => key(index.Votes[v])).Where(g => g.Key != 0 && g.Count() >= least).SelectMany(g => Runs(index, [.. g], way, least, gap));

    // Votes with no longer pause between them than the gap.
    private static IEnumerable<Suspects> Runs(TraceIndex index, int[] votes, Way way, int least, double gap)
    {
        var start = 0;
        for (var i = 1; i <= votes.Length; i++)
        {
            if (i < votes.Length && index.Votes[votes[i]].Minute - index.Votes[votes[i - 1]].Minute <= gap) continue;
            if (i - start >= least) yield return new(way, votes[start..i]);
            start = i;
        }
    }

    // The set of ideas that an account voted on, as one number; 0 for a single one.
    private static long Ballot(TraceIndex index, int account)
    {
        var votes = index.OfAccount[account];
        if (votes.Length < 2) return 0;
        long ballot = 0;
        foreach (var v in votes) ballot += Mixed(index.Votes[v].Idea * 3L + index.Votes[v].Stance);
        return ballot == 0 ? 1 : ballot;
    }

    // The finaliser of SplitMix64 (Steele, Lea & Flood 2014): a sum of its outputs tells sets apart.
    private static long Mixed(long x)
    {
        var z = unchecked((ulong)x + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return unchecked((long)(z ^ (z >> 31)));
    }
}
