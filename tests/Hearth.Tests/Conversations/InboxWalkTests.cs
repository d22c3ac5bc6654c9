using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations;

public class InboxWalkTests
{
    private static readonly UserId[] Agents = [UserId.New(), UserId.New()];
    private static readonly PersonId[] People = [PersonId.New(), PersonId.New(), PersonId.New()]; // the first two are one
    private static readonly string[] Words = ["hinge", "lid", "fan", "battery"];

    [Theory, EveryDatabase]
    public async Task Two_hundred_filters_hold_page_by_page_what_reading_everything_finds(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(11);
        var (all, entries, labels, named) = await Fill(house, random);
        var now = house.Clock.Now();
        for (var n = 0; n < 200; n++)
        {
            var filter = Some(random);
            var whole = filter with { Persons = filter.Person == People[2] ? [People[2]] : People[..2] };
            var expected = all.FindAll(c => whole.Holds(now)(c)
                && (filter.Label is null || labels.Contains((c.Id, filter.Label)))
                && (filter.View != InboxView.MentionedMe || (filter.Me is { } me && named.Contains((c.Id, me))))
                && (filter.Search is null || entries[c.Id].Any(words => filter.Search.Split(' ').All(w => words.Split(' ').Any(x => x.StartsWith(w, StringComparison.Ordinal))))));
            var order = filter.View == InboxView.Overdue ? expected.OrderBy(c => c.DueAt).ThenBy(c => c.Number)
                : Ordered(filter.PressingFirst ? expected.OrderByDescending(c => c.Priority) : expected.OrderBy(_ => 0), filter.OldestFirst);

            var found = new List<ConversationId>();
            string? after = null;
            do
            {
                var page = (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(filter, after, 7, default)))!;
                found.AddRange(page.Items.Select(r => r.Id));
                after = page.Next;
            }
            while (after is not null);

            Assert.True(order.Select(c => c.Id).SequenceEqual(found), $"{filter}: {expected.Count} expected, {found.Count} found");
            Assert.Equal(found, await house.With<ListConversations, IReadOnlyList<ConversationId>>(l => l.Ids(filter, 1_000, default)));
            Assert.Equal(found, await house.In(async s => (await new WalkInbox(s.GetRequiredService<Database>(), s.GetRequiredService<ReadPeople>(), house.Clock, common: 3).Next(filter, null, 1_000, default)).ConvertAll(c => c.Id)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Counts_follow_whatever_changes_and_are_the_same_once_they_are_folded(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(12);
        var (all, _, labels, _) = await Fill(house, random);
        foreach (var c in all.Take(40))
        {
            await house.With<MarkSpam, bool>(s => s.As(c.Id, random.Next(2) == 0, Talk.Ada, default));
            await house.With<AssignConversation, bool>(a => a.ToDepartment(c.Id, (Department)random.Next(3), Talk.Ada, default));
            await house.With<ConversationSteps>(s => s.RemoveLabel(c.Id, "hot", Talk.Ada, default));
        }

        await house.With<Database, int>(db => db.Set<Conversation>().Where(c => c.Number % 9 == 0).ExecuteDeleteAsync()); // as an erasure would
        var unfolded = await Told(house);
        await house.With<TidyInboxRun>(t => t.Fold(default));

        Assert.Equal(unfolded, await Told(house));
        var left = await house.With<Database, List<Conversation>>(db => db.Set<Conversation>().AsNoTracking().ToListAsync());
        foreach (var view in Enum.GetValues<InboxView>().Where(v => v != InboxView.MentionedMe))
        {
            var filter = new InboxFilter(view, Agents[0]) { MyDepartment = Department.Care };
            Assert.Equal(left.Count(c => filter.Holds(house.Clock.Now())(c)), (await house.With<ListConversations, InboxCounts>(l => l.Counts(Agents[0], Department.Care, default))).Of(view));
        }

        Assert.Equal(labels.Count(l => l.Label == "cold"), (await house.With<ListConversations, IReadOnlyList<LabelCount>>(l => l.Labels(default))).Single(l => l.Label == "cold").Conversations);
    }

    [Theory, EveryDatabase]
    public async Task Folding_while_others_change_loses_no_count(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (all, _, _, _) = await Fill(house, new Random(13));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(who => Task.Run(async () =>
        {
            foreach (var c in all.Where((_, n) => n % 5 == who))
            {
                await house.With<ConversationSteps, bool>(s => s.Move(c.Id, ConversationStatus.Closed, Talk.Ada, default));
                await house.With<ConversationSteps, bool>(s => s.Move(c.Id, ConversationStatus.Waiting, Talk.Ada, default));
            }

            if (who == 5) foreach (var _ in all.Take(20)) await house.With<TidyInboxRun>(t => t.Fold(default));
        })));

        var left = await house.With<Database, List<Conversation>>(db => db.Set<Conversation>().AsNoTracking().ToListAsync());
        var counts = await house.With<ListConversations, InboxCounts>(l => l.Counts(null, null, default));
        Assert.Equal((left.Count(c => c.Drawer == Drawer.Waiting), left.Count(c => c.Drawer == Drawer.Closed), left.Count(c => c.Drawer == Drawer.Open)), (counts.WaitingForThem, counts.Closed, counts.WaitingForUs));
    }

    [Theory, EveryDatabase]
    public async Task An_export_has_one_row_for_each_conversation_and_no_cell_that_a_spreadsheet_would_run(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        await talk.Says("ann", "=HYPERLINK(\"http://evil.example\")");
        var bob = await talk.Of(await talk.Says("bob", "two\nlines, \"quoted\""));
        await house.With<ConversationSteps, bool>(s => s.AddLabel(bob.Id, "hinge", Talk.Ada, default));

        using var to = new MemoryStream();
        await house.With<ExportInbox>(e => e.To(to, new(InboxView.All), default));

        var text = System.Text.Encoding.UTF8.GetString(to.ToArray());
        Assert.StartsWith(ExportInbox.Head + "\r\n", text);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", text);
        Assert.Contains("\"two\nlines, \"\"quoted\"\"\"", text);
        Assert.Contains(",hinge,", text);
        Assert.Equal(3, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static IOrderedEnumerable<Conversation> Ordered(IOrderedEnumerable<Conversation> by, bool oldest) =>
        oldest ? by.ThenBy(c => c.LastAt).ThenBy(c => c.Number) : by.ThenByDescending(c => c.LastAt).ThenByDescending(c => c.Number);

    private static InboxFilter Some(Random random) => new(
        (InboxView)random.Next(11), random.Next(8) == 0 ? null : Agents[random.Next(2)], random.Next(3) == 0 ? (Department)random.Next(3) : null, random.Next(3) == 0 ? random.Next(2) == 0 ? "hot" : "cold" : null,
        random.Next(3) switch { 0 => Words[random.Next(4)], 1 when random.Next(2) == 0 => Words[random.Next(4)] + " " + Words[random.Next(4)][..2], _ => null },
        random.Next(4) == 0 ? People[random.Next(3)] : null, random.Next(2) == 0)
    {
        MyDepartment = Department.Care, Priority = random.Next(4) == 0 ? (ConversationPriority)random.Next(3) : null, Network = random.Next(5) == 0 ? "email" : null,
        Assignee = random.Next(6) == 0 ? Agents[random.Next(2)] : null, PressingFirst = random.Next(3) == 0,
    };

    private static async Task<(List<Conversation> All, ILookup<ConversationId, string> Entries, HashSet<(ConversationId, string Label)> Labels, HashSet<(ConversationId, UserId)> Named)> Fill(TestHouse house, Random random)
    {
        var at = house.Clock.Now().AddDays(-2);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var (rows, entries, labels, named) = (new List<Conversation>(), new List<Entry>(), new HashSet<(ConversationId, string)>(), new HashSet<(ConversationId, UserId)>());
        for (var n = 0; n < 150; n++)
        {
            var (id, mention) = (ConversationId.New(), MentionId.New());
            var who = random.Next(3);
            rows.Add(new()
            {
                Id = id, Key = "k" + n, Network = n % 3 == 0 ? "email" : "web", ThreadKey = "t" + n, Source = source, Status = (ConversationStatus)random.Next(3), Priority = (ConversationPriority)random.Next(3),
                Standing = random.Next(8) switch { 0 => Standing.Spam, 1 => Standing.Merged, _ => Standing.Normal }, SnoozedUntil = random.Next(6) == 0 ? at.AddDays(9) : null,
                Department = random.Next(4) == 0 ? null : (Department)random.Next(3), PersonId = random.Next(5) == 0 ? null : People[random.Next(3)], Assignee = who == 2 ? null : Agents[who], AssigneeName = who == 2 ? null : "Somebody", Preview = "", LastMention = mention, LastMentionAt = at,
                LastAt = at.AddMinutes(random.Next(40)), OpenedAt = at, Mentions = 1, DueAt = random.Next(2) == 0 ? at.AddHours(random.Next(96)) : null,
            });
            foreach (var entry in Enumerable.Range(0, 1 + random.Next(3)))
            {
                var words = string.Join(' ', Words.Where(_ => random.Next(3) == 0));
                entries.Add(new() { ConversationId = id, Kind = EntryKind.Note, At = at, Text = words, Words = words });
            }

            if (random.Next(3) == 0) labels.Add((id, "hot"));
            if (random.Next(10) == 0) labels.Add((id, "cold"));
            if (random.Next(5) == 0) named.Add((id, Agents[random.Next(2)]));
        }

        await house.With<Database>(async db =>
        {
            await db.InsertAll([.. People.Select((p, n) => new Person { Id = p, Since = at, MergedInto = n == 1 ? People[0] : null, Root = n == 1 ? People[0] : null })], default);
            await db.InsertAll([.. People.Select((p, n) => new Identity { Id = IdentityId.New(), PersonId = p, Network = "web", ExternalId = $"author{n}", Handle = $"author{n}", FirstSeen = at, LastSeen = at })], default);
            await db.InsertAll(rows, default);
            await db.InsertAll(entries, default);
            await db.InsertAll([.. labels.Select(l => new LabelRow { ConversationId = l.Item1, Label = l.Item2 })], default);
            await db.InsertAll([.. named.Select(p => new NamedRow { ConversationId = p.Item1, User = p.Item2, At = at })], default);
        });
        return (await house.With<Database, List<Conversation>>(db => db.Set<Conversation>().AsNoTracking().ToListAsync()), entries.ToLookup(e => e.ConversationId, e => e.Words), labels, named);
    }

    private static async Task<string> Told(TestHouse house)
    {
        var counts = await house.With<ListConversations, InboxCounts>(l => l.Counts(Agents[0], Department.Care, default));
        return counts + string.Join(',', await house.With<ListConversations, IReadOnlyList<LabelCount>>(l => l.Labels(default)));
    }
}
