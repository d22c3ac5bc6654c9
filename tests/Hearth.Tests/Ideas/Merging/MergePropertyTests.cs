using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Merging;

/// <summary>Boards that live at random: votes, comments, merges of merges, undone in any order, over months.</summary>
public class MergePropertyTests
{
    private const int Ideas = 6;
    private const int Steps = 90;

    private static readonly Actor[] Voters = [.. Enumerable.Range(0, 7).Select(i => IdeasHouse.Somebody($"Voter {i}"))];

    [Theory, EveryDatabase]
    public async Task What_is_shown_follows_from_what_was_given_and_from_who_is_merged_into_whom(DatabaseKind kind)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            await using var house = await TestHouse.Create(kind);
            var board = await Life.Begin(seed, house);
            for (var step = 0; step < Steps; step++)
            {
                await board.Step();
                if (step % 6 == 0) await IsAsModelled(board, house, seed, step);
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_board_with_every_merge_undone_equals_one_that_never_merged(DatabaseKind kind)
    {
        foreach (var seed in new[] { 11, 12, 13 })
        {
            await using var house = await TestHouse.Create(kind);
            await using var twin = await TestHouse.Create(kind);
            var board = await Life.Begin(seed, house, twin);
            for (var step = 0; step < Steps; step++) await board.Step();
            await board.UndoEveryMerge();

            Assert.Equal(await Everything(twin), await Everything(house));
        }
    }

    private static async Task IsAsModelled(Life board, TestHouse house, int seed, int step)
    {
        var list = (await house.List(new(IdeaOrder.Oldest))).ToDictionary(l => l.Id);
        Assert.Equal(board.Model.Shown.Select(board.Id).ToHashSet(), list.Keys.ToHashSet());
        foreach (var shown in board.Model.Shown)
        {
            var votes = board.Model.VotesOf(shown).ToList();
            var line = list[board.Id(shown)];
            Assert.True((votes.Count(v => v.Stance == Stance.Promote), votes.Count(v => v.Stance == Stance.Demote)) == (line.Promotions, line.Demotions), $"seed {seed}, step {step}, idea {shown}");
            Assert.Equal(votes.Sum(v => 10 * (int)v.Stance), line.Points);
            var comments = (await house.With<ReadIdea, Page<IdeaCommentView>?>(r => r.Comments(board.Id(shown), null, 500, default)))!.Items;
            Assert.Equal(board.Model.CommentsOf(shown), comments.Select(c => c.Id));
            Assert.Equal(comments.Count, line.Comments);
            await house.In(async s =>
            {
                var rows = await s.GetRequiredService<Database>().IdeaVotes.Where(v => v.Idea == board.Id(shown)).ToListAsync();
                Assert.Equal(votes.Select(v => (Voters[v.Voter].Id, v.Stance, v.At)).ToHashSet(), rows.Select(v => (v.User, v.Stance, v.At)).ToHashSet());
            });
        }

        await CastVoteTests.TheRowsSayTheSame(house);
    }

    // Everything but the numbers that the database gives to rows.
    private static Task<string[]> Everything(TestHouse house) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        var ideas = (await db.Ideas.AsNoTracking().ToListAsync())
            .Select(i => $"idea {i.Id} {i.Title} {i.Status} {i.Standing} {i.MergedInto} {i.Score} {i.Points} {i.Promotions} {i.Demotions} {i.Comments}");
        var votes = (await db.IdeaVotes.AsNoTracking().ToListAsync()).Select(v => $"vote {v.Idea} {v.User} {v.Stance} {v.At:O} {v.Weight} {v.Held} {v.CarriedFrom}");
        var comments = (await db.IdeaComments.AsNoTracking().ToListAsync()).Select(c => $"comment {c.Id} {c.Idea} {c.Home} {c.Body}");
        return ideas.Concat(votes).Concat(comments).Order(StringComparer.Ordinal).ToArray();
    });

    /// <summary>A board and, if wanted, its twin, on which the same is given and nothing is merged.</summary>
    private sealed class Life(Random random, IReadOnlyList<IdeaId> ideas, TestHouse house, TestHouse? twin)
    {
        public MergeModel Model { get; } = new(ideas);

        public static async Task<Life> Begin(int seed, TestHouse house, TestHouse? twin = null)
        {
            var ids = Enumerable.Range(0, Ideas).Select(_ => IdeaId.New()).ToArray();
            foreach (var one in new[] { house, twin }.OfType<TestHouse>()) await one.With<RecountVotes>(r => r.All(default)); // both count from the same epoch
            foreach (var (id, i) in ids.Select((id, i) => (id, i)))
            {
                foreach (var one in new[] { house, twin }.OfType<TestHouse>())
                {
                    await one.With<PostIdea, PostedIdea>(p => p.By(Voters[i % Voters.Length], id, new($"Idea number {i}", "The body of an idea.", "general"), default));
                }
            }

            return new(new Random(seed), ids, house, twin);
        }

        public IdeaId Id(int idea) => ideas[idea];

        public async Task Step()
        {
            Advance(TimeSpan.FromHours(random.Next(4) == 0 ? 0 : random.Next(1, 100)));
            var shown = Model.Shown.ToArray();
            var merged = Model.Merged.ToArray();
            switch (random.Next(10))
            {
                case < 5:
                    await Vote(random.Next(Ideas), random.Next(Voters.Length), (Stance)random.Next(-1, 2));
                    break;
                case < 7:
                    await Comment(random.Next(Ideas));
                    break;
                case 7 when shown.Length > 1:
                    random.Shuffle(shown);
                    Model.Merge(shown[0], shown[1]);
                    Assert.Equal(new MergedIdeas.Stands(Id(shown[0]), Id(shown[1])), await house.Merge(Id(shown[0]), Id(shown[1])));
                    break;
                case 8 when merged.Length > 0:
                    await Undo(merged[random.Next(merged.Length)]);
                    break;
                case 9 when random.Next(6) == 0:
                    Advance(TimeSpan.FromDays(200)); // far enough to move the epoch
                    break;
            }
        }

        public async Task UndoEveryMerge()
        {
            var merged = Model.Merged.ToArray();
            random.Shuffle(merged);
            foreach (var idea in merged) await Undo(idea);
        }

        private async Task Vote(int idea, int voter, Stance stance)
        {
            await house.Vote(Id(idea), stance, Voters[voter]);
            foreach (var change in Model.Vote(idea, voter, stance, house.Clock.GetUtcNow()))
            {
                if (twin is not null) await twin.Vote(Id(change.Idea), change.Stance, Voters[voter]);
            }

            if (twin is not null) await twin.With<RankEpoch, bool>(e => e.MoveIfDue(default));
        }

        private async Task Comment(int idea)
        {
            var (id, by) = (IdeaCommentId.New(), Voters[random.Next(Voters.Length)]);
            var home = Model.Comment(idea, id);
            await house.With<CommentOnIdea, Commented>(c => c.By(by, Id(idea), id, "Word for word.", default));
            if (twin is not null) await twin.With<CommentOnIdea, Commented>(c => c.By(by, Id(home), id, "Word for word.", default));
        }

        private async Task Undo(int idea)
        {
            Model.Unmerge(idea);
            Assert.Equal(new MergedIdeas.Stands(Id(idea), Id(idea)), await house.Unmerge(Id(idea)));
        }

        private void Advance(TimeSpan by)
        {
            house.Clock.Advance(by);
            twin?.Clock.Advance(by);
        }
    }
}
