using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>A vote by numbers: accounts and ideas are places in the index, times are minutes.</summary>
internal readonly record struct IndexedVote(int Account, int Idea, int Stance, double Minute, long Device, long Network, long Agent, long Referrer);

/// <summary>Traces, arranged so that everything about an account, an idea or a network is found at once.</summary>
internal sealed class TraceIndex
{
    private readonly Dictionary<UserId, int> _accounts = [];
    private readonly Dictionary<IdeaId, int> _ideas = [];
    private readonly HashSet<int> _authors = [];

    public TraceIndex(Traces traces)
    {
        var ordered = traces.Votes.OrderBy(v => v.At).ThenBy(v => v.By.Value).ToArray();
        var origin = ordered.Length > 0 ? ordered[0].At : Time.FromUnixMicroseconds(0);
        var opened = traces.Accounts.ToDictionary(a => a.Id);
        List<UserId> users = [];
        List<IdeaId> ideas = [];
        List<double> since = [];
        List<bool> throwAway = [];
        Votes = new IndexedVote[ordered.Length];
        for (var i = 0; i < ordered.Length; i++)
        {
            var v = ordered[i];
            if (!_accounts.TryGetValue(v.By, out var account))
            {
                _accounts[v.By] = account = users.Count;
                users.Add(v.By);
                var known = opened.GetValueOrDefault(v.By);
                since.Add(((known is { } k && k.Since < v.At ? k.Since : v.At) - origin).TotalMinutes);
                throwAway.Add(known?.ThrowAwayMail ?? false);
            }

            if (!_ideas.TryGetValue(v.Idea, out var idea))
            {
                _ideas[v.Idea] = idea = ideas.Count;
                ideas.Add(v.Idea);
            }

            Votes[i] = new(account, idea, (int)v.Stance, (v.At - origin).TotalMinutes, v.Device, v.Network, v.Agent, v.Referrer);
        }

        (Users, Ideas, Since, ThrowAway) = ([.. users], [.. ideas], [.. since], [.. throwAway]);
        OfAccount = Group(Votes.Select(v => v.Account), users.Count);
        OfIdea = Group(Votes.Select(v => v.Idea), ideas.Count);
        AccountsOnNetwork = traces.AccountsOnNetwork ?? Votes.Where(v => v.Network != 0).Select(v => (v.Network, v.Account)).Distinct().CountBy(p => p.Network).ToDictionary();
        ShareOfAgent = Votes.CountBy(v => v.Agent).ToDictionary(p => p.Key, p => p.Value / (double)Votes.Length);
        DaysOfDevice = Votes.Where(v => v.Device != 0).GroupBy(v => v.Device).ToDictionary(g => g.Key, g => (g.Min(v => v.Minute), g.Max(v => v.Minute)));
        Author = new int[ideas.Count];
        Array.Fill(Author, -1);
        foreach (var idea in traces.Ideas)
        {
            if (!_accounts.TryGetValue(idea.Author, out var author)) continue;
            _authors.Add(author);
            if (_ideas.TryGetValue(idea.Id, out var i)) Author[i] = author;
        }

        Friends = Befriend();
    }

    /// <summary>Earliest first.</summary>
    public IndexedVote[] Votes { get; }

    public UserId[] Users { get; }

    public IdeaId[] Ideas { get; }

    /// <summary>By account: the minute it was opened, before zero when that was before the first vote.</summary>
    public double[] Since { get; }

    public bool[] ThrowAway { get; }

    /// <summary>By account: the places of its votes, earliest first.</summary>
    public int[][] OfAccount { get; }

    /// <summary>By idea: the places of its votes, earliest first.</summary>
    public int[][] OfIdea { get; }

    /// <summary>By idea: its author's account, or -1.</summary>
    public int[] Author { get; }

    public bool IsAuthor(int account) => _authors.Contains(account);

    public IReadOnlyDictionary<long, int> AccountsOnNetwork { get; }

    /// <summary>How many of all votes came from browsers that call themselves so, 0 to 1.</summary>
    public Dictionary<long, double> ShareOfAgent { get; }

    /// <summary>When each browser was first and last seen.</summary>
    public Dictionary<long, (double First, double Last)> DaysOfDevice { get; }

    /// <summary>By account: those that promoted one of its ideas and had one of theirs promoted by it.</summary>
    public HashSet<int>[] Friends { get; }

    private HashSet<int>[] Befriend()
    {
        var promoted = Votes.Where(v => v.Stance > 0 && Author[v.Idea] >= 0 && Author[v.Idea] != v.Account).Select(v => (From: v.Account, To: Author[v.Idea])).ToHashSet();
        var friends = Array.ConvertAll(Users, _ => new HashSet<int>());
        foreach (var (from, to) in promoted)
        {
            if (promoted.Contains((to, from))) friends[from].Add(to);
        }

        return friends;
    }

    private static int[][] Group(IEnumerable<int> keys, int count)
    {
        var lists = new List<int>[count];
        for (var i = 0; i < count; i++) lists[i] = [];
        var place = 0;
        foreach (var key in keys) lists[key].Add(place++);
        return Array.ConvertAll(lists, l => l.ToArray());
    }
}
