using Hearth.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Platform;

public class SchemaTests
{
    [Theory, EveryDatabase]
    public async Task Every_change_of_the_model_is_carried_by_a_migration(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.False(await house.With<Database, bool>(db => Task.FromResult(db.Database.HasPendingModelChanges())), "Run src/Hearth/Schema/add NAME.");
        Assert.Empty(await house.With<Database, IEnumerable<string>>(db => db.Database.GetPendingMigrationsAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Processes_that_start_at_once_on_an_empty_database_all_find_it_ready(DatabaseKind kind)
    {
        var at = await TestDatabases.Empty(kind);
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChildProcess.Run(StartUp, at.Kind.ToString(), at.ConnectionString, at.DataDirectory)));
        Assert.All(codes, code => Assert.Equal(0, code));
        await TestDatabases.Drop(at);
    }

    [Fact]
    public async Task A_start_waits_for_another_that_brings_the_database_up_to_date_however_short_statements_must_be()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Postgres);
        var hasty = new DatabaseLocation(DatabaseKind.Postgres, house.Location.ConnectionString + ";Command Timeout=1", house.Location.DataDirectory);
        await using var services = new ServiceCollection().AddLogging().AddHearth(hasty).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();

        await using var other = new Npgsql.NpgsqlConnection(house.Location.ConnectionString);
        await other.OpenAsync();
        await using var hold = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(4919131752989213764)", other);
        await hold.ExecuteNonQueryAsync();
        var start = db.Migrate(hasty, default);
        hold.CommandText = "SELECT pg_sleep(2.5)";
        await hold.ExecuteNonQueryAsync();
        Assert.False(start.IsCompleted);
        hold.CommandText = "SELECT pg_advisory_unlock(4919131752989213764)";
        await hold.ExecuteNonQueryAsync();
        await start;
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("SELECT pg_sleep(2.5)")); // the limit holds again for everything else
    }

    [Child]
    internal static async Task StartUp(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await db.Migrate(at, default);
        await db.Set<FactRow>().CountAsync();
    }

    [Fact]
    public async Task A_lock_that_a_killed_start_left_behind_does_not_stop_the_next()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        await house.With<Database>(db => db.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT OR IGNORE INTO __EFMigrationsLock VALUES (1, '2026-01-01')"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await house.With<Database>(db => db.Migrate(house.Location, patience.Token));
    }

    [Theory, EveryDatabase]
    public async Task A_database_of_a_newer_version_is_not_touched(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<Database>(db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')"));
        var refused = await Assert.ThrowsAsync<DatabaseTooNewException>(() => house.With<Database>(db => db.Migrate(house.Location, default)));
        Assert.Contains("FromTheFuture", refused.Message, StringComparison.Ordinal);
    }
}
