using System.Globalization;
using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations.Rules;

public class RuleKillTests
{
    /// <summary>How often the process dies; HEARTH_RULE_KILLS gives more.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("HEARTH_RULE_KILLS"), out var given) ? given : 6;

    /// <summary>Killed (-9) before and after each of the first commits of those who follow, again and again: every post is answered by its rules once.</summary>
    [Theory, EveryDatabase]
    public async Task However_often_the_process_dies_each_post_is_answered_by_each_rule_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var label = await house.OnArrival("Label", new(), new(Department.Care, Labels: ["seen"]));
        var note = await house.OnArrival("Only told", new(), new(Notify: null, Stop: true));
        var posts = Enumerable.Range(0, 25).Select(n => new IncomingPost($"p{n}", "Hello", house.Clock.Now(), new($"a{n}", $"a{n}.example", $"a{n}"), null, "en")).ToList();
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(Engage: true), default));

        var deaths = 0;
        for (var commit = 0; commit < Kills; commit++)
        {
            if (await ChildProcess.Run(FollowAndDie, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, commit.ToString(CultureInfo.InvariantCulture), house.Clock.Now().ToString("O")) == 137) deaths++;
        }

        await house.Settle();
        Assert.True(deaths >= Kills / 2, $"only {deaths} died");
        Assert.Equal(25, (await house.Firings(label)).Count);
        Assert.Equal(25, (await house.Firings(note)).Count);
        var events = await house.With<Database, List<Entry>>(db => db.Set<Entry>().AsNoTracking().Where(e => e.Kind == EntryKind.Event).ToListAsync());
        Assert.Equal([25, 25, 25], ((string[])["routed", "labelled", "rule"]).Select(what => events.Count(e => e.What == what)));
        Assert.Equal(50, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("RuleFired"))));
    }

    /// <summary>The same for waits: the job that looks at them dies again and again, and each wait is acted on once.</summary>
    [Theory, EveryDatabase]
    public async Task However_often_the_job_dies_each_wait_is_acted_on_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        for (var n = 0; n < 12; n++) await talk.Says($"author{n}", "Hello?");
        var rule = await house.Rule("Too long", new(RuleMoment.TimePasses, Minutes: 30), new(), new(Priority: ConversationPriority.Watch));

        var deaths = 0;
        for (var turn = 0; turn < Kills; turn++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            if (await ChildProcess.Run(LookAndDie, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, (turn % 4).ToString(CultureInfo.InvariantCulture), house.Clock.Now().ToString("O")) == 137) deaths++;
        }

        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Settle();
        Assert.True(deaths >= Kills / 2, $"only {deaths} died");
        Assert.Equal(12, (await house.Firings(rule)).Count);
        Assert.Equal(12, (await house.Firings(rule)).Select(f => f.Conversation).Distinct().Count());
        Assert.Equal(12, await house.With<Database, int>(db => db.Set<Entry>().CountAsync(e => e.What == "prioritised")));
    }

    [Child]
    internal static async Task LookAndDie(string[] args)
    {
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.Parse(args[4], CultureInfo.InvariantCulture));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommitNumber(int.Parse(args[3], CultureInfo.InvariantCulture), after: args[3] is "1" or "3")));
        await using var house = services.BuildServiceProvider();
        await using var scope = house.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LookAtWaitsRun>().Run(new LookAtWaits(), default);
    }

    [Child]
    internal static async Task FollowAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.Parse(args[4], CultureInfo.InvariantCulture));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(at);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommitNumber(int.Parse(args[3], CultureInfo.InvariantCulture) % 6, after: int.Parse(args[3], CultureInfo.InvariantCulture) % 2 == 0)));
        await using var house = services.BuildServiceProvider();
        await house.GetRequiredService<FactDispatcher>().Drain(default);
    }
}
