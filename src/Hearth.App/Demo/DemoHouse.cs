using System.Collections.Concurrent;
using System.Text.Json;
using Hearth.Listening;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>A clock that the loader turns, so that the rooms date the past as if they had lived it.</summary>
internal sealed class DemoClock(DateTimeOffset at) : TimeProvider
{
    private long _ticks = at.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset at) => Interlocked.Exchange(ref _ticks, at.UtcTicks);
}

/// <summary>Something that happens at a time, through a public slice of a room.</summary>
/// <param name="At">When.</param>
/// <param name="Do">What; runs in a unit of work shared with the acts around it.</param>
/// <param name="Alone">True when it must not run inside such a unit of work.</param>
internal sealed record DemoAct(DateTimeOffset At, Func<IServiceProvider, Task> Do, bool Alone = false);

/// <summary>The house's rooms on a movable clock, without a web server: what the past is played in.</summary>
internal sealed class DemoHouse : IAsyncDisposable
{
    /// <summary>Acts per commit. Durable commits are what loading waits for; a hundred together are forty times as fast as one by one.</summary>
    private const int Together = 250;

    private readonly ServiceProvider _services;

    public DemoHouse(DatabaseLocation at, DateTimeOffset begin)
    {
        Clock = new(begin);
        var services = new ServiceCollection();
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.Error).AddConsole()).AddSingleton<TimeProvider>(Clock).AddHearth(at);
        foreach (var handler in services.Where(s => s.ImplementationInstance is FactHandler).ToArray())
        {
            services.Remove(handler);
            services.AddSingleton(InItsTime((FactHandler)handler.ImplementationInstance!));
        }

        _services = services.BuildServiceProvider();
    }

    public DemoClock Clock { get; }

    /// <summary>By thread: the mention that began it, as the rooms were told.</summary>
    public ConcurrentDictionary<string, MentionId> Began { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs one use in a scope of its own.</summary>
    public async Task<T> In<T>(DateTimeOffset at, Func<IServiceProvider, Task<T>> use)
    {
        Clock.Set(at);
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    /// <summary>Plays acts in the order of their times, many to a commit.</summary>
    public async Task Play(IEnumerable<DemoAct> acts, CancellationToken ct)
    {
        var waiting = new List<DemoAct>();
        foreach (var act in acts.OrderBy(a => a.At))
        {
            waiting.Add(act);
            if (!act.Alone && waiting.Count < Together) continue;
            if (act.Alone) waiting.RemoveAt(waiting.Count - 1);
            await Commit(waiting, ct);
            waiting.Clear();
            if (act.Alone) await In(act.At, async s => { await act.Do(s); return true; });
        }

        await Commit(waiting, ct);
    }

    /// <summary>Hands all facts on.</summary>
    public async Task Settle(CancellationToken ct) => await _services.GetRequiredService<FactDispatcher>().Drain(ct);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task Commit(List<DemoAct> acts, CancellationToken ct)
    {
        if (acts.Count == 0) return;
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await db.InTransaction(async () =>
        {
            foreach (var act in acts)
            {
                Clock.Set(act.At);
                await act.Do(scope.ServiceProvider);
                db.ChangeTracker.Clear();
            }
        }, ct);
    }

    // Facts are handled long after their time here; a handler that asks the clock is told when the fact happened.
    private FactHandler InItsTime(FactHandler handler) => handler with
    {
        Handle = (scope, body, ct) =>
        {
            Read(handler.FactType, body);
            return handler.Handle(scope, body, ct);
        },
    };

    private void Read(string type, string body)
    {
        using var fact = JsonDocument.Parse(body);
        if (fact.RootElement.TryGetProperty("at", out var at)) Clock.Set(at.GetDateTimeOffset());
        if (type != "Listening.MentionHeard") return;
        var heard = JsonSerializer.Deserialize<MentionHeard>(body, Json.Options)!;
        Began.TryAdd(heard.ThreadKey, heard.Mention);
    }
}
