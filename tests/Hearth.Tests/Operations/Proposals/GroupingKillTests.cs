using System.Data.Common;
using System.Globalization;
using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations.Proposals;

/// <summary>Grouping dies at a commit, again and again, and every mention stands in one place once.</summary>
public class GroupingKillTests
{
    private const int People = 40;

    [Theory, EveryDatabase]
    public async Task Killed_at_one_commit_after_another_it_goes_on_and_proposes_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("F-1", "Hush flask"), default));
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var posts = Enumerable.Range(0, People).Select(n => new IncomingPost("p" + n, "The lid hinge of my Hush flask cracked, terrible quality.", house.Clock.GetUtcNow(), new("fan" + n, "fan" + n, "Fan " + n))).ToList();
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(Engage: false), default));

        var deaths = 0; // one process after the other goes on and dies a few commits further, until one comes to the end
        for (var commit = 3; await ChildProcess.Run(HandOnAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, commit.ToString(CultureInfo.InvariantCulture)) == 137; commit += 4) deaths++;
        Assert.InRange(deaths, 3, 100);
        await house.Settle();

        await house.With<Database>(async db =>
        {
            Assert.Equal((People, 1), (await db.Set<CauseMention>().CountAsync(), await db.Set<Gap>().CountAsync()));
            var cause = await db.Set<Cause>().SingleAsync();
            Assert.Equal((People, People), (cause.People, cause.Mentions));
        });
    }

    [Child]
    internal static async Task HandOnAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(at);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieBefore(int.Parse(args[3], CultureInfo.InvariantCulture))));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<FactDispatcher>().Drain(default);
    }

    private sealed class DieBefore(int commit) : DbTransactionInterceptor
    {
        private int _commits;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _commits) == commit) ChildProcess.DieNow();
            return new(result);
        }
    }
}
