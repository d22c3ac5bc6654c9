using System.Data.Common;
using System.Globalization;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening;

/// <summary>No stored mention is missed by a saved query, whatever dies and whatever happens at once.</summary>
public class MatchHistoryTests
{
    private const int Stored = 9_000;

    [Theory, EveryDatabase]
    public async Task Looking_back_that_is_killed_goes_on_where_it_stopped(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await SavedQueriesTests.Keep(house, [.. Enumerable.Range(0, Stored).Select(n => new IncomingPost($"{n}", n % 3 == 0 ? "a hinge" : "a lid", house.Clock.GetUtcNow()))]);
        var id = Assert.IsType<SavedQuery.Done>(await house.With<SavedQueries, SavedQuery>(q => q.Add("Hinges", "hinge", default))).Query;
        string[] where = [house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory];

        var seen = 0;
        foreach (var batch in (int[])[1, 4, 4])
        {
            Assert.Equal(137, await ChildProcess.Run(LookBackAndDie, [.. where, batch.ToString(CultureInfo.InvariantCulture)]));
            var now = (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!;
            seen += (batch - 1) * 1_000;
            Assert.Equal((false, seen, seen / 3), (now.HistoryDone, now.HistorySeen, (int)now.Mentions)); // the batch that died left nothing
        }

        Assert.Equal(0, await ChildProcess.Run(LookBackAndDie, [.. where, "1000000"]));
        var view = (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!;
        Assert.Equal((true, Stored, Stored, Stored / 3), (view.HistoryDone, view.HistorySeen, view.HistoryTotal, view.Mentions));
        Assert.Equal(Enumerable.Range(0, Stored).Where(n => n % 3 == 0), await SavedQueriesTests.Found(house, id));
    }

    [Child]
    internal static async Task LookBackAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAt(int.Parse(args[3], CultureInfo.InvariantCulture))))
            .Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1)).BuildServiceProvider();
        var worker = services.GetRequiredService<JobWorker>();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do await worker.Drain(default);
        while (await Left() && await pause.WaitForNextTickAsync());

        async Task<bool> Left()
        {
            await using var scope = services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<Database>().Set<JobRow>().AnyAsync(j => j.Kind == "Listening.MatchHistory");
        }
    }

    // After the matches of a batch are written, before its progress is and before both are committed.
    private sealed class DieAt(int batch) : DbCommandInterceptor
    {
        private int _left = batch;

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("history_seen", StringComparison.Ordinal) && --_left == 0) ChildProcess.DieNow();
            return new(result);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_commits_after_a_query_was_saved_without_knowing_it_is_found_by_looking_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await SavedQueriesTests.Keep(house, [new("0", "the first hinge", house.Clock.GetUtcNow())]);
        var (stored, mayCommit) = (new TaskCompletionSource(), new TaskCompletionSource());

        var receiving = house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            var source = await s.GetRequiredService<Sources>().ForFile("other", default);
            await db.InTransaction(async () =>
            {
                // Matches with the queries of this moment, and commits only when it is told.
                await s.GetRequiredService<ReceiveMentions>().Run(source, [new("1", "the second hinge", house.Clock.GetUtcNow())], (string?)null, default);
                stored.SetResult();
                await mayCommit.Task;
            }, default);
        });
        await stored.Task;
        var saving = Task.Run(async () =>
        {
            var saved = await house.With<SavedQueries, SavedQuery>(q => q.Add("Hinges", "hinge", default));
            await house.Settle();
            return ((SavedQuery.Done)saved).Query;
        });
        if (kind == DatabaseKind.Postgres) await Until(() => house.In(async s => await s.GetRequiredService<Database>().Database.SqlQuery<int>(
            $"""SELECT count(*)::int AS "Value" FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""").SingleAsync() > 0));
        mayCommit.SetResult();
        await receiving;

        Assert.Equal([0, 1], await SavedQueriesTests.Found(house, await saving));
    }

    [Theory, EveryDatabase]
    public async Task Queries_saved_and_changed_while_posts_pour_in_match_every_one_once(DatabaseKind kind)
    {
        const int Sources = 4, Batches = 15, Posts = 6;
        await using var house = await TestHouse.Create(kind, s => s.AddTransient<JobWorker>());
        using var over = new CancellationTokenSource();
        var pouring = Task.WhenAll(Enumerable.Range(0, Sources).Select(source => Task.Run(async () =>
        {
            var id = await house.With<Sources, SourceId>(s => s.ForFile($"source {source}", default));
            for (var batch = 0; batch < Batches; batch++)
            {
                var first = (source * Batches + batch) * Posts;
                await house.With<ReceiveMentions, Received>(r => r.Run(id, [.. Enumerable.Range(first, Posts).Select(n => new IncomingPost($"{n}", n % 2 == 0 ? "a hinge" : "a lid", house.Clock.GetUtcNow()))], (string?)null, default));
            }
        })));
        var looking = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var worker = ActivatorUtilities.CreateInstance<JobWorker>(house.Services);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!over.IsCancellationRequested)
            {
                await worker.Drain(default);
                await timer.WaitForNextTickAsync();
            }
        })));
        var queries = new List<(QueryId Id, bool Lids)>();
        for (var n = 0; !pouring.IsCompleted || n < 6; n++)
        {
            var id = Assert.IsType<SavedQuery.Done>(await house.With<SavedQueries, SavedQuery>(q => q.Add($"Query {n}", "hinge", default))).Query;
            var changes = n % 3 == 2;
            if (changes) await house.With<SavedQueries, SavedQuery>(q => q.Change(id, $"Query {n}", "lid", default));
            queries.Add((id, changes));
        }

        await pouring;
        await over.CancelAsync();
        await looking;
        await house.Settle();

        foreach (var (id, lids) in queries)
        {
            Assert.Equal(Enumerable.Range(0, Sources * Batches * Posts).Where(n => n % 2 == (lids ? 1 : 0)), await SavedQueriesTests.Found(house, id));
            Assert.Equal(Sources * Batches * Posts / 2, (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!.Mentions);
        }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var n = 0; n < 500; n++)
        {
            if (await holds()) return;
            await timer.WaitForNextTickAsync();
        }

        Assert.Fail("It never came to hold.");
    }
}
