namespace Hearth.Ideas.Simulation;

internal readonly record struct StormMove(int Idea, double Minute, IdeaStatus From, IdeaStatus To);

internal readonly record struct StormComment(int Idea, double Minute, SimulatedPerson? By);

/// <summary>All that happens in a storm, worked out beforehand: a simulated board with texts, comments and what the brand says.</summary>
internal sealed class StormScript
{
    private readonly Random _random;

    public StormScript(StormPlan plan)
    {
        _random = new(plan.Seed ^ 0x570);
        Board = Large(plan);
        Subjects = new StormSubject[plan.Ideas];
        for (var i = 0; i < Subjects.Length; i++) Subjects[i] = i > 20 && _random.Chance(0.06) ? Subjects[i - 1 - _random.Ranked(i - 1, 200)] : StormText.Subject(_random);
        Moves = [.. Fate(plan).OrderBy(m => m.Minute)];
        var rests = Moves.Where(m => !m.To.TakesVotes()).GroupBy(m => m.Idea).ToDictionary(g => g.Key, g => g.Min(m => m.Minute));
        Votes = Trimmed([.. Board.Votes.Where(v => !rests.TryGetValue(v.Idea, out var rest) || v.Minute < rest - 1_440)], plan.Promotions);
        Comments = [.. Speak(plan).OrderBy(c => c.Minute)];
    }

    public SimulatedBoard Board { get; }

    /// <summary>By idea; the same one twice is a duplicate in other words.</summary>
    public StormSubject[] Subjects { get; }

    public StormMove[] Moves { get; }

    /// <summary>Earliest first.</summary>
    public SimulatedVote[] Votes { get; }

    public StormComment[] Comments { get; }

    /// <summary>The minute an idea is posted; those of before the beginning come on the first day.</summary>
    public double PostedAt(int idea) => Math.Max(0, Board.PostedAt[idea]);

    // How busy people are is drawn from the seed; more than is wanted leaves room for ideas that rest.
    private static SimulatedBoard Large(StormPlan plan)
    {
        for (var people = Math.Max(400, plan.Promotions / 10); ; people += people / 4)
        {
            var board = SimulatedBoard.Of(new(plan.Seed, plan.Days, people, plan.Ideas, 8, Before: 0));
            if (board.Votes.Count(v => v.Stance == Stance.Promote) > plan.Promotions * 1.15) return board;
        }
    }

    // Exactly so many promotions: honest ones are left out by lot.
    private SimulatedVote[] Trimmed(List<SimulatedVote> votes, int promotions)
    {
        var over = votes.Count(v => v.Stance == Stance.Promote) - promotions;
        if (over < 0) throw new InvalidOperationException($"The board drew {promotions + over:N0} promotions only.");
        var left = Enumerable.Range(0, votes.Count).Where(i => votes[i] is { Stance: Stance.Promote, Kind: TrueKind.Honest }).OrderBy(_ => _random.Next()).Take(over).ToHashSet();
        return [.. votes.Where((_, i) => !left.Contains(i)).OrderBy(v => v.Minute)];
    }

    // Most ideas are read within days; of those that draw many votes some are made, evenly over the years.
    private IEnumerable<StormMove> Fate(StormPlan plan)
    {
        var votes = new int[plan.Ideas];
        foreach (var vote in Board.Votes) votes[vote.Idea] += (int)vote.Stance;
        var made = new Dictionary<int, double>();
        var every = plan.Days * 1440.0 / (plan.Implemented + 1);
        for (var n = 1; n <= plan.Implemented; n++)
        {
            var at = Math.Min(n * every + _random.Between(0, every), plan.Days * 1440.0 - 60);
            var there = Enumerable.Range(0, plan.Ideas).TakeWhile(i => PostedAt(i) + Math.Min(12 * 1_440, at / 3) < at).Count();
            var old = there == 0 ? [] : Enumerable.Range(0, 40).Select(_ => _random.Next(there)).Where(i => !made.ContainsKey(i)).ToArray();
            if (old.Length > 0) made[old.MaxBy(i => votes[i])] = at;
        }

        for (var i = 0; i < plan.Ideas; i++)
        {
            var (from, at) = (IdeaStatus.Submitted, PostedAt(i) + _random.LogNormal(2_600, 1));
            var end = made.TryGetValue(i, out var done) ? done : plan.Days * 1440.0;
            var read = Math.Min(at, end - 4_000);
            if (read > PostedAt(i) && (made.ContainsKey(i) || _random.Chance(0.9)))
            {
                var draw = _random.NextDouble();
                var to = made.ContainsKey(i) ? IdeaStatus.UnderReview : draw < 0.1 ? IdeaStatus.AlreadyOffered : draw < 0.24 ? IdeaStatus.NotPlanned : draw < 0.36 ? IdeaStatus.UnderReview : IdeaStatus.Acknowledged;
                yield return new(i, read, from, to);
                from = to;
            }

            if (!made.ContainsKey(i)) continue;
            var planned = (Math.Max(read, PostedAt(i)) + done) / 2;
            yield return new(i, planned, from, IdeaStatus.Planned);
            yield return new(i, done, IdeaStatus.Planned, _random.Chance(0.2) ? IdeaStatus.PartiallyImplemented : IdeaStatus.Implemented);
        }
    }

    // People speak where they vote; one comment in thirty is the brand's.
    private IEnumerable<StormComment> Speak(StormPlan plan)
    {
        for (var n = 0; n < plan.Comments; n++)
        {
            var vote = Votes[_random.Next(Votes.Length)];
            yield return new(vote.Idea, Math.Min(vote.Minute + _random.LogNormal(6, 1), plan.Days * 1440.0 - 1), _random.Chance(1 / 30.0) ? null : vote.By);
        }
    }
}
