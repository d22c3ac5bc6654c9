using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;

namespace Hearth.Schema;

#pragma warning disable EF1001 // the public way needs one assembly per database; two namespaces in one assembly do the same

/// <summary>Shows each database only its own migrations: those in the namespace that bears its name.</summary>
internal sealed class MigrationsByDatabase(
    ICurrentDbContext current, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> log)
    : MigrationsAssembly(current, options, ids, log)
{
    private readonly string _namespace = $"Hearth.Schema.{(current.Context.Database.IsSqlite() ? "Sqlite" : "Postgres")}.";

    public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
        base.Migrations.Where(m => m.Value.FullName!.StartsWith(_namespace, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    public override ModelSnapshot? ModelSnapshot =>
        Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ModelSnapshot)) && t.FullName!.StartsWith(_namespace, StringComparison.Ordinal))
            .Select(t => (ModelSnapshot)Activator.CreateInstance(t)!).SingleOrDefault();
}
