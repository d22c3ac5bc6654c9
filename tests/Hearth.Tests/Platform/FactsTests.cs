using Hearth.Platform;
using Hearth.Platform.Toys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hearth.Tests.Platform;

public class FactsTests
{
    [Theory, EveryDatabase]
    public async Task Every_subscriber_handles_every_fact_once_and_in_order_though_the_dispatcher_is_killed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<Database>(Toys.MakeTable);
        const int subjects = 30, steps = 40;
        for (var step = 0; step < steps; step++)
        {
            await house.In(async s =>
            {
                var db = s.GetRequiredService<Database>();
                for (var subject = 0; subject < subjects; subject++) db.Record(new ToyMoved($"t{subject}", step));
                await db.SaveChangesAsync();
            });
        }

        // Each child handles a number of facts, then dies inside a handler, after its effect and before the commit.
        var deaths = 0;
        foreach (var after in new[] { 1, 7, 150, 333, 900 })
        {
            if (await ChildProcess.Run(DispatchAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, after.ToString()) == 137) deaths++;
        }

        Assert.Equal(5, deaths);
        Assert.Equal(0, await ChildProcess.Run(DispatchAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, int.MaxValue.ToString()));

        var effects = await house.With<Database, List<(string Subscriber, string Subject, int Step)>>(Toys.Effects);
        Assert.Equal(Toys.Subscribers.Length * subjects * steps, effects.Count);
        foreach (var one in effects.GroupBy(e => (e.Subscriber, e.Subject))) Assert.Equal(Enumerable.Range(0, steps), one.Select(e => e.Step));
    }

    [Child]
    internal static async Task DispatchAndDie(string[] args)
    {
        var left = int.Parse(args[3]);
        var trouble = new ToyTrouble { On = (_, _) => { if (--left <= 0) ChildProcess.DieNow(); } };
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).AddToys(trouble).BuildServiceProvider();
        await services.GetRequiredService<FactDispatcher>().Drain(default);
    }

    [Theory, EveryDatabase]
    public async Task A_fact_is_kept_only_with_the_work_that_made_it_true(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => s.AddToys(new ToyTrouble()));
        await house.With<Database>(Toys.MakeTable);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Record(new ToyMoved("never", 1));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await house.Settle();
        Assert.Empty(await house.With<Database, List<(string, string, int)>>(Toys.Effects));
    }

    [Fact]
    public async Task Who_is_chosen_to_give_way_in_a_deadlock_saves_once_the_other_is_through()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Postgres, s => s.AddToys(new ToyTrouble()));
        await house.With<Database>(Toys.MakeTable);
        await using var other = new NpgsqlConnection(house.Location.ConnectionString);
        await other.OpenAsync();
        async Task Say(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync();
        }

        // The other has the table, ours has the partition and waits for the table, then the other waits for the partition: ours looks for a circle first.
        await Say("SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE platform_facts IN EXCLUSIVE MODE");
        var saving = Task.Run(() => house.With<Database>(async db =>
        {
            db.Record(new ToyMoved("given way", 1));
            await db.SaveChangesAsync();
        }));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do await timer.WaitForNextTickAsync();
        while (await house.With<Database, int>(db => db.Database.SqlQueryRaw<int>(
            "SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").SingleAsync()) == 0);
        await Say($"SELECT pg_advisory_xact_lock({0x48454152}, {FactRow.PartitionOf("toy:given way")})");
        await Say("COMMIT");
        await saving;
        await house.Settle();
        Assert.Equal([("given way", 1)], (await house.With<Database, List<(string Subscriber, string Subject, int Step)>>(Toys.Effects)).Select(e => (e.Subject, e.Step)).Distinct());
    }

    [Theory, EveryDatabase]
    public async Task Many_writers_at_once_lose_no_fact_and_keep_the_order_of_each_subject(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => s.AddToys(new ToyTrouble()));
        await house.With<Database>(Toys.MakeTable);
        using var stop = new CancellationTokenSource();
        var dispatching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await house.Services.GetRequiredService<FactDispatcher>().Drain(default);
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var step = 0; step < 25; step++)
            {
                await house.In(async s =>
                {
                    var db = s.GetRequiredService<Database>();
                    db.Record(new ToyMoved("w" + writer, step));
                    await db.SaveChangesAsync();
                });
            }
        })));
        await stop.CancelAsync();
        await dispatching;
        await house.Settle();
        var effects = await house.With<Database, List<(string Subscriber, string Subject, int Step)>>(Toys.Effects);
        Assert.Equal(Toys.Subscribers.Length * 8 * 25, effects.Count);
        foreach (var one in effects.GroupBy(e => (e.Subscriber, e.Subject))) Assert.Equal(Enumerable.Range(0, 25), one.Select(e => e.Step));
    }

    [Theory, EveryDatabase]
    public async Task A_fact_among_thousands_that_concern_nobody_is_handled_once_and_in_order_by_several_dispatchers(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => s.AddToys(new ToyTrouble()));
        await house.With<Database>(Toys.MakeTable);
        int[] told = [0, 1, FactDispatcher.PassByWindow - 1, FactDispatcher.PassByWindow, FactDispatcher.PassByWindow + 1, FactDispatcher.PassByWindow * 2 + 7];
        await house.With<Database>(db => db.InTransaction(async () =>
        {
            for (var i = 0; i < FactDispatcher.PassByWindow * 2 + 50; i++)
            {
                if (told.Contains(i)) db.RecordOneOfMany(new ToyMoved("crowd", i));
                else db.RecordOneOfMany(new ToyStopped("crowd"));
            }

            await db.SaveChangesAsync();
        }, default));

        var dispatcher = house.Services.GetRequiredService<FactDispatcher>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => dispatcher.Drain(default))));
        await house.Settle();
        Assert.True(await dispatcher.IsIdle(default));
        var effects = await house.With<Database, List<(string Subscriber, string Subject, int Step)>>(Toys.Effects);
        Assert.Equal(Toys.Subscribers.Length * told.Length, effects.Count);
        foreach (var one in effects.GroupBy(e => e.Subscriber)) Assert.Equal(told, one.Select(e => e.Step));
    }

    [Theory, EveryDatabase]
    public async Task A_fact_that_fails_for_good_is_parked_with_the_rest_of_its_subject_and_stops_nobody_else(DatabaseKind kind)
    {
        var broken = true;
        var trouble = new ToyTrouble { On = (who, step) => { if (broken && who == "toy.two" && step == 13) throw new InvalidOperationException("bad luck"); } };
        await using var house = await TestHouse.Create(kind, s => s.AddToys(trouble).AddLogging(l => l.SetMinimumLevel(LogLevel.None)));
        await house.With<Database>(Toys.MakeTable);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            for (var step = 10; step < 16; step++) db.Record(new ToyMoved("unlucky", step));
            for (var step = 0; step < 3; step++) db.Record(new ToyMoved("fine", step));
            await db.SaveChangesAsync();
        });
        for (var attempt = 0; attempt <= FactDispatcher.MaxAttempts; attempt++)
        {
            await house.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var effects = await house.With<Database, List<(string Subscriber, string Subject, int Step)>>(Toys.Effects);
        Assert.Equal([10, 11, 12], effects.Where(e => e is { Subscriber: "toy.two", Subject: "unlucky" }).Select(e => e.Step));
        Assert.Equal([0, 1, 2], effects.Where(e => e is { Subscriber: "toy.two", Subject: "fine" }).Select(e => e.Step));
        Assert.Equal(6, effects.Count(e => e is { Subscriber: "toy.one", Subject: "unlucky" }));
        Assert.Equal(3, await house.With<ParkedFacts, int>(p => p.Count(default)));

        broken = false;
        Assert.Equal(3, await house.With<ParkedFacts, int>(p => p.Retry(default)));
        effects = await house.With<Database, List<(string Subscriber, string Subject, int Step)>>(Toys.Effects);
        Assert.Equal([10, 11, 12, 13, 14, 15], effects.Where(e => e is { Subscriber: "toy.two", Subject: "unlucky" }).Select(e => e.Step));
        Assert.Equal(0, await house.With<ParkedFacts, int>(p => p.Count(default)));
    }
}
