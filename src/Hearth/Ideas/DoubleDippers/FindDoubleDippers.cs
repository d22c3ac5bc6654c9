using Hearth.Governance;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>Votes that seem to be one hand's, or a crowd's that was sent, with what speaks for it.</summary>
/// <param name="Way">What drew attention to the clearest of them.</param>
/// <param name="Accounts">The accounts behind the votes, the oldest first.</param>
/// <param name="Held">The votes to hold. Of one hand's votes on an idea the oldest account's is left out: a person has one vote.</param>
/// <param name="Chance">How likely it is not honest, 0 to 1, of the clearest group.</param>
/// <param name="Signs">What speaks for it, the strongest first.</param>
public sealed record Suspicion(Way Way, IReadOnlyList<UserId> Accounts, IReadOnlyList<(UserId User, IdeaId Idea)> Held, double Chance, IReadOnlyList<string> Signs);

/// <summary>
/// Finds votes that are not honest. 1. On each idea votes that have something in common are taken together. 2. What is known of such a group is weighed.
/// 3. A crowd that was sent stands by itself, and all of its votes are to be held. 4. So are those of accounts that vote for each other; rings that share
/// accounts are one. 5. Other groups that share accounts are one hand; of its votes on one idea all but the oldest account's are to be held.
/// </summary>
public static class FindDoubleDippers
{
    /// <summary>From this chance on votes are held.</summary>
    public const double Threshold = 0.7;

    /// <summary>Looks at all ideas of the traces.</summary>
    public static IReadOnlyList<Suspicion> In(Traces traces)
    {
        var index = new TraceIndex(traces);
        var groups = new List<WeighedGroup>();
        for (var idea = 0; idea < index.Ideas.Length; idea++)
        {
            // Steps 1 and 2
            foreach (var group in FindSuspects.On(index, idea))
            {
                var signs = Signs.Of(index, group);
                if (Weigh.Chance(group.Way, signs) is >= Threshold and var chance) groups.Add(new(group, chance, signs));
            }
        }

        // Step 3
        var crowds = groups.Where(g => g.Way is Way.Link or Way.Burst).GroupBy(g => (index.Votes[g.Votes[0]].Idea, index.Votes[g.Votes[0]].Stance))
            .Select(same => Suspicion(index, [.. same], same.SelectMany(g => g.Votes).Distinct())).ToList();
        var sent = groups.Where(g => g.Way is Way.Link or Way.Burst).SelectMany(g => g.Votes).ToHashSet();
        bool IsNew(WeighedGroup g) => g.Votes.Count(sent.Contains) * 2 < g.Votes.Length;

        // Steps 4 and 5
        var rings = Joined(index, groups.FindAll(g => g.Way == Way.Mutual && IsNew(g))).Select(ring => Suspicion(index, ring.Groups, ring.Groups.SelectMany(g => g.Votes).Distinct()));
        var hands = Joined(index, groups.FindAll(g => g.Way < Way.Link && IsNew(g))).Select(hand => Suspicion(index, hand.Groups, AllButTheOldest(index, hand.Accounts)));
        return [.. crowds, .. rings, .. hands.Where(h => h.Held.Count > 0)];
    }

    private static IEnumerable<int> AllButTheOldest(TraceIndex index, IEnumerable<int> accounts) => accounts.SelectMany(a => index.OfAccount[a]).GroupBy(v => index.Votes[v].Idea)
        .SelectMany(g => g.OrderBy(v => index.Since[index.Votes[v].Account]).ThenBy(v => v).Skip(1));

    // Groups that share an account, directly or by way of others (disjoint sets, with halving of paths).
    private static IEnumerable<(List<WeighedGroup> Groups, List<int> Accounts)> Joined(TraceIndex index, List<WeighedGroup> groups)
    {
        var parent = Enumerable.Range(0, index.Users.Length).ToArray();
        int Root(int account)
        {
            while (parent[account] != account) account = parent[account] = parent[parent[account]];
            return account;
        }

        foreach (var group in groups)
        {
            foreach (var v in group.Votes) parent[Root(index.Votes[v].Account)] = Root(index.Votes[group.Votes[0]].Account);
        }

        return groups.GroupBy(g => Root(index.Votes[g.Votes[0]].Account))
            .Select(same => (same.ToList(), same.SelectMany(g => g.Votes).Select(v => index.Votes[v].Account).Distinct().ToList()));
    }

    private static Suspicion Suspicion(TraceIndex index, List<WeighedGroup> groups, IEnumerable<int> held)
    {
        var clearest = groups.MaxBy(g => (g.Chance, g.Votes.Length))!;
        var votes = held.Order().ToArray();
        var accounts = groups.SelectMany(g => g.Votes).Select(v => index.Votes[v].Account).Distinct().OrderBy(a => index.Since[a]);
        return new(clearest.Way, [.. accounts.Select(a => index.Users[a])], [.. votes.Select(v => (index.Users[index.Votes[v].Account], index.Ideas[index.Votes[v].Idea]))],
            clearest.Chance, Weigh.Words(clearest.Group, clearest.Signs));
    }

    private sealed record WeighedGroup(Suspects Group, double Chance, double[] Signs)
    {
        public Way Way => Group.Way;

        public int[] Votes => Group.Votes;
    }
}
