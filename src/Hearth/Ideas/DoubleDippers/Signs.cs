namespace Hearth.Ideas.DoubleDippers;

/// <summary>What speaks for or against one hand behind a group of votes. Shares run from 0 to 1.</summary>
internal enum Sign
{
    /// <summary>Always 1.</summary>
    Base,

    /// <summary>The logarithm to base 2 of the number of accounts.</summary>
    Many,

    /// <summary>The share of accounts whose browser is another one's too.</summary>
    OneBrowser,

    /// <summary>The share of accounts opened within an hour before this vote.</summary>
    Fresh,

    /// <summary>The share of accounts opened within 15 minutes of the one before.</summary>
    OpenedTogether,

    /// <summary>The share of accounts with a mail box that lasts minutes.</summary>
    ThrowAway,

    /// <summary>The mean share of an account's votes that lie on what half of the group voted on.</summary>
    Focus,

    /// <summary>The share of accounts that voted on nothing else.</summary>
    Single,

    /// <summary>By how much more of them call their browser the same than the board's browsers would.</summary>
    OneAgent,

    /// <summary>The share of the accounts on the network most of them use.</summary>
    OneNetwork,

    /// <summary>A tenth of the logarithm (natural) of the accounts on that network which are not of the group, plus one.</summary>
    Crowd,

    /// <summary>The share of neighbouring sessions that do not overlap, among those less than an hour apart; one half when there are none.</summary>
    OneByOne,

    /// <summary>1 when the pauses between votes are all alike, towards 0 the more they vary.</summary>
    Regular,

    /// <summary>The share of accounts that followed the same link.</summary>
    OneLink,

    /// <summary>The logarithm (natural) of the number of ideas that half of the group voted on.</summary>
    Common,

    /// <summary>The share of accounts that were active on two days or more.</summary>
    Returning,

    /// <summary>The share of accounts whose browser was seen on one day only.</summary>
    BrowserGone,

    /// <summary>A tenth of the logarithm (natural) of the median minutes from opening the account to this vote, plus one.</summary>
    Patience,

    /// <summary>The share of accounts with an idea of their own.</summary>
    Authors,

    /// <summary>Of the pairs among the accounts and the idea's author, the share that voted for each other's ideas.</summary>
    Mutual,

    /// <summary>The share of all votes on the idea that the group has.</summary>
    ShareOfIdea,

    /// <summary>Of all votes on the idea between the group's first and last, the share that go in its direction.</summary>
    OneSided,
}

internal static class Signs
{
    public static readonly int Count = Enum.GetValues<Sign>().Length;

    private const double Session = 30;

    public static double[] Of(TraceIndex index, Suspects group)
    {
        var votes = Array.ConvertAll(group.Votes, v => index.Votes[v]);
        var n = votes.Length;
        var signs = new double[Count];
        void Put(Sign sign, double value) => signs[(int)sign] = value;

        var common = Common(index, votes);
        var waits = votes.Select(v => v.Minute - index.Since[v.Account]).Order().ToArray();
        var opened = votes.Select(v => index.Since[v.Account]).Order().ToArray();
        Put(Sign.Base, 1);
        Put(Sign.Many, Math.Log2(n));
        Put(Sign.OneBrowser, votes.Where(v => v.Device != 0).GroupBy(v => v.Device).Where(g => g.Count() > 1).Sum(g => g.Count()) / (double)n);
        Put(Sign.Fresh, waits.Count(w => w < FindSuspects.FreshMinutes) / (double)n);
        Put(Sign.OpenedTogether, Neighbours(opened, 15) / (n - 1.0));
        Put(Sign.ThrowAway, votes.Count(v => index.ThrowAway[v.Account]) / (double)n);
        Put(Sign.Focus, votes.Average(v => index.OfAccount[v.Account].Count(o => common.Contains(index.Votes[o].Idea)) / (double)index.OfAccount[v.Account].Length));
        Put(Sign.Single, votes.Count(v => index.OfAccount[v.Account].Length == 1) / (double)n);
        var agent = Top(votes.Select(v => v.Agent));
        Put(Sign.OneAgent, agent.Count / (double)n - index.ShareOfAgent.GetValueOrDefault(agent.Key));
        var network = Top(votes.Select(v => v.Network).Where(x => x != 0));
        Put(Sign.OneNetwork, network.Count / (double)n);
        Put(Sign.Crowd, network.Key == 0 ? 0 : Math.Log(1 + Math.Max(0, index.AccountsOnNetwork.GetValueOrDefault(network.Key) - network.Count)) / 10);
        Put(Sign.OneByOne, OneByOne(index, votes));
        Put(Sign.Regular, Regular(votes));
        Put(Sign.OneLink, Top(votes.Select(v => v.Referrer).Where(r => r != 0)).Count / (double)n);
        Put(Sign.Common, Math.Log(common.Count));
        Put(Sign.Returning, votes.Count(v => Days(index, v.Account) > 1) / (double)n);
        Put(Sign.BrowserGone, votes.Count(v => v.Device != 0 && index.DaysOfDevice[v.Device] is var (first, last) && last - first < 24 * 60) / (double)n);
        Put(Sign.Patience, Math.Log(1 + waits[n / 2]) / 10);
        Put(Sign.Authors, votes.Count(v => index.IsAuthor(v.Account)) / (double)n);
        Put(Sign.Mutual, group.Way == Way.Mutual ? Mutual(index, votes) : 0);
        Put(Sign.ShareOfIdea, n / (double)index.OfIdea[votes[0].Idea].Length);
        Put(Sign.OneSided, OneSided(index, votes));
        return signs;
    }

