using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Platform;

public enum Severity
{
    Fine,

    /// <summary>Hearth works, but somebody should look.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Wrong,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">A word or two: "database", "disk".</param>
/// <param name="Says">What was found, as a sentence.</param>
/// <param name="Remedy">What to do about it; null when all is well.</param>
public sealed record Finding(string Area, Severity Severity, string Says, string? Remedy = null);

/// <summary>A room's own look at whether it is well. Registered as a service; must not change anything.</summary>
public interface IExamine
{
    IAsyncEnumerable<Finding> Examine(CancellationToken ct);
}

/// <summary>Looks at a set-up and tells what is wrong with it. Changes nothing, and a failing look is itself a finding.</summary>
public sealed class Doctor(DatabaseLocation at, IServiceScopeFactory scopes)
{
    private const long LowDisk = 1L << 30;

    public async Task<IReadOnlyList<Finding>> Examine(CancellationToken ct)
    {
        var findings = new List<Finding>();
        await Look(findings, "data folder", () => Task.FromResult(DataFolder())); // a nearly full disk is no reason not to look further
        if (await Look(findings, "database", () => DatabaseAnswers(ct)))
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (var examiner in scope.ServiceProvider.GetServices<IExamine>())
            {
                try
                {
                    await foreach (var finding in examiner.Examine(ct)) findings.Add(finding);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    findings.Add(new(examiner.GetType().Name, Severity.Wrong, e.Message, "See the log."));
                }
            }
        }

        return findings;
    }

    private static async Task<bool> Look(List<Finding> findings, string area, Func<Task<IEnumerable<Finding>>> look)
    {
        try
        {
            var found = (await look()).ToList();
            findings.AddRange(found);
            return found.TrueForAll(f => f.Severity == Severity.Fine);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            findings.Add(new(area, Severity.Wrong, e.Message, "See docs/operations.md."));
            return false;
        }
    }

    private IEnumerable<Finding> DataFolder()
    {
        var probe = Path.Combine(at.DataDirectory, Path.GetRandomFileName());
        File.WriteAllText(probe, "");
        File.Delete(probe);
        var free = new DriveInfo(at.DataDirectory).AvailableFreeSpace;
        yield return free < LowDisk
            ? new("data folder", Severity.Warning, $"{at.DataDirectory} has only {free >> 20} MiB free.", "Make room: when the disk is full nothing more is taken in.")
            : new("data folder", Severity.Fine, $"{at.DataDirectory} can be written; {free >> 30} GiB free.");
    }

    private async Task<IEnumerable<Finding>> DatabaseAnswers(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        if (at.Kind == DatabaseKind.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(at.ConnectionString).DataSource;
            if (!File.Exists(file)) return [new("database", Severity.Warning, $"{file} does not exist yet.", "It is made at the first start: hearth serve.")];
        }

        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).Count();
        if (pending > 0) return [new("database", Severity.Wrong, $"{pending} migrations are not applied.", "They are applied at start: hearth serve. Take a backup first.")];
        if (at.Kind == DatabaseKind.Sqlite)
        {
            var check = (await db.Database.SqlQueryRaw<string>("PRAGMA quick_check").ToListAsync(ct))[0];
            return [check == "ok"
                ? new("database", Severity.Fine, "The embedded database is whole and up to date.")
                : new("database", Severity.Wrong, $"The embedded database is damaged: {check}", "Stop Hearth and restore the last backup (hearth restore).")];
        }

        var version = (await db.Database.SqlQueryRaw<string>("SELECT current_setting('server_version') AS \"Value\"").ToListAsync(ct))[0];
        return [new("database", Severity.Fine, $"PostgreSQL {version} answers and is up to date.")];
    }
}

/// <summary>The ground floor's look at itself: facts handed on, jobs done.</summary>
internal sealed class PlatformExamination(Database db, TimeProvider clock) : IExamine
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<Finding> Examine([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var parked = await db.Set<ParkedFact>().CountAsync(ct);
        var stuck = await db.Set<FactCursor>().Where(c => c.Attempts > 0).ToListAsync(ct);
        yield return parked > 0
            ? new("facts", Severity.Wrong, $"{parked} facts are parked because a subscriber kept failing.", "Mend the cause (see the log), then retry them: POST /api/v1/platform/parked-facts/retry.")
            : stuck.Count > 0
                ? new("facts", Severity.Warning, $"{stuck[0].Subscriber} is failing and is tried again: {stuck[0].Error}", "See the log.")
                : new("facts", Severity.Fine, "Every fact is handed on.");

        var failed = await db.Set<JobRow>().CountAsync(j => j.State == JobState.Failed, ct);
        var before = clock.Now() - Late;
        var overdue = await db.Set<JobRow>().CountAsync(j => j.State == JobState.Waiting && j.Due < before, ct);
        yield return failed > 0
            ? new("jobs", Severity.Warning, $"{failed} jobs were given up.", "Their pages say why and offer a way out.")
            : overdue > 0
                ? new("jobs", Severity.Warning, $"{overdue} jobs are more than five minutes overdue.", "Is hearth serve running?")
                : new("jobs", Severity.Fine, "No job is overdue.");
    }
}
