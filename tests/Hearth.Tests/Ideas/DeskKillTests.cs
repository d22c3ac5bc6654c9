using System.Globalization;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Desk;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Hearth.Tests.Listening.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

/// <summary>The one who gives late ideas to people dies at a commit, and goes on.</summary>
public class DeskKillTests
{
    private const int Late = 430;

    [Theory, EveryDatabase]
    public async Task Killed_at_one_commit_after_the_other_every_late_idea_is_given_once_and_told_of(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var founder = new Actor(UserId.New(), "Founder", "F", null, Role.Owner);
        var invited = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.Invite(founder, "Tom Hale", "tom@example.org", Department.Care, Role.Agent, default)));
        await house.With<Welcome, WelcomeOutcome>(w => w.Accept(invited.Link.Split('/')[^1], new("Tom Hale", "TH", "tom@example.org", "a long enough password"), default));
        await house.In(s => s.GetRequiredService<Database>().InTransaction(async () =>
        {
            for (var i = 0; i < Late; i++) await s.GetRequiredService<PostIdea>().By(IdeasHouse.Somebody(), IdeaId.New(), new($"Idea number {i}", "Please make it so.", "general"), default);
        }, default));
        Task<int> Given() => house.In(s => s.GetRequiredService<Database>().Ideas.CountAsync(i => i.Owner != null));

        foreach (var (at, given) in new[] { (0, 0), (1, 200), (1, 400) })
        {
            Assert.Equal(137, await ChildProcess.Run(GiveAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, at.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(given, await Given());
        }

        house.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(30, await house.With<AgeIdeas, int>(a => a.Run(default)));
        Assert.Equal(Late, await Given());
        Assert.Equal(Late, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaOwned")));
        var told = await house.In(s => s.GetRequiredService<Database>().IdeaNotices.Select(n => n.Text).ToListAsync());
        Assert.Equal(["200 ideas", "200 ideas", "30 ideas"], told.Select(t => string.Join(' ', t.Split(' ')[..2])).Order(StringComparer.Ordinal));
    }

    [Child]
    internal static async Task GiveAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var clock = new FakeClock();
        clock.Advance(TimeSpan.FromDays(8));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(at);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(int.Parse(args[3], CultureInfo.InvariantCulture))));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AgeIdeas>().Run(default);
    }
}
