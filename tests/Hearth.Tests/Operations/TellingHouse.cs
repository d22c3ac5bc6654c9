using Hearth.Channels;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Tests.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations;

/// <summary>A house on Bluesky, with a gap that people spoke of there and a change that serves it.</summary>
internal sealed class TellingHouse : IAsyncDisposable
{
    public static readonly Actor Agent = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);
    public static readonly Actor Lead = new(UserId.New(), "Lea Donat", "LD", Department.Product, Role.Lead);

    private readonly SourceId _source;
    private int _posts;

    private TellingHouse(TestHouse house, FakePds pds, FakeClock clock, SourceId source) => (House, Pds, Clock, _source) = (house, pds, clock, source);

    public TestHouse House { get; }

    public FakePds Pds { get; }

    public FakeClock Clock { get; }

    public GapId Gap { get; private set; }

    public ChangeId Change { get; private set; }

    public static async Task<TellingHouse> Create(DatabaseKind kind)
    {
        var clock = new FakeClock();
        var pds = new FakePds(clock);
        var house = await TestHouse.Create(kind, s => pds.Plug(s).AddSingleton<TimeProvider>(clock));
        Assert.IsType<Connection.Connected>(await house.With<ConnectBluesky, Connection>(c => c.With(FakePds.Address, "brand.example", FakePds.Password, default)));
        await house.Services.GetRequiredService<FactDispatcher>().Drain(default);
        var source = (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).Single().Id;
        var made = new TellingHouse(house, pds, clock, source);
        made.Gap = Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(new GapDraft("quality", "A hinge that holds", "It cracks", Department.Product), (ConversationId?)null, Agent, default))).Gap;
        var draft = new ChangeDraft("A steel hinge", ChangeKind.ProductDesign, "A steel pin in every lid", "The plastic one breaks", Department.Product);
        made.Change = Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Run(draft, [made.Gap], [], Agent, default))).Change;
        return made;
    }

    /// <summary>Somebody speaks of the gap on Bluesky; their conversation is attached to it.</summary>
    public async Task<MentionId> Speaks(string author, string text = "The hinge of my flask cracked", string language = "en", bool attach = true)
    {
        var number = Interlocked.Increment(ref _posts);
        var uri = $"at://did:plc:{author}/app.bsky.feed.post/{number}";
        var post = new IncomingPost(uri, text, Clock.GetUtcNow().AddMinutes(-200 + number), new("did:plc:" + author, author + ".example", author), null, language, Refs: new(uri, "cid" + number, uri, "cid" + number));
        await House.With<ReceiveMentions, Received>(r => r.Run(_source, [post], new Receiving(Engage: true), default));
        await Facts();
        var id = await House.With<Database, MentionId>(db => db.Set<MentionRow>().Where(m => m.ExternalId == uri).Select(m => m.Id).SingleAsync());
        if (attach) await Attach(id);
        return id;
    }

    public async Task Attach(MentionId mention)
    {
        var conversation = Assert.Single(await House.With<OpenConversation, IReadOnlyList<ConversationId>>(o => o.Holding(mention, default)));
        Assert.Equal(Attaching.Attached, await House.With<AttachConversation, Attaching>(a => a.To(Gap, conversation, Agent, default)));
    }

    public async Task Ship() => Assert.IsType<Changing.Done>(await House.With<ShipChange, Changing>(s => s.Run(Change, null, Agent, default)));

    /// <summary>Writes words and approves them.</summary>
    public async Task Approve(string language, string text)
    {
        Assert.IsType<Wording.Done>(await House.With<TellingWords, Wording>(w => w.Write(Change, language, text, Agent, default)));
        Assert.IsType<Wording.Done>(await House.With<TellingWords, Wording>(w => w.Approve(Change, language, text, Lead, default)));
    }

    public Task Pace(int perHour) => House.With<Politeness, IReadOnlyList<FieldError>>(p => p.Set(Networks.Bluesky, perHour, default));

    public async Task Facts() => await House.Services.GetRequiredService<FactDispatcher>().Drain(default);

    /// <summary>Runs what is due, and hands on what comes of it.</summary>
    public async Task Work()
    {
        while (await House.Services.GetRequiredService<JobWorker>().Drain(default) + await House.Services.GetRequiredService<FactDispatcher>().Drain(default) > 0) { }
    }

    /// <summary>Lets so much time pass, looking every five seconds as the job does.</summary>
    public async Task Pass(TimeSpan time)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            Clock.Advance(TellPeopleRun.Every);
            await Work();
        }
    }

    public async Task<TellingView> Read() => (await House.With<ReadTelling, TellingView?>(r => r.Of(Change, default)))!;

    public async Task<IReadOnlyList<ToldPerson>> People(ToldState? state = null) => (await House.With<ReadTelling, Page<ToldPerson>?>(r => r.People(Change, state, null, 500, default)))!.Items;

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        Pds.Dispose();
    }
}
