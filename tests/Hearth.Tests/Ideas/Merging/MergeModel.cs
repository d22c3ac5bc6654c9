using Hearth.Ideas;

namespace Hearth.Tests.Ideas.Merging;

/// <summary>What merging means, said without a database: who is merged into whom, and what was given where.</summary>
internal sealed class MergeModel(IReadOnlyList<IdeaId> ideas)
{
    private readonly int?[] _parents = new int?[ideas.Count];
    private readonly Dictionary<(int Idea, int Voter), (Stance Stance, DateTimeOffset At)> _given = [];
    private readonly List<(IdeaCommentId Id, int Home)> _comments = [];

    public IEnumerable<int> Shown => Enumerable.Range(0, ideas.Count).Where(i => _parents[i] is null);

    public IEnumerable<int> Merged => Enumerable.Range(0, ideas.Count).Where(i => _parents[i] is not null);

    public int ShownFor(int idea) => _parents[idea] is { } parent ? ShownFor(parent) : idea;

    public void Merge(int idea, int into) => _parents[idea] = into;

    public void Unmerge(int idea) => _parents[idea] = null;

    public Stance StanceOf(int shown, int voter) => Counted(shown, voter)?.Stance ?? Stance.None;

    /// <summary>What a vote changes among what was given: nothing, one entry, or one or several that go.</summary>
    public IReadOnlyList<(int Idea, Stance Stance)> Vote(int idea, int voter, Stance stance, DateTimeOffset at)
    {
        var shown = ShownFor(idea);
        if (StanceOf(shown, voter) == stance) return [];
        if (stance != Stance.None)
        {
            _given[(shown, voter)] = (stance, at);
            return [(shown, stance)];
        }

        var gone = Family(shown).Where(i => _given.Remove((i, voter))).ToList();
        return [.. gone.Select(i => (i, Stance.None))];
    }

    public int Comment(int idea, IdeaCommentId comment)
    {
        _comments.Add((comment, ShownFor(idea)));
        return ShownFor(idea);
    }

    public IEnumerable<IdeaCommentId> CommentsOf(int shown) => _comments.Where(c => ShownFor(c.Home) == shown).Select(c => c.Id);

    /// <summary>One vote for each account: the one given on the shown idea, else the latest one given below it.</summary>
    public IEnumerable<(int Voter, Stance Stance, DateTimeOffset At)> VotesOf(int shown) => _given.Keys.Where(k => ShownFor(k.Idea) == shown).Select(k => k.Voter)
        .Distinct().Select(v => (v, Counted(shown, v)!.Value.Stance, Counted(shown, v)!.Value.At));

    private (Stance Stance, DateTimeOffset At)? Counted(int shown, int voter) =>
        _given.TryGetValue((shown, voter), out var own) ? own
            : _given.Where(g => g.Key.Voter == voter && ShownFor(g.Key.Idea) == shown).OrderByDescending(g => g.Value.At)
                .ThenByDescending(g => Convert.ToHexString(ideas[g.Key.Idea].Value.ToByteArray(true)), StringComparer.Ordinal)
                .Select(g => ((Stance, DateTimeOffset)?)g.Value).FirstOrDefault();

    private IEnumerable<int> Family(int shown) => Enumerable.Range(0, ideas.Count).Where(i => ShownFor(i) == shown);
}
