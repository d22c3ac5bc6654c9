using Hearth.Governance;
using Hearth.Ideas.DoubleDippers;

namespace Hearth.Ideas.Simulation;

/// <summary>
/// A board that never was, with what is true about every vote: honest people in households, offices, universities and at public computers, who come by
/// themselves, are asked by colleagues, follow newsletters and news; and hands that vote many times.
/// </summary>
/// <remarks>
/// Of one hand's votes on one idea, that of its oldest account counts as honest: a person has one vote. All votes of a brigade are false.
/// </remarks>
public sealed class SimulatedBoard
{
    private readonly Random _random;
    private readonly Dictionary<UserId, Dictionary<int, int>> _placed = [];
    private readonly List<SimulatedVote> _votes = [];
    private readonly double[] _heat;

    private SimulatedBoard(BoardPlan plan)
    {
        (Plan, _random) = (plan, new Random(plan.Seed));
        Town = new(plan, _random);
        Minutes = plan.Days * 1440.0;
        PostedAt = [.. Enumerable.Range(0, plan.Ideas).Select(_ => _random.Chance(plan.Before) ? -_random.Exponential(20 * 1440) : _random.Between(0, Minutes * 0.97)).Order()];
        Authors = [.. PostedAt.Select(Author)];
        IdeaIds = [.. PostedAt.Select(_ => new IdeaId(_random.Id()))];
        Appeal = [.. PostedAt.Select(_ => _random.LogNormal(1, 0.9))];
        _heat = [.. Appeal];
    }

    public BoardPlan Plan { get; }

    internal SimulatedTown Town { get; }

    internal double Minutes { get; }

    internal double[] PostedAt { get; }

    internal SimulatedPerson[] Authors { get; }

    internal IdeaId[] IdeaIds { get; }

    /// <summary>How much people like an idea; 1 in the middle.</summary>
    internal double[] Appeal { get; }

    internal IReadOnlyList<SimulatedVote> Votes => _votes;

    /// <summary>Plays the board from beginning to end.</summary>
    public static SimulatedBoard Of(BoardPlan plan)
    {
        var board = new SimulatedBoard(plan);
        SimulatedCrowd.Play(board, board._random);
        for (var twoMonths = Math.Max(1, plan.Days / 60); twoMonths > 0; twoMonths--)
        {
            SimulatedEvents.Play(board, board._random);
            SimulatedCheats.Play(board, board._random);
        }

        return board;
    }

    /// <summary>What Hearth would have seen, moments counted from <paramref name="beginning"/>.</summary>
    public Traces Seen(DateTimeOffset beginning) => new(
        [.. _votes.Select(v => v.By).Distinct().Select(p => new TracedAccount(p.Id, beginning.AddMinutes(p.Since), p.ThrowAway))],
        [.. _votes.Select(v => new TracedVote(v.By.Id, IdeaIds[v.Idea], v.Stance, beginning.AddMinutes(v.Minute), v.Device, v.Network, v.Agent, v.Referrer))],
        [.. IdeaIds.Zip(Authors, (idea, author) => new TracedIdea(idea, author.Id))]);

    /// <summary>What each vote truly is.</summary>
    public IReadOnlyDictionary<(UserId User, IdeaId Idea), TrueKind> Truth() => _votes.ToDictionary(v => (v.By.Id, IdeaIds[v.Idea]), v => v.Kind);

    /// <summary>Gives a vote, unless the account has one there, the idea is not there yet, or the watch is over.</summary>
    internal bool Vote(SimulatedPerson by, int idea, double minute, Stance stance = Stance.Promote, long? device = null, long? network = null, long? agent = null, long referrer = 0, TrueKind kind = TrueKind.Honest)
    {
        if (minute < Math.Max(0, PostedAt[idea]) || minute >= Minutes) return false;
        if (!_placed.TryGetValue(by.Id, out var mine)) _placed[by.Id] = mine = [];
        if (!mine.TryAdd(idea, _votes.Count)) return false;
        by.Since = Math.Min(by.Since, minute);
        _votes.Add(new(by, idea, stance, minute, device ?? by.Device, network ?? by.Home, agent ?? by.Agent, referrer, kind));
        return true;
    }

    /// <summary>Of the votes of one hand on one idea, all but the oldest account's are false.</summary>
    internal void Judge(IReadOnlyCollection<SimulatedPerson> hand, TrueKind kind)
    {
        var all = hand.SelectMany(p => (_placed.GetValueOrDefault(p.Id) ?? []).Select(v => (Person: p, Idea: v.Key, Place: v.Value)));
        foreach (var same in all.GroupBy(v => v.Idea).ToArray())
        {
            foreach (var (_, _, place) in same.OrderBy(v => v.Person.Since).Skip(1)) _votes[place] = _votes[place] with { Kind = kind };
        }
    }

    /// <summary>An idea that somebody finds at this minute: mostly what is popular, else what is new.</summary>
    internal int Find(double minute)
    {
        var there = Array.BinarySearch(PostedAt, minute) is var at && at >= 0 ? at + 1 : ~at;
        if (there == 0) return -1;
        if (_random.Chance(0.3)) return there - 1 - _random.Ranked(there, 4);
        var oldest = Math.Max(0, there - 600); // nobody reads on to the thousandth idea
        var best = -1;
        for (var tries = 0; tries < 5; tries++)
        {
            var idea = _random.Next(oldest, there);
            var worth = _heat[idea] * Math.Pow(0.5, Math.Max(0, minute - PostedAt[idea]) / (21 * 1440));
            if (best < 0 || worth > _heat[best] * Math.Pow(0.5, Math.Max(0, minute - PostedAt[best]) / (21 * 1440))) best = idea;
        }

        return best;
    }

    /// <summary>What is voted for stands higher and is found more.</summary>
    internal void Warm(int idea) => _heat[idea] += 0.02 * Appeal[idea];

    private SimulatedPerson Author(double minute)
    {
        for (var tries = 0; tries < 8; tries++)
        {
            if (_random.Of(Town.People) is { } somebody && somebody.Since <= minute) return somebody;
        }

        var one = _random.Of(Town.People);
        one.Since = Math.Min(one.Since, minute - _random.Exponential(30));
        return one;
    }
}
