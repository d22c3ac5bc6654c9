using Hearth.Ideas;

namespace Hearth.App.Demo;

/// <summary>A step of an idea's public status line, so many days after it was posted.</summary>
/// <param name="AfterDays">Days since it was posted.</param>
/// <param name="To">The status.</param>
/// <param name="By">Initials.</param>
/// <param name="Reason">Public.</param>
/// <param name="Place">Where it is to be had.</param>
/// <param name="DueInDays">Days from the move to the day it is planned for.</param>
internal sealed record DemoMove(double AfterDays, IdeaStatus To, string By, string Reason, string? Place = null, int? DueInDays = null);

/// <summary>An idea of the story.</summary>
/// <param name="Title">As posted.</param>
/// <param name="Category">The shelf.</param>
/// <param name="Body">Markdown.</param>
/// <param name="DaysAgo">When it was posted.</param>
/// <param name="Liked">Votes it draws over its life, about.</param>
/// <param name="Disliked">The share of them that demote, 0 to 1.</param>
/// <param name="Moves">What the brand said.</param>
internal sealed record DemoIdea(string Title, string Category, string Body, double DaysAgo, int Liked, double Disliked, params DemoMove[] Moves);

internal sealed record DemoVote(int Idea, int Voter, Stance Stance, DateTimeOffset At);

internal sealed record DemoComment(int Idea, int Voter, string? Staff, string Text, DateTimeOffset At);

/// <summary>The idea board's four months: who posted, voted and spoke when.</summary>
internal sealed class DemoIdeas
{
    public const int Voters = 260;

    private readonly DateTimeOffset _now;
    private readonly Random _random;

    public DemoIdeas(DateTimeOffset now, int seed)
    {
        (_now, _random) = (now, new Random(seed));
        People = DemoPeople.Make(_random, Voters);
        Authors = [.. DemoIdeaList.All.Select(_ => _random.Next(Voters))];
        Votes = [.. DemoIdeaList.All.SelectMany((idea, i) => VotesOn(idea, i)).OrderBy(v => v.At)];
        Comments = [.. DemoIdeaList.All.SelectMany((idea, i) => CommentsOn(idea, i)).OrderBy(c => c.At)];
    }

    public DemoAuthor[] People { get; }

    /// <summary>By idea: the number of its author among <see cref="People"/>.</summary>
    public IReadOnlyList<int> Authors { get; }

    public IReadOnlyList<DemoVote> Votes { get; }

    public IReadOnlyList<DemoComment> Comments { get; }

    public DateTimeOffset PostedAt(DemoIdea idea) => _now.AddDays(-idea.DaysAgo);

    /// <summary>The status moves with their times, those yet to come left out.</summary>
    public IEnumerable<(DateTimeOffset At, DemoMove Move)> MovesOf(DemoIdea idea) =>
        idea.Moves.Select(m => (PostedAt(idea).AddDays(m.AfterDays), m)).Where(m => m.Item1 < _now);

    // Most people vote while an idea is new; some find it later. Each account votes once, and none after voting rests.
    private IEnumerable<DemoVote> VotesOn(DemoIdea idea, int index)
    {
        var rests = MovesOf(idea).Where(m => !m.Move.To.TakesVotes()).Select(m => (DateTimeOffset?)m.At).FirstOrDefault() ?? _now;
        var voters = Enumerable.Range(0, Voters).Where(v => v != Authors[index]).OrderBy(_ => _random.Next()).Take(idea.Liked * 3 / 5 + _random.Next(4));
        foreach (var voter in voters)
        {
            var at = PostedAt(idea) + (_now - PostedAt(idea)) * Math.Pow(_random.NextDouble(), 2.5);
            var stance = _random.NextDouble() < idea.Disliked ? Stance.Demote : Stance.Promote;
            if (at < rests) yield return new(index, voter, stance, at);
        }
    }

    private IEnumerable<DemoComment> CommentsOn(DemoIdea idea, int index)
    {
        var phrases = new Phrases(IdeaComments.Lexicon, _random);
        for (var n = idea.Liked / 14 + _random.Next(2); n > 0; n--)
        {
            var at = PostedAt(idea) + (_now - PostedAt(idea)) * Math.Pow(_random.NextDouble(), 2);
            yield return new(index, _random.Next(Voters), null, phrases.Say(_random.NextDouble() < idea.Disliked ? "against" : "for"), at);
        }

        // Whoever moves an idea to review says in the comments what is unclear: understood ideas are the ones that get made.
        foreach (var (at, move) in MovesOf(idea).Where(m => m.Move.To == IdeaStatus.UnderReview))
        {
            if (at.AddHours(2) < _now) yield return new(index, 0, move.By, phrases.Say("staff"), at.AddHours(2));
        }
    }
}

/// <summary>What people say below ideas.</summary>
internal static class IdeaComments
{
    public static readonly Dictionary<string, string[]> Lexicon = new(StringComparer.Ordinal)
    {
        ["for"] =
        [
            "Yes please, [I would buy it at once|take my money|this would change my trips].", "I have wanted this [for years|since my first trip with Emberly].",
            "We are [three|four|five] friends and all of us [promote this|want this].", "[Would be nice|Great] if it also worked in winter.", "This. [Exactly this.|Nothing to add.|So much.]",
            "A maker I know does something like it, but [not as light|not as well made|not for that price].", "Happy to test a prototype, [I am out every weekend|I live near Kassel|just say when].",
            "Could it be done as [an add-on|a spare part] so that old ones [benefit too|need not be thrown away]?", "+1 from [Porto|Lyon|Leeds|Graz|Cork].",
        ],
        ["against"] =
        [
            "[Not for me.|I would not.] More things that can break.", "Please keep it simple, [that is why I buy Emberly|the weight matters more].", "Who pays for that? I would rather have it cheaper.",
            "Nice on paper, [in the rain it fails|cold fingers will hate it].",
        ],
        ["staff"] =
        [
            "Thank you! Two questions: *which product first*, and *would you pay for it*? I collect the answers here.",
            "We are working out cost and weight. If you tried to build this yourself, please show us a photo.",
            "I read every comment. What would be the smallest version of this that helps you?",
        ],
    };
}
