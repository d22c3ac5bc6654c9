using System.Globalization;
using System.IO.Compression;
using System.Text;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.People.Erasure;
using Hearth.People.Merging;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Hearth.Tests.Listening.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.People;

public class ErasureTests
{
    private const string Marker = "zyxmarkerperson";

    [Theory, EveryDatabase]
    public async Task After_an_erasure_no_table_index_or_byte_of_the_file_holds_a_word_of_theirs(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (person, other) = await Fill(house);
        Assert.NotEmpty(await Traces.Of(house, Marker));

        var begun = Assert.IsType<ErasureAsked.Begun>(await house.With<ErasePerson, ErasureAsked>(e => e.Begin(person, false, "Ticket 12, article 17", "Ada", default)));
        await house.Settle();

        Assert.Empty(await Traces.Of(house, Marker));
        var report = (await house.With<ReadErasures, ErasureView?>(r => r.Of(begun.Erasure, default)))!;
        Assert.NotNull(report.DoneAt);
        Assert.Contains(report.Rooms, r => r.Room == "Conversations" && r.Parts[0].Count == 2 && r.Parts[0].Remains is not null);
        Assert.Contains(report.Rooms, r => r.Room == "Listening" && r.Parts[0].Count == 3);
        Assert.Null(await house.With<ReadPeople, PersonCard?>(p => p.Of(person, default)));
        Assert.NotNull(await house.With<ReadPeople, PersonCard?>(p => p.Of(other, default)));
        var left = await house.With<ListConversations, InboxCounts>(l => l.Counts(null, null, default));
        Assert.Equal(3, left.All);
        Assert.Single(await house.With<Database, List<IFactRow>>(db => db.Set<FactRow>().Where(f => f.Type.EndsWith("PersonErased")).Select(f => new IFactRow(f.Body)).ToListAsync()));
    }

    private sealed record IFactRow(string Body);

    [Theory, EveryDatabase]
    public async Task What_was_erased_does_not_come_back_with_the_next_look_but_what_is_written_anew_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var person = (await talk.Of(await talk.SaysAt(house.Clock.GetUtcNow().AddDays(-2), "ann", "Old words", id: "old"))).Person!.Id;
        await house.With<ErasePerson, ErasureAsked>(e => e.Begin(person, false, "Ticket 12", "Ada", default));
        await house.Settle();
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        Task<Received> Come(string id, DateTimeOffset at) => house.With<ReceiveMentions, Received>(r => r.Run(source, [new IncomingPost(id, "Words", at, new("ann", "ann.example", "ann"))], new Receiving(), default));

        Assert.Equal(0, (await Come("old", house.Clock.GetUtcNow().AddDays(-2))).Kept);
        Assert.Equal(0, (await Come("older", house.Clock.GetUtcNow().AddDays(-9))).Kept);
        Assert.Null(await house.With<ReadPeople, PersonId?>(p => p.Behind("file:" + source.Value, "ann", default)));
        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await Come("new", house.Clock.GetUtcNow())).Kept);

        var anew = (await house.With<ReadPeople, PersonId?>(p => p.Behind("file:" + source.Value, "ann", default)))!.Value;
        await house.With<ErasePerson, ErasureAsked>(e => e.Begin(anew, true, "Ticket 13", "Ada", default));
        await house.Settle();
        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await Come("newest", house.Clock.GetUtcNow())).Kept);
    }

    [Theory, EveryDatabase]
    public async Task Killed_at_each_commit_in_turn_it_goes_on_and_reports_each_room_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (person, _) = await Fill(house);
        var begun = Assert.IsType<ErasureAsked.Begun>(await house.With<ErasePerson, ErasureAsked>(e => e.Begin(person, false, "Ticket 12", "Ada", default)));
        for (var at = 0; at < 6; at++) Assert.Equal(137, await ChildProcess.Run(EraseAndDie, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, begun.Erasure.Value.ToString(), (at % 3).ToString(CultureInfo.InvariantCulture)));

        await house.Settle();

        Assert.Empty(await Traces.Of(house, Marker));
        var report = (await house.With<ReadErasures, ErasureView?>(r => r.Of(begun.Erasure, default)))!;
        Assert.Equal(report.Rooms.Select(r => r.Room).Distinct(), report.Rooms.Select(r => r.Room));
        Assert.Contains(report.Rooms, r => r.Room == "Listening" && r.Parts[0].Count == 3);
    }

    [Child]
    internal static async Task EraseAndDie(string[] args)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(new(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(int.Parse(args[4], CultureInfo.InvariantCulture))));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ErasePersonRun>().Run(new(ErasureId.From(Guid.Parse(args[3]))), default);
    }

    [Theory, EveryDatabase]
    public async Task The_copy_holds_what_every_room_keeps(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (person, _) = await Fill(house);
        using var file = new MemoryStream();

        Assert.True(await house.With<ExportPerson, bool>(e => e.Write(person, file, default)));
        Assert.False(await house.With<ExportPerson, bool>(e => e.Write(PersonId.New(), Stream.Null, default)));

        using var zip = new ZipArchive(new MemoryStream(file.ToArray()));
        var names = zip.Entries.Select(e => e.FullName).ToList();
        foreach (var name in (string[])["people/accounts.json", "people/consents.json", "listening/posts.json", "conversations/timeline.json", "conversations/replies.json", "contents.json"]) Assert.Contains(name, names);
        using var posts = new StreamReader(zip.GetEntry("listening/posts.json")!.Open(), Encoding.UTF8);
        Assert.Contains(Marker, await posts.ReadToEndAsync(), StringComparison.Ordinal);
    }

    // Two accounts that are one, two conversations with a reply, a note and an edited post; and somebody else who keeps what is theirs.
    private static async Task<(PersonId Person, PersonId Other)> Fill(TestHouse house)
    {
        var talk = await Talk.In(house);
        var first = await talk.Of(await talk.Says(Marker + "1", $"My name is {Marker} one and my flask leaks", id: Marker + "-post"));
        var second = await talk.Of(await talk.Says(Marker + "2", $"{Marker} two again: I'm @{Marker}@social.example"));
        var other = await talk.Of(await talk.Says("ben", "My flask is fine"));
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var edited = new IncomingPost(Marker + "-post", $"Edited: {Marker} three", house.Clock.GetUtcNow(), new(Marker + "1", Marker + "1.example", Marker), IsEdit: true) { EditedAt = house.Clock.GetUtcNow() };
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [edited, new IncomingPost("sub-" + Marker, "More of " + Marker, house.Clock.GetUtcNow(), new(Marker + "1"), ParentId: Marker + "-post", RootId: Marker + "-post")], new Receiving(Engage: true), default));
        await house.Settle();
        await house.With<ConversationSteps, bool>(s => s.Note(first.Id, $"{Marker} rang us twice", Talk.Ada, default));
        first = (await house.With<ReadConversation, ConversationView?>(r => r.Of(first.Id, default)))!;
        Assert.IsType<Reply.ByHand>(await talk.Reply(first, $"Dear {Marker}, we send a lid", Talk.Ada));
        await house.Merge(first.Person!.Id, second.Person!.Id);
        await house.With<RenamePerson, bool>(r => r.To(first.Person.Id, "The " + Marker, default));
        await house.With<Consents, ConsentNoted>(c => c.Note(first.Person.Id, new(ConsentPurpose.Marketing, "email", true, ConsentHow.Form, $"I, {Marker}, agree", "form of " + Marker), "Ada", default));
        await house.Look();
        return (first.Person.Id, other.Person!.Id);
    }
}
