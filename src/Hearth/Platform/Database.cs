using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Hearth.Platform;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>What a room adds to the one database. Implemented once, beside the room's entities.</summary>
public interface IRoomSchema
{
    void Build(ModelBuilder model);

    /// <summary>
    /// What the model cannot say (full-text indexes, triggers), as statements that may run any number of times.
    /// Run after the migrations, under the same lock.
    /// </summary>
    IEnumerable<string> Objects(DatabaseKind kind) => [];
}

/// <summary>The one unit of work. Knows no entity; rooms bring theirs through <see cref="IRoomSchema"/>.</summary>
public sealed partial class Database(DbContextOptions<Database> options, IEnumerable<IRoomSchema> rooms, TimeProvider clock, FactSignal signal)
    : DbContext(options)
{
    private bool _isAwake;

    public DatabaseKind Kind => Database.IsSqlite() ? DatabaseKind.Sqlite : DatabaseKind.Postgres;

    /// <summary>Whether a transaction has begun here. Asking does not wake a context that nobody has used yet, which costs more than many a query.</summary>
    public bool IsInTransaction => _isAwake && Database.CurrentTransaction is not null;

    internal IEnumerable<IRoomSchema> Rooms => rooms;

    /// <summary>Called once, when the context is first used.</summary>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => _isAwake = true;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Instants are UTC microseconds since 1970 in both databases: SQLite cannot compare DateTimeOffset.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMicroseconds>();
        configurationBuilder.ComplexProperties<Money>();

        // SQLite keeps a Guid as text unless told; 16 bytes in RFC 9562 order sort by time, as PostgreSQL's uuid does.
        if (Kind == DatabaseKind.Sqlite) configurationBuilder.Properties<Guid>().HaveConversion<GuidBytes>();
        var converter = Kind == DatabaseKind.Sqlite ? typeof(IdBytes<>) : typeof(IdGuid<>);
        foreach (var id in IdTypes) configurationBuilder.Properties(id).HaveConversion(converter.MakeGenericType(id));
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var room in rooms) room.Build(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties()) property.SetColumnName(Snake(property.GetColumnName()));
            foreach (var complex in entity.GetComplexProperties()) NameColumns(complex, Snake(complex.Name) + "_");
            foreach (var key in entity.GetKeys()) key.SetName(Snake(key.GetName()!));
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(Snake(index.GetDatabaseName()!));
            foreach (var foreign in entity.GetForeignKeys()) foreign.SetConstraintName(Snake(foreign.GetConstraintName()!));
        }
    }

    private static readonly Type[] IdTypes = [.. typeof(Database).Assembly.GetTypes().Where(t => !t.IsGenericTypeDefinition && Ids.IsId(t))];

    private static void NameColumns(IMutableComplexProperty complex, string prefix)
    {
        foreach (var property in complex.ComplexType.GetProperties()) property.SetColumnName(prefix + Snake(property.Name));
        foreach (var inner in complex.ComplexType.GetComplexProperties()) NameColumns(inner, prefix + Snake(inner.Name) + "_");
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 && name[i - 1] != '_' && !char.IsUpper(name[i - 1]) ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private sealed class UtcMicroseconds() : ValueConverter<DateTimeOffset, long>(at => at.ToUnixMicroseconds(), us => Time.FromUnixMicroseconds(us));

    private sealed class GuidBytes() : ValueConverter<Guid, byte[]>(g => g.ToByteArray(true), b => new Guid(b, true));

    private sealed class IdGuid<T>() : ValueConverter<T, Guid>(id => id.Value, g => Ids.From<T>(g)) where T : struct, IId<T>;

    private sealed class IdBytes<T>() : ValueConverter<T, byte[]>(id => id.Value.ToByteArray(true), b => Ids.From<T>(new Guid(b, true))) where T : struct, IId<T>;
}
