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

public sealed record JobHandler(string Kind, Type Type, int MaxAttempts, Func<IServiceProvider, string, CancellationToken, Task> Run, TimeSpan? Every);

public static class JobServices
{
    /// <summary>Registers the handler of a kind of job.</summary>
    /// <param name="services">The services.</param>
    /// <param name="maxAttempts">Failures after which the job is set aside as failed, for a person to look at.</param>
    public static IServiceCollection AddJob<TJob, THandler>(this IServiceCollection services, int maxAttempts = 12)
        where TJob : IJob where THandler : class, IRun<TJob> => services.AddJob<TJob, THandler>(maxAttempts, null);

    /// <summary>Registers a job that runs again <paramref name="every"/> so often after each run ended, on one node at a time.</summary>
    public static IServiceCollection AddRecurringJob<TJob, THandler>(this IServiceCollection services, TimeSpan every)
        where TJob : IJob, new() where THandler : class, IRun<TJob> => services.AddJob<TJob, THandler>(int.MaxValue, every);

    private static IServiceCollection AddJob<TJob, THandler>(this IServiceCollection services, int maxAttempts, TimeSpan? every)
        where TJob : IJob where THandler : class, IRun<TJob>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobHandler(FactRow.TypeName(typeof(TJob)), typeof(TJob), maxAttempts,
            (scope, body, ct) => scope.GetRequiredService<THandler>().Run(JsonSerializer.Deserialize<TJob>(body, Json.Options)!, ct), every));
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
