using System.Globalization;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Operations.Delight;
using Hearth.Platform;
using Hearth.Tests.Conversations.Rules;
using Hearth.Tests.Outlet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations;

/// <summary>The rule of a programme is killed at one commit after another while many glad people write.</summary>
public class DelightKillTests
{
    private const int People = 30;
    private static readonly Actor Lea = new(UserId.New(), "Lea Brandt", "LB", Department.Care, Role.Lead);

    [Theory, EveryDatabase]
    public async Task Killed_at_one_commit_after_another_everybody_is_drawn_once_as_the_seed_says_and_the_budget_holds(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var draft = new DelightDraft("A card", Gesture.Note, "A hand-written card", Department.Care, OutletHouse.Eur(10_00), OutletHouse.Eur(2_00), PerDay: 1_000, RuleIntent: Intent.Praise);
        var program = Assert.IsType<DelightStart.Done>(await house.With<StartDelight, DelightStart>(s => s.With(draft, Lea, default))).Program;
        await house.Settle();
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var posts = Enumerable.Range(0, People).Select(n => new IncomingPost($"p{n}", $"I love it, great, thank you so much! {n}", house.Clock.Now().AddMinutes(-n), new($"glad{n}", $"glad{n}.example", $"Glad {n}")));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. posts], new Receiving(Engage: false), default));

        var deaths = 0;
        foreach (var (commit, after) in Enumerable.Range(0, 200).SelectMany(n => new[] { (n, false), (n + 1, true) }))
        {
            var code = await ChildProcess.Run(HandOnAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, house.Clock.Now().UtcTicks.ToString(CultureInfo.InvariantCulture), commit.ToString(CultureInfo.InvariantCulture), after.ToString());
            if (code == 0) break;
            Assert.Equal(137, code);
            deaths++;
            await Holds(house, program, mayWait: true);
        }

        Assert.InRange(deaths, 5, 400);
        await house.Settle();
        await Holds(house, program, mayWait: false);
    }

    private static async Task Holds(TestHouse house, DelightId program, bool mayWait)
    {
        var view = (await house.With<ReadDelight, DelightView?>(r => r.Of(program, default)))!;
        Assert.Equal(view.People.Count, view.People.DistinctBy(p => p.Person).Count());
        Assert.All(view.People, p => Assert.Equal(Lottery.IsHeldOut(view.Line.Seed, p.Person, 50), p.State == DelightState.HeldOut));
        Assert.Equal(OutletHouse.Eur(2_00 * view.Line.Waiting), view.Line.Committed);
        Assert.InRange(view.Line.Waiting, mayWait ? 0 : 5, 5);
        Assert.Equal(view.People.Count, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith(".DelightChosen"))));
    }

    [Child]
    internal static async Task HandOnAndDie(string[] args)
    {
        var clock = new FakeClock();
        clock.Set(new(long.Parse(args[3], CultureInfo.InvariantCulture), TimeSpan.Zero));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommitNumber(int.Parse(args[4], CultureInfo.InvariantCulture), bool.Parse(args[5]))));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<FactDispatcher>().Drain(default);
    }
}
