using System.Globalization;
using System.IO.Compression;
using System.Text;
using Hearth.Channels.Mail;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.People.Erasure;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Hearth.Tests.Conversations.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.People;

public class EraseEverythingTests
{
    private const string Theirs = "zyxmarkerperson";
    private const string Others = "qwvanotherperson";

    [Theory, EveryDatabase]
    public async Task Whoever_is_erased_leaves_no_word_in_any_column_or_file_and_nothing_of_others_is_touched(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (them, _) = await Two(house);
        var before = Tables(await Traces.Of(house, Others));

        await Erase(house, them);

        Assert.Empty(await Traces.Of(house, Theirs));
        Assert.Equal(before, Tables(await Traces.Of(house, Others)));
    }

    [Theory, EveryDatabase]
    public async Task The_report_counts_each_kind_of_thing_and_says_why_what_remains_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (them, _) = await Two(house);

        var report = await Erase(house, them);

        string[] found = [.. report.Rooms.SelectMany(r => r.Parts.Where(p => p.Count > 0).Select(p => $"{r.Room}: {p.What} {p.Count.ToString(CultureInfo.InvariantCulture)}"))];
        foreach (var line in (string[])
            [
                "Outlet: Claims of offers 2", "Outlet: Clicks on offers 1", "Ideas: Ideas raised from their posts 1", "Ideas: Comments in their name 1", "Operations: What they were told of changes 1", "Ratings: Comments on how we helped them 1",
                "Conversations: Conversations 1", "Conversations: Answers that were begun 1", "Conversations: Our replies to them 7", "Listening: Our answers to them, as they were heard back 2", "Fediverse: Follows 1",
                "Fediverse: Answers to them at the brand's own address 1", "Channels: Letters from and to them 2", "Channels: Files that came with them 1", "Channels: Reports of mail servers about letters to them 1", "People: Accounts on networks 5",
            ]) Assert.Contains(line, found);
        foreach (var part in report.Rooms.SelectMany(r => r.Parts).Where(p => p.Remains is not null)) Assert.True(part.Count > 0, part.What);
    }

    [Theory, EveryDatabase]
    public async Task Killed_before_and_after_its_commits_in_turn_it_ends_as_though_it_never_was(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (them, _) = await Two(house);
        var begun = Assert.IsType<ErasureAsked.Begun>(await house.With<ErasePerson, ErasureAsked>(e => e.Begin(them.Person, false, "Ticket 12", "Ada", default)));
        foreach (var (number, after) in new[] { (0, false), (0, true), (1, false), (1, true), (0, true), (1, false), (0, true) })
        {
            Assert.Equal(137, await ChildProcess.Run(EraseAndDie, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, begun.Erasure.Value.ToString(), number.ToString(CultureInfo.InvariantCulture), after.ToString()));
        }

        await house.Settle();

        Assert.Empty(await Traces.Of(house, Theirs));
        var report = (await house.With<ReadErasures, ErasureView?>(r => r.Of(begun.Erasure, default)))!;
        Assert.NotNull(report.DoneAt);
        Assert.Equal(report.Rooms.Select(r => r.Room).Distinct(), report.Rooms.Select(r => r.Room));
    }

    [Child]
    internal static async Task EraseAndDie(string[] args)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(new(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommitNumber(int.Parse(args[4], CultureInfo.InvariantCulture), bool.Parse(args[5]))));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ErasePersonRun>().Run(new(ErasureId.From(Guid.Parse(args[3]))), default);
    }

    [Theory, EveryDatabase]
    public async Task A_letter_that_a_server_brings_again_after_an_erasure_stays_out_and_a_new_one_comes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var mailbox = await Letterbox.In(house);
        var old = mailbox.Letter(Theirs, "one", house.Clock.GetUtcNow().AddDays(-9));
        Assert.True(await mailbox.Take(old));
        await house.Settle();
        var person = (await house.With<Hearth.People.ReadPeople, Hearth.People.PersonId?>(p => p.Behind("email", Theirs + "@home.example", default)))!.Value;
        await house.With<ErasePerson, ErasureAsked>(e => e.Begin(person, false, "Ticket 12", "Ada", default));
        await house.Settle();
        Assert.Empty(await Traces.Of(house, Theirs));

        house.Clock.Advance(TimeSpan.FromDays(3));
        await mailbox.Take(old);
        await house.Settle();
        Assert.Empty(await Traces.Of(house, Theirs));

        await mailbox.Take(mailbox.Letter(Theirs, "two", house.Clock.GetUtcNow()));
        await house.Settle();
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync(m => m.Text != "")));
    }

    [Theory, EveryDatabase]
    public async Task The_copy_holds_a_word_of_theirs_for_each_table_that_has_one_and_none_of_anybody_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (them, _) = await Two(house);
        using var file = new MemoryStream();
        Assert.True(await house.With<ExportPerson, bool>(e => e.Write(them.Person, file, default)));

        using var zip = new ZipArchive(new MemoryStream(file.ToArray()));
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(), Encoding.UTF8);
            parts[entry.FullName] = await reader.ReadToEndAsync();
        }

        Assert.Empty(parts.Where(p => p.Value.Contains(Others, StringComparison.Ordinal)).Select(p => p.Key));
        foreach (var table in Tables(await Traces.Of(house, Theirs)).Select(t => t.Split('.')[0]).Distinct(StringComparer.Ordinal))
        {
            var kept = PersonalTables.All.GetValueOrDefault(table) ?? throw new KeyNotFoundException($"{table} holds words of people, and nobody says which part of the copy they are in.");
            if (kept.Copy is { } copy) Assert.Contains(Theirs, parts.GetValueOrDefault(copy) ?? $"({copy} is missing: {string.Join(' ', parts.Keys)})", StringComparison.Ordinal);
        }
    }

    // Two people who left a word everywhere, and whose conversations were merged, since somebody took them for one matter.
    private static async Task<(EveryRoom Them, EveryRoom Other)> Two(TestHouse house)
    {
        var talk = await Talk.In(house);
        var (them, other) = (new EveryRoom(house, Theirs), new EveryRoom(house, Others));
        await them.Fill(talk);
        await other.Fill(talk);
        Assert.IsType<Merging.Done>(await house.With<MergeConversations, Merging>(m => m.Merge(them.Conversation.Id, other.Conversation.Id, Talk.Ada, default)));
        await house.Settle();
        return (them, other);
    }

    private static async Task<ErasureView> Erase(TestHouse house, EveryRoom them)
    {
        var begun = Assert.IsType<ErasureAsked.Begun>(await house.With<ErasePerson, ErasureAsked>(e => e.Begin(them.Person, false, "Ticket 12, article 17", "Ada", default)));
        await house.Settle();
        var report = (await house.With<ReadErasures, ErasureView?>(r => r.Of(begun.Erasure, default)))!;
        Assert.NotNull(report.DoneAt);
        return report;
    }

    // Without files and the folds of full-text indexes, which hold a word in one place or in several.
    private static List<string> Tables(IEnumerable<string> traces) => [.. traces.Where(t => !t.StartsWith("file ", StringComparison.Ordinal) && !t.Contains("_fts", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
