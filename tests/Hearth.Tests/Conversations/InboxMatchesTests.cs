using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations;

public class InboxMatchesTests
{
    private static readonly string[] Words = ["hinge", "lid", "fan", "battery"];

    [Theory, EveryDatabase]
    public async Task Going_back_from_the_latest_entry_finds_what_reading_everything_finds_however_long_conversations_last_and_whatever_was_moved(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(5);
        var (all, said) = await Fill(house, random);
        var (pages, full) = (0, 0);
        for (var n = 0; n < 400; n++)
        {
            var filter = new InboxFilter(random.Next(3) == 0 ? InboxView.Closed : InboxView.All, Department: random.Next(4) == 0 ? Department.Care : null, OldestFirst: random.Next(6) == 0)
            {
                PressingFirst = random.Next(6) == 0,
            };
            string[] asked = random.Next(2) == 0 ? [Words[random.Next(4)]] : [Words[random.Next(4)], Words[random.Next(4)]];
            var (begun, rare) = (random.Next(3) == 0, random.Next(2) == 0);
            var words = asked.Select((w, i) => begun && i == asked.Length - 1 ? new AskedWord(w[..2], true) : new AskedWord(w)).ToList();
            var holding = all.FindAll(c => filter.Holds(house.Clock.Now())(c) && said[c.Id].Any(text => words.All(w => text.Split(' ').Any(x => w.IsBegun ? x.StartsWith(w.Word, StringComparison.Ordinal) : x == w.Word))));
            holding.Sort((a, b) => WalkInbox.Order(filter)(InboxKey.Of(a), InboxKey.Of(b)));
            var (few, take, skip) = (random.Next(3) == 0 ? 10_000 : random.Next(5, 120), random.Next(1, 12), random.Next(Math.Max(1, holding.Count)));
            var after = skip == 0 ? null : WalkInbox.Place(filter, holding[skip - 1]);

            Task<(List<InboxKey> Page, long Heard)?> Walk(InboxPlace? after) => house.In(async s =>
            {
                var db = s.GetRequiredService<Database>();
                return await new WalkMatches(db, new WalkInbox(db, s.GetRequiredService<ReadPeople>(), house.Clock), few, first: 3, slack: 0, near: 20).Next(filter, words, rare, after, take, default);
            });
            var found = await Walk(after);

            if (few == 10_000) Assert.NotNull(found);
            if (found is not var (page, heard)) continue;
            pages++;
            if (page.Count == take) full++;
            Assert.Equal(holding.Skip(skip).Take(take).Select(c => c.Number), page.Select(c => c.Number));
            if (page.Count < take || take < 2) continue;

            // The page behind it goes on where this one stopped looking.
            var next = WalkInbox.Place(filter, page[take - 2]) with { Heard = heard };
            found = await Walk(next);
            if (found is var (behind, _)) Assert.Equal(holding.Skip(skip + take - 1).Take(take).Select(c => c.Number), behind.Select(c => c.Number));
        }

        Assert.True(pages > 150 && full > 100, $"{pages} pages, {full} of them full");
    }

    // In the order in which they would be heard; a third of the posts continue what may have begun long before.
    private static async Task<(List<Conversation> All, ILookup<ConversationId, string> Said)> Fill(TestHouse house, Random random)
    {
        var at = house.Clock.Now().AddDays(-30);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var (rows, entries) = (new List<Conversation>(), new List<Entry>());
        for (var n = 0; n < 600; n++)
        {
            at = at.AddMinutes(random.Next(3));
            var continued = n > 10 && random.Next(3) == 0 ? rows[random.Next(rows.Count)] : null;
            if (continued is null)
            {
                rows.Add(continued = new()
                {
                    Id = ConversationId.New(), Key = "k" + n, Network = "web", ThreadKey = "t" + n, Source = source, Status = (ConversationStatus)random.Next(3), Priority = (ConversationPriority)random.Next(3),
                    Standing = random.Next(9) == 0 ? Standing.Spam : Standing.Normal, Department = random.Next(2) == 0 ? Department.Care : null, Preview = "", LastMention = MentionId.New(), LastMentionAt = at,
                    LastAt = at, OpenedAt = at, Mentions = 1,
                });
            }

            continued.LastAt = at;
            var words = string.Join(' ', Words.Where(_ => random.Next(4) == 0));
            entries.Add(new() { ConversationId = continued.Id, Kind = EntryKind.Note, At = at, Text = words, Words = words });
        }

        await house.With<Database>(async db =>
        {
            // As if much else were heard between: the entries lie in many blocks of the index.
            if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlRawAsync("ALTER SEQUENCE conversations_entries_position_seq INCREMENT BY 1999");
            await db.InsertAll(rows, default);
            await db.InsertAll(entries, default);
            var kept = await db.Set<Entry>().AsNoTracking().OrderBy(e => e.Position).ToListAsync();
            foreach (var n in Enumerable.Range(0, 20))
            {
                var (entry, to) = (kept[random.Next(kept.Count / 2)], rows[random.Next(rows.Count / 2, rows.Count)].Id);
                ConversationId? home = n % 2 == 0 ? entry.ConversationId : null;
                await db.Set<Entry>().Where(e => e.Position == entry.Position).ExecuteUpdateAsync(set => set.SetProperty(e => e.ConversationId, to).SetProperty(e => e.Home, home));
                if (home is null) await db.InsertAll([new SplitEntry { Split = Guid.NewGuid(), Position = entry.Position, Home = entry.ConversationId }], default);
            }
        });
        return await house.With<Database, (List<Conversation>, ILookup<ConversationId, string>)>(async db =>
            (await db.Set<Conversation>().AsNoTracking().ToListAsync(), (await db.Set<Entry>().AsNoTracking().ToListAsync()).ToLookup(e => e.ConversationId, e => e.Words)));
    }
}