    private static double OneSided(TraceIndex index, IndexedVote[] votes)
    {
        var (same, all) = (0, 0);
        foreach (var v in index.OfIdea[votes[0].Idea])
        {
            if (index.Votes[v].Minute < votes[0].Minute || index.Votes[v].Minute > votes[^1].Minute) continue;
            all++;
            if (index.Votes[v].Stance == votes[0].Stance) same++;
        }

        return same / (double)all;
    }

    private static double Mutual(TraceIndex index, IndexedVote[] votes)
    {
        int[] circle = [index.Author[votes[0].Idea], .. votes.Select(v => v.Account)];
        var friends = 0;
        for (var i = 0; i < circle.Length; i++)
        {
            for (var j = 0; j < i; j++) friends += index.Friends[circle[i]].Contains(circle[j]) ? 1 : 0;
        }

        return friends * 2.0 / (circle.Length * (circle.Length - 1));
    }

    private static HashSet<int> Common(TraceIndex index, IndexedVote[] votes)
    {
        var counts = new Dictionary<int, int>();
        foreach (var vote in votes)
        {
            foreach (var other in index.OfAccount[vote.Account]) counts[index.Votes[other].Idea] = counts.GetValueOrDefault(index.Votes[other].Idea) + 1;
        }

        var least = Math.Max(2, (votes.Length + 1) / 2);
        return [.. counts.Where(c => c.Value >= least).Select(c => c.Key)];
    }

    private static (long Key, int Count) Top(IEnumerable<long> keys) => keys.CountBy(k => k).OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => (p.Key, p.Value)).FirstOrDefault();

    private static int Neighbours(double[] sorted, double gap)
    {
        var close = 0;
        for (var i = 1; i < sorted.Length; i++) close += sorted[i] - sorted[i - 1] <= gap ? 1 : 0;
        return close;
    }

    private static int Days(TraceIndex index, int account) => index.OfAccount[account].Select(v => (int)Math.Floor(index.Votes[v].Minute / (24 * 60))).Distinct().Count();

    // One person signs out before signing in as the next; several people do not wait for each other.
    private static double OneByOne(TraceIndex index, IndexedVote[] votes)
    {
        var sessions = votes.Select(v =>
        {
            var near = index.OfAccount[v.Account].Select(o => index.Votes[o].Minute).Where(m => Math.Abs(m - v.Minute) <= Session).ToArray();
            var from = v.Minute - index.Since[v.Account] is >= 0 and <= Session ? index.Since[v.Account] : near.Min();
            return (From: Math.Min(from, near.Min()), To: near.Max());
        }).OrderBy(s => s.From).ToArray();
        var (pairs, apart) = (0, 0);
        for (var i = 1; i < sessions.Length; i++)
        {
            if (sessions[i].From - sessions[i - 1].From > 60) continue;
            pairs++;
            if (sessions[i].From >= sessions[i - 1].To) apart++;
        }

        return (apart + 0.5) / (pairs + 1);
    }

    // From the coefficient of variation of the pauses, which is about 1 for people who come independently (a Poisson process).
    private static double Regular(IndexedVote[] votes)
    {
        if (votes.Length < 4) return 0.4;
        var pauses = votes.Skip(1).Zip(votes, (later, earlier) => later.Minute - earlier.Minute).ToArray();
        var mean = pauses.Average();
        return mean <= 0 ? 1 : Math.Exp(-Math.Sqrt(pauses.Average(p => (p - mean) * (p - mean))) / mean);
    }
}
