using System.Globalization;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>What readers, voters and the brand do on a filled board.</summary>
internal sealed class OpenedIdeas(BenchDatabase database)
{
    private const int Times = 40;
    private IdeaId _hottest;
    private IdeaId _oldest;
    private int _ideas;

    public string Size { get; private set; } = "";

    public async Task Look()
    {
        _hottest = (await database.With<ListIdeas, Page<IdeaLine>?>(l => l.Of(new(IdeaOrder.Top), null, null, 1, default)))!.Items[0].Id;
        _oldest = (await database.With<ListIdeas, Page<IdeaLine>?>(l => l.Of(new(IdeaOrder.Oldest), null, null, 1, default)))!.Items[0].Id;
        await database.With<Database>(async db =>
        {
            db.Database.SetCommandTimeout(600);
            _ideas = await db.Set<Idea>().CountAsync();
            var (votes, comments, most) = (await db.Set<IdeaVote>().LongCountAsync(), await db.Set<IdeaComment>().LongCountAsync(), await db.Set<IdeaVote>().CountAsync(v => v.Idea == _hottest));
            Size = string.Create(CultureInfo.InvariantCulture, $"{_ideas:N0} ideas, {votes:N0} votes, {comments:N0} comments, {most:N0} votes on the hottest");
        });
    }

    public IEnumerable<(string Name, int Times, Func<int, Task> Open)> All()
    {
        foreach (var order in Enum.GetValues<IdeaOrder>())
        {
            yield return List($"list: {order}", new(order));
            yield return List($"list: {order}, a status", new(order, IdeaStatus.Planned));
            yield return List($"list: {order}, a category", new(order, Category: ManyIdeas.Shelf(3)));
            yield return List($"list: {order}, a status and a category", new(order, IdeaStatus.UnderReview, ManyIdeas.Shelf(12)));
            yield return List($"list: {order}, the largest status and category", new(order, IdeaStatus.Submitted, ManyIdeas.Shelf(0)));
            yield return Deep($"list: {order}, thirty pages on", new(order));
        }

        yield return List("list: archived", new(IdeaOrder.Popular, IdeaStatus.Archived));
        yield return List("list: an author", new(IdeaOrder.New, Author: ManyIdeas.User(7)));
        yield return List("list: the review queue", new(IdeaOrder.Oldest, Unanswered: true));
        yield return ("list: voted by me", Times, n => database.With<ListIdeas>(l => l.VotedBy(ManyIdeas.User(n * 977 % _ideas), null, 20, default)));
        yield return ("list: popular, with my votes", Times, n => database.With<ListIdeas>(l => l.Of(new(), ManyIdeas.User(n * 977 % _ideas), null, 20, default)));
        yield return ("the board in numbers", Times, _ => database.With<CountIdeas>(c => c.Now(default)));
        yield return ("the shelves with their counts", Times, _ => database.With<IdeaCategories>(c => c.All(default)));
        yield return ("an idea", Times, n => database.With<ReadIdea>(r => r.Of(Some(n), ManyIdeas.User(n), default)));
        yield return ("its comments", Times, n => database.With<ReadIdea>(r => r.Comments(Some(n), null, 50, default)));
        yield return ("why it is here", Times, n => database.With<ExplainRank>(e => e.Of(Some(n), default)));
        yield return ("why the hottest is here", Times, _ => database.With<ExplainRank>(e => e.Of(_hottest, default)));
        yield return ("why the oldest is here", Times, _ => database.With<ExplainRank>(e => e.Of(_oldest, default)));
        yield return ("its votes", Times, n => database.With<ExplainRank>(e => e.Votes(Some(n), null, 50, default)));
        var votes = (string?)null;
        yield return ("the votes of the hottest, page after page", Times, async _ => votes = (await database.With<ExplainRank, Page<PublicVote>?>(e => e.Votes(_hottest, votes, 500, default)))!.Next);
        yield return ("a vote", 400, n => Vote(Some(n)));
        yield return ("a vote on the hottest", 400, _ => Vote(_hottest));
        yield return ("100 votes held", Times, async n =>
        {
            var some = await database.With<Database, List<VoteKey>>(db => db.Set<IdeaVote>().Where(v => v.User == ManyIdeas.User(n * 31 % _ideas)).Take(100).Select(v => new VoteKey(v.Idea, v.User)).ToListAsync());
            await database.With<HoldVotes>(h => h.All(some, "bench", default));
            await database.With<ReleaseVotes>(h => h.All(some, "bench", default));
        });
    }

    private IdeaId Some(int n) => ManyIdeas.Idea((int)(n * 7_368_787L % _ideas));

    private (string, int, Func<int, Task>) List(string name, IdeaFilter filter) => (name, Times, _ => database.With<ListIdeas>(l => l.Of(filter, null, null, 20, default)));

    private (string, int, Func<int, Task>) Deep(string name, IdeaFilter filter)
    {
        var (after, seen) = ((string?)null, 0);
        return (name, Times, async _ =>
        {
            var page = (await database.With<ListIdeas, Page<IdeaLine>?>(l => l.Of(filter, null, after, 20, default)))!;
            after = ++seen % 30 == 0 ? null : page.Next;
        });
    }

    private Task Vote(IdeaId idea) =>
        database.With<CastVote>(v => v.For(new Actor(UserId.New(), "Bench", "B", null, Role.Community), idea, Stance.Promote, default));
}
