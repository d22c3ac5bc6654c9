using System.Globalization;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Conversations;
using Hearth.Tests.Listening.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations;

/// <summary>Telling dies at a commit, again and again, and goes on.</summary>
public class TellingKillTests
{
    private const int People = 60;

    [Theory, EveryDatabase]
    public async Task Killed_at_each_commit_in_turn_it_prepares_and_queues_everybody_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var gap = Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(new GapDraft("quality", "A hinge that holds", "It cracks", Department.Product), (ConversationId?)null, Talk.Ada, default))).Gap;
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var posts = Enumerable.Range(0, People).Select(n => new IncomingPost("p" + n, "The hinge of my flask cracked", house.Clock.GetUtcNow(), new("fan" + n, "fan" + n, "Fan " + n))).ToList();
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(Engage: true), default));
        await house.Settle();
        foreach (var id in await house.With<Database, List<ConversationId>>(db => db.Set<Conversation>().Select(c => c.Id).ToListAsync()))
            Assert.Equal(Attaching.Attached, await house.With<AttachConversation, Attaching>(a => a.To(gap, id, Talk.Ada, default)));

        var draft = new ChangeDraft("A steel hinge", ChangeKind.ProductDesign, "A steel pin", "Plastic breaks", Department.Product);
        var change = Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Run(draft, [gap], [], Talk.Ada, default))).Change;
        Assert.IsType<Changing.Done>(await house.With<ShipChange, Changing>(s => s.Run(change, null, Talk.Ada, default)));
        var lead = Talk.Ben with { Role = Role.Lead };
        await house.With<TellingWords, Wording>(w => w.Write(change, "en", "It is steel now.", lead, default));
        Assert.IsType<Wording.Done>(await house.With<TellingWords, Wording>(w => w.Approve(change, "en", "It is steel now.", lead, default)));
        await house.With<Politeness, IReadOnlyList<FieldError>>(p => p.Set("file", Politeness.MaxPerHour, default));

        // Before the first commit, before the second and right after it; preparing has one, telling one for each batch. What is queued is always what is marked so.
        foreach (var (what, at, exit) in new[] { (nameof(PrepareTelling), 0, 137), (nameof(PrepareTelling), 1, 0), (nameof(TellPeople), 0, 137), (nameof(TellPeople), 1, 137), (nameof(TellPeople), 2, 137) })
        {
            Assert.Equal(exit, await ChildProcess.Run(WorkAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, change.Value.ToString(), what, at.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(exit == 137 && what == nameof(PrepareTelling) ? 0 : People, await Told(house));
            Assert.Equal(await house.With<Database, int>(db => db.Set<ToldRow>().CountAsync(t => t.State != ToldState.Waiting)), await house.With<Database, int>(db => db.Set<Message>().CountAsync()));
        }

        for (var n = 0; n < 4; n++)
        {
            await house.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(People, await Told(house));
        var messages = await house.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.About("change:" + change.Value, default));
        Assert.Equal(People, messages.Count);
        var view = (await house.With<ReadTelling, TellingView?>(r => r.Of(change, default)))!;
        Assert.Equal((People, People), (view.People, view.ByState[ToldState.ByHand]));
        Assert.Equal(People, await house.With<Database, int>(db => db.Set<Entry>().CountAsync(e => e.Kind == EntryKind.Reply)));
    }

    private static Task<int> Told(TestHouse house) => house.With<Database, int>(db => db.Set<ToldRow>().CountAsync());

    [Child]
    internal static async Task WorkAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var clock = new FakeClock();
        clock.Advance(TimeSpan.FromHours(1));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(at);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(int.Parse(args[5], CultureInfo.InvariantCulture))));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var change = ChangeId.From(Guid.Parse(args[3]));
        if (args[4] == nameof(PrepareTelling)) await scope.ServiceProvider.GetRequiredService<PrepareTellingRun>().Run(new(change, clock.GetUtcNow()), default);
        else await scope.ServiceProvider.GetRequiredService<TellPeopleRun>().Run(new(), default);
    }
}
