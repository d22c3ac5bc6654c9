using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Platform;

/// <summary>Does the work of many requests inside one transaction. Made anew for each group, in the scope of its <see cref="Database"/>.</summary>
public interface ICommitTogether<in TWant, TResult>
{
    /// <summary>Does what is wanted, in order. Must be able to run again: a group that failed is done one by one.</summary>
    /// <returns>One result for each want, in the same order.</returns>
    Task<IReadOnlyList<TResult>> Commit(IReadOnlyList<TWant> wants, CancellationToken ct);
}

/// <summary>
/// Commits many waiting requests together. Whoever comes while nobody commits is served at once; whoever comes meanwhile waits and goes with all
/// others that wait, so a group grows with the load and nobody waits for a timer. A result is given only after its transaction has committed.
/// </summary>
/// <remarks>
/// When a group fails, each of it is done in a transaction of its own, so that one spoils nothing for the rest. One group at a time for each process;
/// nodes meet in the database. Inside a transaction of your own call the <see cref="ICommitTogether{TWant,TResult}"/> instead: waiting here would wait for yourself.
/// </remarks>
public sealed class GroupCommit<TWant, TResult>(IServiceScopeFactory scopes)
{
    /// <summary>So many requests share a transaction at most.</summary>
    public const int MaxTogether = 256;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _queue = [];
    private bool _isRunning;

    /// <summary>Does it together with whatever else waits.</summary>
    /// <param name="want">What is wanted.</param>
    /// <param name="ct">Stops the waiting. One that is not begun is then not done; one that is begun may be.</param>
    public async Task<TResult> Do(TWant want, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var mine = new Waiting(want, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var stop = ct.Register(() => mine.Done.TrySetCanceled(ct));
        if (IsFirst(mine))
        {
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(Run, CancellationToken.None); // serves others too: not in the name of this request
        }

        return await mine.Done.Task;
    }

    private bool IsFirst(Waiting mine)
    {
        lock (_gate)
        {
            _queue.Enqueue(mine);
            if (_isRunning) return false;
            return _isRunning = true;
        }
    }

    private async Task Run()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                await Commit(group);
            }
            catch (Exception) when (group.Count > 1)
            {
                foreach (var one in group) await Alone(one);
            }
            catch (Exception e)
            {
                group[0].Done.TrySetException(e);
            }

            await Task.Yield(); // those who were just answered may ask again: they go with the next group, not one later
        }
    }

    private List<Waiting> Next()
    {
        var group = new List<Waiting>();
        lock (_gate)
        {
            while (group.Count < MaxTogether && _queue.TryDequeue(out var next))
            {
                if (!next.Done.Task.IsCompleted) group.Add(next);
            }

            _isRunning = group.Count > 0;
        }

        return group;
    }

    private async Task Alone(Waiting one)
    {
        try
        {
            await Commit([one]);
        }
        catch (Exception e)
        {
            one.Done.TrySetException(e);
        }
    }

    private async Task Commit(List<Waiting> group)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var work = scope.ServiceProvider.GetRequiredService<ICommitTogether<TWant, TResult>>();
        var results = await db.InTransaction(() => work.Commit(group.ConvertAll(w => w.Want), CancellationToken.None), CancellationToken.None);
        if (results.Count != group.Count) throw new InvalidOperationException($"{group.Count} requests were given {results.Count} results.");
        for (var i = 0; i < group.Count; i++) group[i].Done.TrySetResult(results[i]);
    }

    private sealed record Waiting(TWant Want, TaskCompletionSource<TResult> Done);
}

public static class GroupCommits
{
    /// <summary>Lets <typeparamref name="TWork"/> serve <see cref="GroupCommit{TWant,TResult}"/>.</summary>
    public static IServiceCollection AddGroupCommit<TWant, TResult, TWork>(this IServiceCollection services) where TWork : class, ICommitTogether<TWant, TResult> =>
        services.AddSingleton<GroupCommit<TWant, TResult>>().AddScoped<TWork>().AddScoped<ICommitTogether<TWant, TResult>>(s => s.GetRequiredService<TWork>());
}
