using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

/// <summary>A house with a Bluesky account on a server in memory.</summary>
internal sealed class PublishingHouse : IAsyncDisposable
{
    public static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);
    public static readonly ReplyTarget Fan = new("bluesky", null, "at://did:plc:fan/app.bsky.feed.post/3jzfcijpj2z2a", "cid-fan", "at://did:plc:fan/app.bsky.feed.post/3jzfcijpj2z2a", "cid-fan");

    private PublishingHouse(TestHouse house, FakePds pds, FakeClock clock) => (House, Pds, Clock) = (house, pds, clock);

    public TestHouse House { get; }

    public FakePds Pds { get; }

    public FakeClock Clock { get; }

    public ChannelAccountId Account { get; private set; }

    public static async Task<PublishingHouse> Create(DatabaseKind kind, bool connected = true, Action<IServiceCollection>? more = null)
    {
        var clock = new FakeClock();
        var pds = new FakePds(clock);
        var house = new PublishingHouse(await TestHouse.Create(kind, s =>
        {
            pds.Plug(s).AddSingleton<TimeProvider>(clock);
            more?.Invoke(s);
        }), pds, clock);
        if (!connected) return house;
        var connection = await house.House.With<ConnectBluesky, Connection>(c => c.With(FakePds.Address, "brand.example", FakePds.Password, default));
        house.Account = ((Connection.Connected)connection).Account.Id;
        return house;
    }

    /// <summary>Queues and keeps it, as a room above does.</summary>
    public Task<Publication> Queue(Func<Publish, Task<Publication>> queue) => House.In(async s =>
    {
        var made = await queue(s.GetRequiredService<Publish>());
        await s.GetRequiredService<Database>().SaveChangesAsync();
        return made;
    });

    public Task<Publication> Reply(string text = "Sorry to hear that.", ReplyTarget? to = null, MessageId? id = null) => Queue(p => p.Reply(new ReplyDraft(to ?? Fan, text, Ada, "conversation:1", id), default));

    public async Task<MessageId> Queued(string text = "Sorry to hear that.") => Assert.IsType<Publication.Queued>(await Reply(text)).Message;

    public async Task<MessageView> Read(MessageId id) => (await House.With<ReadMessages, MessageView?>(r => r.Find(id, default)))!;

    public Task<MessageChange> Change(Func<ChangeMessage, Task<MessageChange>> change) => House.With(change);

    /// <summary>Runs what is due, then what becomes due, for as long as the message waits.</summary>
    public async Task SettleFor(MessageId id, int rounds = 30)
    {
        for (var i = 0; i < rounds && (await Read(id)).Status is MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Deleting; i++)
        {
            await House.Services.GetRequiredService<JobWorker>().Drain(default);
            Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    public async Task<int> Facts<T>() where T : IFact => await House.With<Database, int>(db => Task.FromResult(db.Set<FactRow>().AsEnumerable().Count(f => f.Type == FactRow.TypeName(typeof(T)))));

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        Pds.Dispose();
    }
}
