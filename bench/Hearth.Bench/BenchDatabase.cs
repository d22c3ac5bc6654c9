using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Bench;

/// <summary>A fresh database of either kind with the whole house on it. PostgreSQL only where HEARTH_TEST_POSTGRES says where one is.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("HEARTH_TEST_POSTGRES");

    private readonly bool _stays;

    private BenchDatabase(DatabaseLocation at, ServiceProvider services, bool stays) => (At, Services, _stays) = (at, services, stays);

    public DatabaseLocation At { get; }

    public ServiceProvider Services { get; }

    public static IEnumerable<DatabaseKind> Kinds => Server is null ? [DatabaseKind.Sqlite] : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    /// <param name="kind">Which.</param>
    /// <param name="more">Further services.</param>
    /// <param name="keep">A name under which it is found again by the next run, and not removed, or the path of a folder, whose name the PostgreSQL database bears; null makes one that goes.</param>
    /// <param name="asItIs">True when it has the tables of this version already, whatever its history says.</param>
    public static async Task<BenchDatabase> Create(DatabaseKind kind, Action<IServiceCollection>? more = null, string? keep = null, bool asItIs = false)
    {
        var folder = keep is null ? Directory.CreateTempSubdirectory("hearth-bench-").FullName : Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), keep)).FullName;
        string? postgres = null;
        if (kind == DatabaseKind.Postgres)
        {
            var name = keep is null ? $"bench_{Guid.NewGuid():N}" : Path.GetFileName(keep).Replace('-', '_');
            if (keep is null || !await Exists(name)) await Admin($"CREATE DATABASE {name}");
            postgres = new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString();
        }

        var at = DatabaseLocation.Of(folder, postgres);
        var services = new ServiceCollection().AddLogging().AddHearth(at);
        more?.Invoke(services);
        var made = new BenchDatabase(at, services.BuildServiceProvider(), keep is not null);
        if (!asItIs) await made.With<Database>(db => db.Migrate(at, default));
        return made;
    }

    public async Task With<T>(Func<T, Task> use) where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_stays) return;
        if (At.Kind == DatabaseKind.Postgres)
        {
            NpgsqlConnection.ClearAllPools();
            await Admin($"DROP DATABASE {new NpgsqlConnectionStringBuilder(At.ConnectionString).Database} WITH (FORCE)");
        }
        else
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        Directory.Delete(At.DataDirectory, recursive: true);
    }

    private static async Task<bool> Exists(string name)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM pg_database WHERE datname = '{name}'", connection);
        return await command.ExecuteScalarAsync() is > 0L;
    }

    private static async Task Admin(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
