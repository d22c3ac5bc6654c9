using System.Diagnostics;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Reading;

/// <summary>
/// A house with one source on a <see cref="FakeNetwork"/>. Streams are read by the hosted runner under the real clock; a polled source is looked at each time something is waited
/// for, and the clock moves so that its time has always come.
/// </summary>
public sealed class Ears : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SourceId _source;
    private readonly bool _isStream;
    private readonly FakeClock? _clock;
    private SourceRunner _runner;

    private Ears(TestHouse house, FakeNetwork network, SourceId source, bool isStream, FakeClock? clock) =>
        (House, Network, _source, _isStream, _clock, _runner) = (house, network, source, isStream, clock, house.Services.GetRequiredService<SourceRunner>());

    public TestHouse House { get; }

    public FakeNetwork Network { get; }

    public DateTimeOffset Now => House.Services.GetRequiredService<TimeProvider>().Now();

    public static async Task<Ears> Open(DatabaseKind kind, FakeNetwork network)
    {
        var isStream = false;
        FakeClock? clock = null;
        var house = await TestHouse.Create(kind, services =>
        {
            network.Configure(services);
            services.Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1)).AddTransient<SourceRunner>();
            using var peek = services.BuildServiceProvider();
            using var scope = peek.CreateScope();
            isStream = scope.ServiceProvider.GetServices<IMentionSource>().Single(s => s.Kind == network.Kind).IsStream;

            // The posts of a fake network are written now; so the clock that is moved begins now.
            clock = isStream ? null : new FakeClock();
            clock?.Set(TimeProvider.System.GetUtcNow());
            services.AddSingleton<TimeProvider>(clock ?? TimeProvider.System);
        });
        var settings = await network.Settings(house);
        settings[SourceSettings.Keep] = "all";
        var added = await house.With<Sources, KeptSource>(s => s.Add(network.Kind, "Source under test", settings, null, default));
        var ears = new Ears(house, network, Assert.IsType<KeptSource.Done>(added).Source, isStream, clock);
        await ears.Wake();
        if (isStream) await ears.Until(async () => (await ears.Source()).LastReadAt is not null, "the stream is open");
        return ears;
    }

    /// <summary>Waits until so many mentions are there, and a moment longer, in which no more may come.</summary>
    public async Task Hears(int count)
    {
        await Until(async () => await Count() >= count, $"{count} mentions are there");
        for (var more = 0; more < 2; more++) await Turn();
        Assert.Equal(count, await Count());
    }

    public async Task Until(Func<Task<bool>> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"Not within {Patience.TotalSeconds:N0} s: {what}. The source says: {(await Source()).LastError}");
            await Turn();
        }
    }

    public Task<List<string>> Texts() => Rows(m => m.Text);

    public Task<List<DateTimeOffset>> Times() => Rows(m => m.At);

    public Task<int> Facts(string type) => House.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == type));

    public async Task<SourceView> Source() => (await House.With<Sources, SourceView?>(s => s.Find(_source, default)))!;

    /// <summary>The cursor is lost: the source is read from its beginning.</summary>
    public async Task Forget()
    {
        await Sleep();
        await House.With<Database>(db => db.Set<SourceRow>().Where(s => s.Id == _source).ExecuteUpdateAsync(set => set.SetProperty(s => s.Cursor, Network.Oldest)));
        await Wake();
    }

    public Task Sleep() => _isStream ? _runner.StopAsync(default) : Task.CompletedTask;

    public async Task Wake()
    {
        if (!_isStream) return;
        _runner = House.Services.GetRequiredService<SourceRunner>();
        await _runner.StartAsync(default);
    }

    /// <summary>Another process reads the source and is killed: before its first commit (0), before its second (1) or right after that (2).</summary>
    public async Task ListenAndDie(int when)
    {
        await House.With<Database>(db => db.Set<SourceRow>().Where(s => s.Id == _source).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.NextTry, DateTimeOffset.UnixEpoch).SetProperty(s => s.LeaseUntil, (DateTimeOffset?)null)));
        var at = House.Location;
        Assert.Equal(137, await ChildProcess.Run(Listen, at.Kind.ToString(), at.ConnectionString, at.DataDirectory, Network.GetType().AssemblyQualifiedName!, $"{when}"));
    }

    /// <summary>Holds the source's row while something is done, as a slow disk would.</summary>
    public Task WhileNothingCanBeStored(Func<Task> act) => House.With<Database>(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<SourceRow>().Where(s => s.Id == _source).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastReadAt, s => s.LastReadAt));
        await act();
        await transaction.RollbackAsync();
    });

    public async ValueTask DisposeAsync()
    {
        if (_isStream) await _runner.StopAsync(default);
        await House.DisposeAsync();
        await Network.DisposeAsync();
    }

    [Child]
    internal static async Task Listen(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var network = (FakeNetwork)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(Type.GetType(args[3])!);
        var services = new ServiceCollection().AddLogging().AddHearth(at).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1));
        network.Configure(services);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(int.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture))));
        await using var house = services.BuildServiceProvider();
        await using var scope = house.CreateAsyncScope();
        var runner = house.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(60));
        await timer.WaitForNextTickAsync(); // killed long before
    }

    private Task<int> Count() => House.With<Database, int>(db => db.Set<MentionRow>().CountAsync());

    private Task<List<T>> Rows<T>(System.Linq.Expressions.Expression<Func<MentionRow, T>> what) => House.With<Database, List<T>>(db => db.Set<MentionRow>().Select(what).ToListAsync());

    // A polled source is looked at, its next time having come; a stream is given a moment.
    private async Task Turn()
    {
        if (_clock is not null)
        {
            var next = (await Source()).NextTry;
            if (next > Now) _clock.Set(next.Value);
            await _runner.Drain(default);
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        await timer.WaitForNextTickAsync();
    }
}
