namespace Hearth.App.Demo;

/// <summary>The whole of Emberly's four months up to a moment, and the truth behind it. The same moment and seed give the same story.</summary>
internal sealed class DemoStory
{
    public const int Seed = 1887;

    public DemoStory(DateTimeOffset now, int seed = Seed)
    {
        Now = now;
        Posts = new(now, seed);
        History = Posts.History();
        Talks = new DemoTalks(Posts, now, seed + 1).About(History);
        Shop = new(now, seed + 2);
        Ideas = new(now, seed + 3);
        var follow = Talks.SelectMany(t => t.Steps).OfType<DemoStep.Again>().Count();
        Truth = new(
            History.Count + follow,
            History.Where(p => p.Cause is not null).GroupBy(p => p.Cause!).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Talks.Where(Attached).GroupBy(t => t.Post.Cause!).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Shop.Earned(), Shop.Unattributed(), DemoIdeaList.All.Length, Ideas.Votes.Count);
    }

    public DateTimeOffset Now { get; }

    public DemoPosts Posts { get; }

    public IReadOnlyList<DemoPost> History { get; }

    public IReadOnlyList<DemoTalk> Talks { get; }

    public DemoJourneys Shop { get; }

    public DemoIdeas Ideas { get; }

    public DemoTruth Truth { get; }

    /// <summary>True for a conversation that somebody attached to its cause's gap: all but the newest, which nobody has looked at yet.</summary>
    public bool Attached(DemoTalk talk) => talk.Post.Cause is not null && talk.Steps.Count > 0;
}
