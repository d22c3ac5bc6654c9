using Hearth.Platform;
using Hearth.Platform.Toys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Platform;

public class JobsTests
{
    private static Task Enqueue(TestHouse house, int count) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        for (var i = 0; i < count; i++) db.Enqueue(new PaintToy(i), house.Clock.Now());
        await db.SaveChangesAsync();
    });

    [Theory, EveryDatabase]
    public async Task Every_job_is_done_though_workers_are_killed_in_the_middle(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<Database>(Toys.MakeTable);
        await Enqueue(house, 60);
        string[] where = [house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory];

        // Killed before the effect, and after it but before the job is put away.
        Assert.Equal(137, await ChildProcess.Run(WorkAndDie, [.. where, "before", "10"]));
        Assert.Equal(137, await ChildProcess.Run(WorkAndDie, [.. where, "after", "15"]));
        Assert.Equal(0, await ChildProcess.Run(WorkAndDie, [.. where, "never", "0"]));

        var effects = await house.With<Database, List<(string, string, int Step)>>(Toys.Effects);
        Assert.Equal(Enumerable.Range(0, 60), effects.Select(e => e.Step).Order());
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<JobRow>().CountAsync(j => j.Kind == "Platform.Toys.PaintToy")));
    }

    [Child]
    internal static async Task WorkAndDie(string[] args)
    {
        var left = int.Parse(args[4]);
        var trouble = new ToyTrouble { On = (when, _) => { if (when == args[3] && --left <= 0) ChildProcess.DieNow(); } };
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).AddToys(trouble)
            .Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1)).BuildServiceProvider();
        var worker = services.GetRequiredService<JobWorker>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            await worker.Drain(default);
            await timer.WaitForNextTickAsync();
        }
        while (await Left(services) > 0);
    }

    private static async Task<int> Left(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<JobRow>().CountAsync(j => j.Kind == "Platform.Toys.PaintToy");
    }

    [Theory, EveryDatabase]
    public async Task Ten_workers_run_each_job_once(DatabaseKind kind)
    {
        var runs = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var trouble = new ToyTrouble { On = (when, number) => { if (when == "before") runs.AddOrUpdate(number, 1, (_, n) => n + 1); } };
        await using var house = await TestHouse.Create(kind, s => s.AddToys(trouble).AddTransient<JobWorker>());
        await house.With<Database>(Toys.MakeTable);
        await Enqueue(house, 80);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => ActivatorUtilities.CreateInstance<JobWorker>(house.Services).Drain(default))));
        Assert.Equal(80, runs.Count);
        Assert.All(runs.Values, n => Assert.Equal(1, n));
    }

    [Theory, EveryDatabase]
    public async Task Work_that_waits_for_others_takes_nobody_elses_turn(DatabaseKind kind)
    {
        var patience = new Patience();
        await using var house = await TestHouse.Create(kind, s => s.AddToys(new ToyTrouble()).AddSingleton(patience).AddJob<WaitForToy, Wait>(apart: true));
        await house.With<Database>(Toys.MakeTable);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            for (var i = 0; i < 20; i++) db.Enqueue(new WaitForToy(i), house.Clock.Now());
            await db.SaveChangesAsync();
        });
        await Enqueue(house, 20);
        using var stop = new CancellationTokenSource();
        var worker = ActivatorUtilities.CreateInstance<JobWorker>(house.Services);
        await worker.StartAsync(stop.Token);
        await Until(async () => (await house.With<Database, List<(string, string, int Step)>>(Toys.Effects)).Count == 20); // all is painted while nobody who waits is done
        Assert.InRange(patience.Begun, 0, 2);
        patience.Over.SetResult();
        await Until(async () => await house.With<Database, int>(db => db.Set<JobRow>().CountAsync(j => j.Key == null)) == 0);
        Assert.Equal(20, patience.Begun);
        await worker.StopAsync(default);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds()) await timer.WaitForNextTickAsync(limit.Token);
    }

    [Theory, EveryDatabase]
    public async Task A_failing_job_waits_longer_each_time_and_is_set_aside_in_the_end(DatabaseKind kind)
    {
        var runs = 0;
        var trouble = new ToyTrouble { On = (when, _) => { if (when == "before") { runs++; throw new InvalidOperationException("no paint"); } } };
        await using var house = await TestHouse.Create(kind, s => s.AddToys(trouble).AddLogging(l => l.SetMinimumLevel(LogLevel.None)));
        await house.With<Database>(Toys.MakeTable);
        await Enqueue(house, 1);
        await house.Settle();
        await house.Settle();
        Assert.Equal(1, runs); // not due again yet
        for (var i = 0; i < 20; i++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(10));
            await house.Settle();
        }

        var job = await house.With<Database, JobRow>(db => db.Set<JobRow>().SingleAsync(j => j.Kind == "Platform.Toys.PaintToy"));
        Assert.Equal((12, JobState.Failed, "no paint"), (runs, job.State, job.Error));
    }
}

public sealed record WaitForToy(int Number) : IJob;

/// <summary>How many wait for a toy, and when it comes.</summary>
public sealed class Patience
{
    private int _begun;

    public int Begun => _begun;

    public TaskCompletionSource Over { get; } = new();

    public Task Wait()
    {
        Interlocked.Increment(ref _begun);
        return Over.Task;
    }
}

public sealed class Wait(Patience patience) : IRun<WaitForToy>
{
    public Task Run(WaitForToy job, CancellationToken ct) => patience.Wait();
}
