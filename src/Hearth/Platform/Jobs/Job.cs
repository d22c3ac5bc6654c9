using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Platform;

/// <summary>Work to be done once it is due, by any node, at least once: its handler must be able to run again after a crash.</summary>
public interface IJob;

public interface IRun<in TJob> where TJob : IJob
{
    /// <summary>
    /// Does the work. Throw <see cref="LaterException"/> to be called again at a time, without counting as a failure; any other exception counts and is
    /// tried again with growing pauses.
    /// </summary>
    Task Run(TJob job, CancellationToken ct);
}

/// <summary>Not now: the job is put back until <see cref="At"/> (a rate limit's Retry-After, say).</summary>
public sealed class LaterException(DateTimeOffset at, string reason) : Exception(reason)
{
    public DateTimeOffset At { get; } = at;
}

public enum JobState
{
    Waiting,
    Failed,
}

public sealed class JobRow
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>At most one unfinished job has a key.</summary>
    public string? Key { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset Due { get; set; }

    public JobState State { get; set; }

    public int Attempts { get; set; }

    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public string? Error { get; set; }
}

/// <param name="Kind">Its name in the database.</param>
/// <param name="Type">The job.</param>
/// <param name="MaxAttempts">Failures after which a job is set aside.</param>
/// <param name="Run">Does the work in a scope.</param>
/// <param name="Every">The pause of a recurring job; null of any other.</param>
/// <param name="Apart">True for work that waits long for others: it never takes the turn of any other kind.</param>
public sealed record JobHandler(string Kind, Type Type, int MaxAttempts, Func<IServiceProvider, string, CancellationToken, Task> Run, TimeSpan? Every, bool Apart = false);

public static class JobServices
{
    /// <summary>Registers the handler of a kind of job.</summary>
    /// <param name="services">The services.</param>
    /// <param name="maxAttempts">Failures after which the job is set aside as failed, for a person to look at.</param>
    /// <param name="apart">True for work that waits long for others (many servers, say): it gets turns of its own and holds up no other kind.</param>
    public static IServiceCollection AddJob<TJob, THandler>(this IServiceCollection services, int maxAttempts = 12, bool apart = false)
        where TJob : IJob where THandler : class, IRun<TJob> => services.AddJob<TJob, THandler>(maxAttempts, null, apart);

    /// <summary>Registers a job that runs again <paramref name="every"/> so often after each run ended, on one node at a time.</summary>
    public static IServiceCollection AddRecurringJob<TJob, THandler>(this IServiceCollection services, TimeSpan every)
        where TJob : IJob, new() where THandler : class, IRun<TJob> => services.AddJob<TJob, THandler>(int.MaxValue, every, apart: false);

    private static IServiceCollection AddJob<TJob, THandler>(this IServiceCollection services, int maxAttempts, TimeSpan? every, bool apart)
        where TJob : IJob where THandler : class, IRun<TJob>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobHandler(FactRow.TypeName(typeof(TJob)), typeof(TJob), maxAttempts,
            (scope, body, ct) => scope.GetRequiredService<THandler>().Run(JsonSerializer.Deserialize<TJob>(body, Json.Options)!, ct), every, apart));
    }

    /// <summary>Adds a job to the current unit of work; it exists if and only if the work is kept.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="job">What is to be done.</param>
    /// <param name="due">Not before; at once when it has passed.</param>
    /// <param name="key">At most one unfinished job has a key; saving a second one fails as a duplicate key.</param>
    public static void Enqueue<TJob>(this Database db, TJob job, DateTimeOffset due, string? key = null) where TJob : IJob => db.Add(new JobRow
    {
        Id = Ids.New(), Kind = FactRow.TypeName(typeof(TJob)), Key = key, Body = JsonSerializer.Serialize(job, Json.Options), Due = due,
    });
}
