using Hearth.Ideas;
using Hearth.Platform;
using Hearth.Tests.Ideas.Merging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class CountIdeasTests
{
    [Theory, EveryDatabase]
    public async Task The_kept_counts_follow_whatever_becomes_of_ideas(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Null(await house.With<IdeaCategories, FieldError?>(c => c.Put("stoves", "Stoves", 1, default)));
        var random = new Random(2);
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 12; i++)
        {
            var id = IdeaId.New();
            await house.With<PostIdea, PostedIdea>(p => p.By(IdeasHouse.Somebody(), id, new($"Idea number {i}", "The body of an idea.", i % 3 == 0 ? "stoves" : "general"), default));
            ideas.Add(id);
            house.Clock.Advance(TimeSpan.FromHours(random.Next(60)));
        }

        for (var i = 0; i < 40; i++)
        {
            var idea = ideas[random.Next(ideas.Count)];
            var from = await house.In(s => s.GetRequiredService<Database>().Ideas.Where(x => x.Id == idea).Select(x => x.Status).SingleAsync());
            await house.Move(idea, from, (IdeaStatus)random.Next(1, 9));
            if (random.Next(6) == 0) await house.Merge(idea, ideas[random.Next(ideas.Count)]);
            if (random.Next(6) == 0) await house.Unmerge(idea);
            house.Clock.Advance(TimeSpan.FromHours(random.Next(400)));
            await TheCountsAreRight(house);
        }

        await house.In(s => s.GetRequiredService<Database>().Ideas.Where(x => x.Id == ideas[0]).ExecuteDeleteAsync());
        await TheCountsAreRight(house);
    }

    [Theory, EveryDatabase]
    public async Task The_median_of_what_was_answered_is_the_middle_or_between_the_two_in_the_middle(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Null((await Counts(house)).MedianDaysToAnswer);
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 4; i++) ideas.Add(await house.Post($"Idea number {i}"));
        foreach (var (idea, hours, median) in new[] { (ideas[0], 6.5, 6 / 24.0), (ideas[1], 30, 21 / 24.0), (ideas[2], 24 * 40, 36 / 24.0), (ideas[3], 24 * 317, (36 + 24 * 41) / 48.0) })
        {
            house.Clock.Advance(TimeSpan.FromHours(hours));
            await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Acknowledged);
            Assert.Equal(median, (await Counts(house)).MedianDaysToAnswer!.Value, 1e-9);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_board_of_an_older_version_keeps_its_votes_and_is_counted(DatabaseKind kind)
    {
        var at = await TestDatabases.Empty(kind);
        await using var provider = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(at).BuildServiceProvider();
        try
        {
            var (idea, first, second) = (IdeaId.New(), IdeasHouse.Somebody(), IdeasHouse.Somebody());
            await using (var scope = provider.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<Database>();
                var before = db.Database.GetMigrations().Single(m => m.EndsWith("_Fixing", StringComparison.Ordinal));
                await db.GetService<IMigrator>().MigrateAsync(before);
                var given = new DateTimeOffset(2026, 8, 25, 12, 0, 0, TimeSpan.Zero).ToUnixMicroseconds();
                object Key(Guid id) => VoteRows.Key(db, id);
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO ideas_ideas (id, title, body, category, author, author_name, at, status, score, points, promotions, demotions, comments)
                    VALUES ({Key(idea.Value)}, 'A lid that locks', 'So that nothing spills.', 'general', {Key(first.Id.Value)}, 'Ana Fox', {given}, 0, 20971520, 20, 2, 0, 0)
                    """);
                foreach (var voter in new[] { first, second })
                {
                    await db.Database.ExecuteSqlAsync($"""INSERT INTO ideas_votes (idea, "user", stance, at, units) VALUES ({Key(idea.Value)}, {Key(voter.Id.Value)}, 1, {given}, 10485760)""");
                }

                await db.Migrate(at, default);
            }

            await using var after = provider.CreateAsyncScope();
            var cast = await after.ServiceProvider.GetRequiredService<CastVote>().For(IdeasHouse.Somebody(), idea, Stance.Promote, default);
            Assert.Equal(new VoteCast.Stands(Stance.Promote, 30, 3, 0), cast);
            var why = (await after.ServiceProvider.GetRequiredService<ExplainRank>().Of(idea, default))!;
            Assert.Equal([(new DateOnly(2026, 8, 25), 2), (new DateOnly(2026, 9, 1), 1)], why.Days.Select(d => (d.Day, d.Promotions)));
            Assert.Equal(10 + 20 * Math.Pow(0.5, 7 / 14.0), why.Worth, 1e-3);
            Assert.Equal(1, (await after.ServiceProvider.GetRequiredService<CountIdeas>().Now(default)).Submitted);
        }
        finally
        {
            await TestDatabases.Drop(at);
        }
    }

    private static Task<IdeaCounts> Counts(TestHouse house) => house.With<CountIdeas, IdeaCounts>(c => c.Now(default));

    private static Task TheCountsAreRight(TestHouse house) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        var shown = await db.ShownIdeas.AsNoTracking().ToListAsync();
        var kept = await db.IdeaCounts.AsNoTracking().Where(c => c.Ideas != 0).ToListAsync();
        Assert.Equal(shown.GroupBy(i => (i.Category, i.Status, Answered: i.AnsweredAt != null)).Select(g => (g.Key, (long)g.Count())).Order(), kept.Select(c => ((c.Category, c.Status, c.Answered), c.Ideas)).Order());
        var answers = await db.IdeaAnswerCounts.AsNoTracking().Where(c => c.Ideas != 0).ToListAsync();
        Assert.Equal(shown.Where(i => i.AnsweredAt != null).GroupBy(i => (i.Category, Hours: Hours(i.AnsweredAt!.Value - i.At))).Select(g => (g.Key.Category, g.Key.Hours, (long)g.Count())).Order(),
            answers.Select(c => (c.Category, c.Hours, c.Ideas)).Order());
    });

    private static int Hours(TimeSpan wait) => wait.TotalDays < 10 ? (int)wait.TotalHours : wait.TotalDays < 100 ? (int)wait.TotalDays * 24 : (int)(wait.TotalDays / 10) * 240;
}
