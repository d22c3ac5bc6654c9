using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations;

public class MergeTests
{
    [Theory, EveryDatabase]
    public async Task What_is_merged_shows_in_the_other_and_so_does_what_is_said_there_later(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var first = await talk.Of(await talk.Says("ann", "My lid is cracked", id: "one"));
        var second = await talk.Of(await talk.Says("ann", "About my lid again", id: "two"));
        await house.With<ConversationSteps, bool>(s => s.Move(first.Id, ConversationStatus.Closed, Talk.Ada, default));

        var merged = Assert.IsType<Merging.Done>(await house.With<MergeConversations, Merging>(m => m.Merge(second.Id, first.Id, Talk.Ada, default)));
        Assert.Equal(first.Id, Assert.Single(await talk.List(new(InboxView.WaitingForUs))).Id); // it waits again: the other did
        var more = await talk.Of(await talk.Says("ann", "Hello?", inThread: "two"));

        Assert.Equal(first.Id, more.Id);
        Assert.Equal(["My lid is cracked", "About my lid again", "Hello?"], Said(more));
        Assert.Equal("Hello?", Assert.Single(await talk.List(new(InboxView.All))).Preview);
        Assert.IsType<Reply.Unknown>(await talk.Reply(second, "Lost", Talk.Ada));
        Assert.IsType<Merging.Refused>(await house.With<MergeConversations, Merging>(m => m.Merge(first.Id, second.Id, Talk.Ada, default)));

        await house.With<MergeConversations, Merging>(m => m.Undo(merged.Merger, Talk.Ben, default));

        Assert.Equal(["My lid is cracked"], Said(await talk.Read(first.Id)));
        Assert.Equal(["About my lid again", "Hello?"], Said(await talk.Read(second.Id)));
        Assert.Equal((ConversationStatus.Closed, ConversationStatus.Open), ((await talk.Read(first.Id)).Status, (await talk.Read(second.Id)).Status));
        Assert.IsType<Merging.Refused>(await house.With<MergeConversations, Merging>(m => m.Undo(merged.Merger, Talk.Ben, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_answers_a_part_that_was_split_off_comes_to_the_part(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var whole = await talk.Of(await talk.Says("ann", "The lid is cracked", id: "lid"));
        var fan = await talk.Of(await talk.Says("ann", "And the fan is loud", inThread: "lid", id: "fan", answers: "lid"));
        var position = fan.Timeline.Single(t => t.Text == "And the fan is loud").Position;

        var split = Assert.IsType<Merging.Done>(await house.With<MergeConversations, Merging>(m => m.Split(whole.Id, [position], Talk.Ada, default)));
        await talk.Says("ann", "Very loud", inThread: "lid", answers: "fan");
        await talk.Says("ann", "A deep crack", inThread: "lid", answers: "lid");

        Assert.Equal(["And the fan is loud", "Very loud"], Said(await talk.Read(split.Conversation)));
        Assert.Equal(["The lid is cracked", "A deep crack"], Said(await talk.Read(whole.Id)));

        await house.With<MergeConversations, Merging>(m => m.Undo(split.Merger, Talk.Ada, default));
        await talk.Says("ann", "Louder now", inThread: "lid", answers: "fan");
        Assert.Equal(["The lid is cracked", "And the fan is loud", "Very loud", "A deep crack", "Louder now"], Said(await talk.Read(whole.Id)));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_is_merged_and_split_in_any_order_is_undone_exactly(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            var talk = await Talk.In(house);
            var ids = new List<ConversationId>();
            foreach (var n in Enumerable.Range(0, 5))
            {
                foreach (var post in Enumerable.Range(0, 1 + random.Next(4))) await talk.Says($"author{n % 3}", $"{seed} {n} {post}", inThread: $"thread-{seed}-{n}");
                var c = (await talk.List(new(InboxView.All, Search: $"{seed} {n} 0"))).Single(r => r.Preview.StartsWith($"{seed} {n} ", StringComparison.Ordinal));
                ids.Add(c.Id);
                if (random.Next(2) == 0) await talk.Reply(await talk.Read(c.Id), "answered", Talk.Ada);
                if (random.Next(3) == 0) await house.With<ConversationSteps, bool>(s => s.Move(c.Id, ConversationStatus.Closed, Talk.Ada, default));
                if (random.Next(2) == 0) await house.With<ConversationSteps, bool>(s => s.Note(c.Id, $"note {seed} {n}", Talk.Ben, default));
            }

            var before = await Snapshot(house, ids);
            var (nodes, done) = (new List<ConversationId>(ids), new List<Guid>());
            for (var step = 0; step < 14 || done.Count == 0; step++) await Step(house, talk, random, nodes, done);
            Assert.NotEqual(before, await Snapshot(house, ids));
            while (done.Count > 0)
            {
                var left = done.Count;
                foreach (var merger in done.OrderBy(_ => random.Next()).ToList())
                {
                    if (await house.With<MergeConversations, Merging>(m => m.Undo(merger, Talk.Ada, default)) is Merging.Done) done.Remove(merger);
                }

                Assert.True(done.Count < left, "nothing can be undone any more");
            }

            Assert.Equal(before, await Snapshot(house, ids));
        }
    }

    [Theory, EveryDatabase]
    public async Task Posts_that_arrive_while_conversations_merge_and_part_all_come_home(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ids = new List<ConversationId>();
        for (var n = 0; n < 4; n++) ids.Add((await talk.Of(await talk.Says("author" + n, "first", id: "thread" + n))).Id);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        using var over = new CancellationTokenSource();

        var merging = Task.WhenAll(Enumerable.Range(0, 2).Select(who => Task.Run(async () =>
        {
            var (random, done) = (new Random(who), new List<Guid>());
            while (!over.IsCancellationRequested)
            {
                if (done.Count > 0 && random.Next(2) == 0) await house.With<MergeConversations, Merging>(m => m.Undo(done[random.Next(done.Count)], Talk.Ada, default));
                else if (await house.With<MergeConversations, Merging>(m => m.Merge(ids[random.Next(4)], ids[random.Next(4)], Talk.Ada, default)) is Merging.Done made) done.Add(made.Merger);
            }

            return done;
        })));
        for (var post = 0; post < 20; post++)
        {
            foreach (var n in Enumerable.Range(0, 4))
            {
                var said = new IncomingPost($"{n}-{post}", $"post {post}", house.Clock.Now().AddSeconds(post), new($"author{n}", null, null), null, "en", null, "thread" + n);
                await house.With<ReceiveMentions, Received>(r => r.Run(source, [said], new Receiving(Engage: true), default));
            }

            await house.Settle();
        }

        await over.CancelAsync();
        foreach (var merger in (await merging).SelectMany(d => d)) await house.With<MergeConversations, Merging>(m => m.Undo(merger, Talk.Ada, default));

        foreach (var (id, n) in ids.Select((id, n) => (id, n)))
        {
            var c = await talk.Read(id);
            Assert.Equal(Standing.Normal, c.Standing);
            Assert.Equal(["first", .. Enumerable.Range(0, 20).Select(p => $"post {p}")], Said(c).Order(Comparer<string>.Create((a, b) => Number(a).CompareTo(Number(b)))));
            Assert.All(c.Timeline.Where(t => t.Kind == EntryKind.Mention), t => Assert.Equal("author" + n, t.Mention!.Author!.ExternalId));
            Assert.Equal(21, Assert.Single(await talk.List(new(InboxView.All)), r => r.Id == id).Mentions);
        }

        static int Number(string said) => said == "first" ? -1 : int.Parse(said[5..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Step(TestHouse house, Talk talk, Random random, List<ConversationId> nodes, List<Guid> done)
    {
        switch (random.Next(4))
        {
            case 0 when done.Count > 0:
                var merger = done[random.Next(done.Count)];
                if (await house.With<MergeConversations, Merging>(m => m.Undo(merger, Talk.Ada, default)) is Merging.Done) done.Remove(merger);
                break;
            case 1:
                var whole = await talk.Read(nodes[random.Next(nodes.Count)]);
                var some = whole.Timeline.Where(t => t.Kind != EntryKind.Event && random.Next(2) == 0).Select(t => t.Position).ToList();
                if (await house.With<MergeConversations, Merging>(m => m.Split(whole.Id, some, Talk.Ada, default)) is Merging.Done split)
                {
                    nodes.Add(split.Conversation);
                    done.Add(split.Merger);
                }

                break;
            default:
                if (await house.With<MergeConversations, Merging>(m => m.Merge(nodes[random.Next(nodes.Count)], nodes[random.Next(nodes.Count)], Talk.Ada, default)) is Merging.Done merged) done.Add(merged.Merger);
                break;
        }
    }

    // All that anybody sees of them, but for what tells of the merging itself and the version, which only rises.
    private static async Task<string> Snapshot(TestHouse house, IReadOnlyList<ConversationId> ids) => await house.With<Database, string>(async db =>
    {
        var lines = new List<string>();
        foreach (var id in ids)
        {
            var c = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id);
            var entries = await db.Set<Entry>().Where(e => e.ConversationId == id && e.Kind != EntryKind.Event).OrderBy(e => e.Position).Select(e => e.Position).ToListAsync();
            lines.Add($"{c.Number} {c.Standing} {c.Drawer} {c.Status} {c.ClosedAt} {c.Mentions} {c.LastMention} {c.LastMentionAt} {c.Preview} {c.LastAt} {c.FirstReplyAt} {c.LastReplyAt} {c.LastReplyBy} {c.Assignee} {c.MergedInto}: {string.Join(',', entries)}");
        }

        return string.Join('\n', lines);
    });

    private static IEnumerable<string> Said(ConversationView c) => c.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text!);
}
