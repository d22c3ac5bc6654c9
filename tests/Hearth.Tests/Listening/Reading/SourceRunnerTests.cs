using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Reading;

public class SourceRunnerTests
{
    [Theory, EveryDatabase]
    public async Task Two_nodes_never_read_one_source_at_once_and_the_second_goes_on_when_the_first_ends(DatabaseKind kind)
    {
        var tap = new Tap();
        await using var house = await House(kind, tap);
        var source = await Add(house);
        var (one, two) = (house.Services.GetRequiredService<SourceRunner>(), house.Services.GetRequiredService<SourceRunner>());
        await one.StartAsync(default);
        await two.StartAsync(default);
        await tap.Say("first");
        await Until(async () => await Count(house) == 1);
        Assert.Equal((1, 1), (one.Reads + two.Reads, tap.MostAtOnce));

        var (reading, idle) = one.Reads == 1 ? (one, two) : (two, one);
        await reading.StopAsync(default);
        await tap.Say("second");
        await Until(async () => await Count(house) == 2);
        Assert.Equal((1, 1), (idle.Reads, tap.MostAtOnce));
        await idle.StopAsync(default);
        Assert.Null((await house.With<Database, SourceRow>(db => db.Set<SourceRow>().SingleAsync(s => s.Id == source))).LeaseOwner);
    }

    [Theory, EveryDatabase]
    public async Task A_pause_ends_the_reading_and_a_resumption_begins_it_where_it_was(DatabaseKind kind)
    {
        var tap = new Tap();
        await using var house = await House(kind, tap);
        var source = await Add(house);
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        await tap.Say("first");
        await Until(async () => await Count(house) == 1);

        await house.With<Sources, KeptSource>(s => s.Change(source, null, SourceState.Paused, default));
        var watch = Stopwatch.StartNew();
        await Until(() => Task.FromResult(tap.Open == 0));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        await tap.Say("second");
        await house.With<Sources, KeptSource>(s => s.Change(source, null, SourceState.Active, default));
        await Until(async () => await Count(house) == 2);
        Assert.Equal([null, "1"], tap.Cursors);
        await runner.StopAsync(default);
    }

    [Theory, EveryDatabase]
    public async Task What_was_read_under_a_lost_lease_is_not_kept(DatabaseKind kind)
    {
        await using var house = await House(kind, new Tap());
        var source = await Add(house);
        var (slow, quick) = (new SourceLease(source, TimeSpan.FromSeconds(1), TimeProvider.System.Now()), new SourceLease(source, TimeSpan.FromSeconds(1), TimeProvider.System.Now().AddMinutes(1)));
        Assert.True(await house.With<Database, bool>(db => slow.Take(db, default)));
        Assert.True(await house.With<Database, bool>(db => quick.Take(db, default)));

        await Assert.ThrowsAsync<LeaseLostException>(() => house.With<ReceiveMentions, Received>(r => r.Run(source, [Tap.Post("late", 1)], new Receiving("7") { Lease = slow }, default)));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [Tap.Post("right", 2)], new Receiving("8") { Lease = quick }, default));
        Assert.Equal((1, "8"), (await Count(house), (await house.With<Database, SourceRow>(db => db.Set<SourceRow>().SingleAsync(s => s.Id == source))).Cursor));
    }

    private static Task<TestHouse> House(DatabaseKind kind, Tap tap) => TestHouse.Create(kind, s => s.AddSingleton(TimeProvider.System).AddTransient<SourceRunner>().AddSingleton<IMentionSource>(tap));

    private static async Task<SourceId> Add(TestHouse house) =>
        Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("tap", "The tap", new Dictionary<string, string>(), null, default))).Source;

    private static Task<int> Count(TestHouse house) => house.With<Database, int>(db => db.Set<MentionRow>().CountAsync());

    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var watch = Stopwatch.StartNew(); !await isSo();)
        {
            Assert.True(watch.Elapsed.TotalSeconds < 40, "it did not become so");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>A stream that says what it is told to.</summary>
    private sealed class Tap : IMentionSource
    {
        private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
        private readonly List<string?> _cursors = [];
        private int _open, _most, _count;

        public string Kind => "tap";

        public string Network => "web";

        public bool EngageByDefault => false;

        public bool IsStream => true;

        public TimeSpan Every => TimeSpan.FromSeconds(1);

        public int Open => Volatile.Read(ref _open);

        public int MostAtOnce => _most;

        public List<string?> Cursors => _cursors;

        public ValueTask Say(string text) => _said.Writer.WriteAsync(text);

        public static IncomingPost Post(string text, int n) => new($"t{n}", text, TimeProvider.System.Now());

        public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
        {
            _most = Math.Max(_most, Interlocked.Increment(ref _open));
            _cursors.Add(cursor);
            try
            {
                await foreach (var text in _said.Reader.ReadAllAsync(ct))
                {
                    var n = Interlocked.Increment(ref _count);
                    yield return new([Post(text, n)], $"{n}");
                }
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }
        }
    }
}
