using System.Reflection;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit.Sdk;
using Xunit.v3;

namespace Hearth.Tests;

/// <summary>Runs a theory once per supported database; its first parameter is a <see cref="DatabaseKind"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<DatabaseKind>(DatabaseKind.Sqlite), new TheoryDataRow<DatabaseKind>(DatabaseKind.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>A fresh, migrated database and the whole house on it, gone when disposed.</summary>
public sealed class TestHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DatabaseLocation _at;

    private TestHouse(DatabaseLocation at, ServiceProvider services) => (_at, _services) = (at, services);

    public IServiceProvider Services => _services;

    public DatabaseLocation Location => _at;

    /// <summary>The clock that every slice of this house reads. Starts at 2026-09-01T09:00Z and moves only when told.</summary>
    public FakeClock Clock => (FakeClock)_services.GetRequiredService<TimeProvider>();

    public static async Task<TestHouse> Create(DatabaseKind kind, Action<IServiceCollection>? more = null)
    {
        var at = await TestDatabases.Fresh(kind);
        var services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning)).AddSingleton<TimeProvider>(new FakeClock()).AddHearth(at);
        more?.Invoke(services);
        var house = new TestHouse(at, services.BuildServiceProvider(validateScopes: true));
        return house;
    }

    /// <summary>Runs one use of the house in a scope of its own, as one request would.</summary>
    public async Task<T> In<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    /// <inheritdoc cref="In{T}"/>
    public async Task In(Func<IServiceProvider, Task> use)
    {
        await using var scope = _services.CreateAsyncScope();
        await use(scope.ServiceProvider);
    }

    /// <summary>Calls a slice in a scope of its own.</summary>
    public Task<T> With<TSlice, T>(Func<TSlice, Task<T>> use) where TSlice : notnull => In(s => use(s.GetRequiredService<TSlice>()));

    /// <inheritdoc cref="With{TSlice, T}"/>
    public Task With<TSlice>(Func<TSlice, Task> use) where TSlice : notnull => In(s => use(s.GetRequiredService<TSlice>()));

    /// <summary>Hands on all facts, runs all due jobs and reads all polled sources that are due until nothing is left to do now. Streams are read by the hosted <see cref="SourceRunner"/> alone.</summary>
    public async Task Settle()
    {
        var facts = _services.GetRequiredService<FactDispatcher>();
        var jobs = _services.GetRequiredService<JobWorker>();
        var sources = _services.GetRequiredService<SourceRunner>();
        while (await facts.Drain(default) + await jobs.Drain(default) + await sources.Drain(default) > 0) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await TestDatabases.Drop(_at);
    }
}

internal static class TestDatabases
{
    /// <summary>The server of the storage tests; <c>./test</c> starts one and says where.</summary>
    private static readonly string Server = Environment.GetEnvironmentVariable("HEARTH_TEST_POSTGRES") ?? "Host=127.0.0.1;Port=54329;Username=app;Database=postgres";

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplate);
    private static readonly SemaphoreSlim Copying = new(1, 1);

    public static async Task<DatabaseLocation> Fresh(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
            File.Copy(Path.Combine(await SqliteTemplate.Value, "hearth.db"), Path.Combine(folder, "hearth.db"));
            return DatabaseLocation.Of(folder, null);
        }

        var template = await PostgresTemplate.Value;
        var name = $"t{Guid.NewGuid():N}";
        await Copying.WaitAsync(); // a template is copied by one at a time
        try
        {
            await Admin($"CREATE DATABASE {name} TEMPLATE {template}");
        }
        finally
        {
            Copying.Release();
        }

        return Postgres(name);
    }

    public static async Task Drop(DatabaseLocation at)
    {
        if (at.Kind == DatabaseKind.Postgres)
        {
            await using (var connection = new NpgsqlConnection(at.ConnectionString)) NpgsqlConnection.ClearPool(connection);
            await Admin($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(at.ConnectionString).Database} WITH (FORCE)");
        }
        else
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        Directory.Delete(at.DataDirectory, recursive: true);
    }

    /// <summary>A place with nothing in it yet.</summary>
    public static async Task<DatabaseLocation> Empty(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite) return DatabaseLocation.Of(Directory.CreateTempSubdirectory("hearth-test-").FullName, null);
        var name = $"t{Guid.NewGuid():N}";
        await Admin($"CREATE DATABASE {name}");
        return Postgres(name);
    }

    private static DatabaseLocation Postgres(string name) => DatabaseLocation.Of(
        Directory.CreateTempSubdirectory("hearth-test-").FullName,
        new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 40 }.ToString());

    private static async Task<string> MakeSqliteTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-template-").FullName;
        await Migrate(DatabaseLocation.Of(folder, null));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // the last connection folds the log into the file
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static async Task<string> MakePostgresTemplate()
    {
        var name = $"template_{Guid.NewGuid():N}";
        await Admin($"CREATE DATABASE {name}");
        var at = Postgres(name);
        await Migrate(at);
        await using (var connection = new NpgsqlConnection(at.ConnectionString)) NpgsqlConnection.ClearPool(connection);
        return name;
    }

    private static async Task Migrate(DatabaseLocation at)
    {
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Database>().Migrate(at, default);
    }

    private static async Task Admin(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A clock that moves only when told.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void Set(DateTimeOffset at) => Interlocked.Exchange(ref _ticks, at.UtcTicks);
}
