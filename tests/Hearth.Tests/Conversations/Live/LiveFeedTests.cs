using Hearth.Conversations;
using Hearth.Conversations.Live;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hearth.Tests.Conversations.Live;

public class LiveFeedTests
{
    /// <summary>A node of its own on the same database: what it tells, it has learned from there.</summary>
    private static LiveFeed Node(TestHouse house) => new(house.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<LiveFeed>.Instance);

    [Theory, EveryDatabase]
    public async Task Every_node_tells_what_happens_on_any_other(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = await talk.Of(await talk.Says("ann", "Help", id: "root"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var heard = new List<LiveChange>();
        var (one, other) = (Listen(Node(house)), Listen(Node(house)));

        // The feeds begin at the end of what there was; this is repeated until they have begun.
        while (Count("presence") < 2)
        {
            await house.With<Presence>(p => p.Leave(ann.Id, Talk.Ben.Id, default));
            await Until(() => true);
            await house.With<Presence>(p => p.Tell(ann.Id, Talk.Ben, answering: true, default));
            await Until(() => true);
        }

        await talk.Says("ann", "Hello?", inThread: "root");
        await house.With<AssignConversation, Assignment>(a => a.Claim(ann.Id, Talk.Ada, default));
        await talk.Reply(ann, "Here I am", Talk.Ada);
        await Until(() => Count("said") == 2 && Count("assigned") == 2 && Count("replied") == 2);
        lock (heard) Assert.Contains(heard, c => c.People is [{ Name: "Ben Costa", IsAnswering: true }]);
        lock (heard) Assert.All(heard, c => Assert.Equal(ann.Id, c.Conversation));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);

        int Count(string what)
        {
            lock (heard) return heard.Count(c => c.What == what);
        }

        async Task Listen(LiveFeed feed)
        {
            await foreach (var change in feed.Follow(stop.Token))
            {
                lock (heard) heard.Add(change);
            }
        }

        // Looks again after each round of the feeds.
        async Task Until(Func<bool> held)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(600));
            do await timer.WaitForNextTickAsync(stop.Token);
            while (!held());
        }
    }

    [Theory, EveryDatabase]
    public async Task A_tail_sees_every_fact_once_while_many_are_recorded_at_the_same_time(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ids = new List<ConversationId>();
        for (var n = 0; n < 12; n++) ids.Add((await talk.Of(await talk.Says("author" + n, "Help"))).Id);
        var tail = new FactTail();
        var seen = new List<long>();
        Assert.Empty(await house.With<Database, IReadOnlyList<FactRow>>(db => tail.Next(db, default)));

        var work = Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            for (var n = 0; n < 10; n++) await house.With<ConversationSteps, bool>(s => s.Move(id, n % 2 == 0 ? ConversationStatus.Closed : ConversationStatus.Open, Talk.Ada, default));
        })));
        var last = false;
        do
        {
            last = work.IsCompleted;
            seen.AddRange((await house.With<Database, IReadOnlyList<FactRow>>(db => tail.Next(db, default))).Select(f => f.Position));
        }
        while (!last);

        await work;
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }
}
