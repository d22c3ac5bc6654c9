using Hearth.Platform;
using Npgsql;

namespace Hearth.App.Tests.Demo;

/// <summary>An empty database of one test's own.</summary>
internal static class FreshDatabase
{
    private static readonly string Server = Environment.GetEnvironmentVariable("HEARTH_TEST_POSTGRES") ?? "Host=127.0.0.1;Port=54329;Username=app;Database=postgres";

    public static async Task<DatabaseLocation> Make(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("hearth-demo-").FullName;
        if (kind == DatabaseKind.Sqlite) return DatabaseLocation.Of(folder, null);
        var name = $"t{Guid.NewGuid():N}";
        await Admin($"CREATE DATABASE {name}");
        return DatabaseLocation.Of(folder, new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString());
    }

    public static async Task Drop(DatabaseLocation at)
    {
        if (at.Kind == DatabaseKind.Sqlite) Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        else await Admin($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(at.ConnectionString).Database} WITH (FORCE)");
        Directory.Delete(at.DataDirectory, recursive: true);
    }

    private static async Task Admin(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
