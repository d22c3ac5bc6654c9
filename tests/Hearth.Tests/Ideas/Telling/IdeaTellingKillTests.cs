using System.Globalization;
using Hearth.Conversations;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Telling;
using Hearth.Listening;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Listening.Reading;
using Hearth.Tests.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Telling;

/// <summary>Telling of an idea dies at a commit, again and again, and goes on.</summary>
public class IdeaTellingKillTests
{
    private const int People = 60;
    private const int Accounts = 540;

    [Theory, EveryDatabase]
    public async Task Killed_at_each_commit_in_turn_it_writes_down_and_queues_everybody_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var posts = Enumerable.Range(0, People).Select(n => new IncomingPost("p" + n, "The lid of my flask should lock", house.Clock.GetUtcNow(), new("fan" + n, "fan" + n, "Fan " + n))).ToList();
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(Engage: true), default));
        await house.Settle();
        foreach (var mention in await house.With<Database, List<MentionId>>(db => db.Set<MentionRow>().Select(m => m.Id).ToListAsync()))
            Assert.IsType<FromPost.Voted>(await house.With<VoteForCustomer, FromPost>(v => v.With(idea, mention, Stance.Promote, TellingHouse.Agent, default)));
        await house.With<Database>(async db =>
        {
            await db.InsertAll([.. Enumerable.Range(0, Accounts).Select(_ => new IdeaFollow { Idea = idea, User = Hearth.Governance.UserId.New(), Follows = true, At = house.Clock.GetUtcNow() })], default);
        });
        await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Implemented, "It is in the shop now.");
        var news = Assert.Single(await house.News(idea));
        await house.With<Politeness, IReadOnlyList<FieldError>>(p => p.Set("file", Politeness.MaxPerHour, default));

        // Before the first commit, before the second and right after it. 600 voters and followers and the author are two batches; then the end of it.
        foreach (var (at, written) in new[] { (0, 0), (1, 500), (2, People + Accounts + 1) })
        {
            Assert.Equal(137, await Die(house, news.Id, nameof(SpreadIdeaNews), at));
            Assert.Equal(written, await house.With<Database, int>(db => db.Set<IdeaNotice>().CountAsync()));
        }

        await house.With<SpreadIdeaNewsRun>(r => r.Run(new(news.Id), default));
        Assert.Equal((People + Accounts + 1, true), (await house.News(idea)).Select(n => (n.Accounts, n.Spread)).Single());
        Assert.IsType<Wording.Done>(await house.Approve(news));
        for (var at = 0; at < 3; at++)
        {
            Assert.Equal(137, await Die(house, news.Id, nameof(TellOfIdeas), at));
            Assert.Equal(await house.With<Database, int>(db => db.Set<IdeaNotice>().CountAsync(n => n.State != null && n.State != ToldState.Waiting)), await house.With<Database, int>(db => db.Set<Message>().CountAsync()));
        }

        for (var n = 0; n < 4; n++)
        {
            await house.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(People + Accounts + 1, await house.With<Database, int>(db => db.Set<IdeaNotice>().CountAsync()));
        Assert.Equal(People, (await house.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.About("idea:" + idea.Value, default))).Count);
        Assert.Equal(People, Assert.Single(await house.News(idea)).ByState[ToldState.ByHand]);
        Assert.Equal(People, await house.With<Database, int>(db => db.Set<Entry>().CountAsync(e => e.Kind == EntryKind.Reply)));
    }

    private static Task<int> Die(TestHouse house, IdeaNewsId news, string what, int at) => ChildProcess.Run(
        WorkAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, news.Value.ToString(), what, at.ToString(CultureInfo.InvariantCulture));

    [Child]
    internal static async Task WorkAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var clock = new FakeClock();
        clock.Advance(TimeSpan.FromHours(1));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(at);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(int.Parse(args[5], CultureInfo.InvariantCulture))));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        if (args[4] == nameof(SpreadIdeaNews)) await scope.ServiceProvider.GetRequiredService<SpreadIdeaNewsRun>().Run(new(IdeaNewsId.From(Guid.Parse(args[3]))), default);
        else await scope.ServiceProvider.GetRequiredService<TellOfIdeasRun>().Run(new(), default);
    }
}
