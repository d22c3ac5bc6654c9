using System.Collections.Concurrent;
using System.Globalization;
using Hearth.Conversations;
using Hearth.Conversations.Live;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.Live;

public class TakeNextTests
{
    [Theory, EveryDatabase]
    public async Task The_next_is_the_most_pressing_then_who_has_waited_longest_and_nothing_of_another_department(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var all = new List<ConversationId>();
        for (var n = 0; n < 7; n++) all.Add((await talk.Of(await talk.Says("author" + n, "post " + n))).Id);
        await house.With<Database>(db => db.Set<Conversation>().Where(c => c.Id == all[4]).ExecuteUpdateAsync(set => set.SetProperty(c => c.Priority, ConversationPriority.Urgent)));
        await house.With<Database>(db => db.Set<Conversation>().Where(c => c.Id == all[5]).ExecuteUpdateAsync(set => set.SetProperty(c => c.Priority, ConversationPriority.Watch)));
        await house.With<Database>(db => db.Set<Conversation>().Where(c => c.Id == all[0]).ExecuteUpdateAsync(set => set.SetProperty(c => c.SnoozedUntil, house.Clock.Now().AddHours(1))));
        await house.With<Database>(db => db.Set<Conversation>().Where(c => c.Id == all[1]).ExecuteUpdateAsync(set => set.SetProperty(c => c.Standing, Standing.Spam)));
        await house.With<AssignConversation, bool>(a => a.ToDepartment(all[2], Department.Legal, Talk.Ada, default));
        await house.With<AssignConversation, bool>(a => a.ToDepartment(all[3], Department.Care, Talk.Ada, default));
        Task<NextTaken> Next(Department? of = null) => house.With<TakeNext, NextTaken>(t => t.For(Talk.Ada, of, default));

        foreach (var expected in new[] { 4, 5, 3, 6 }) Assert.Equal(new NextTaken.Yours(all[expected]), await Next());
        Assert.IsType<NextTaken.NobodyWaits>(await Next());
        Assert.Equal(new NextTaken.Yours(all[2]), await Next(Department.Legal));
        house.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(new NextTaken.Yours(all[0]), await Next());

        var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(all[3], default)))!;
        Assert.Equal((Talk.Ada.Id, Talk.Ada.Name), (view.Assignee, view.AssigneeName));
        Assert.Single(view.Timeline, t => t is { What: "assigned", ByName: "Ada Brandt" });
    }

    /// <summary>The whole number of the issue is 5,000: HEARTH_TEST_QUEUE=5000.</summary>
    private static int Queue => int.TryParse(Environment.GetEnvironmentVariable("HEARTH_TEST_QUEUE"), CultureInfo.InvariantCulture, out var n) ? n : 800;

    [Theory, EveryDatabase]
    public async Task Of_160_agents_on_one_queue_no_two_get_the_same_conversation_and_nobody_is_answered_twice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var at = house.Clock.Now().AddHours(-2);
        var posts = Enumerable.Range(0, Queue).Select(n => new IncomingPost("p" + n, "Where is my parcel " + n, at.AddSeconds(n % 3600), new("author" + n, "author" + n, "Author " + n), null, "en"));
        foreach (var chunk in posts.Chunk(1_000)) await house.With<ReceiveMentions, Received>(r => r.Run(source, chunk, new Receiving(Engage: true), default));
        await house.Settle();
        var agents = Enumerable.Range(0, 160).Select(n => new Actor(UserId.New(), "Agent " + n, "A", Department.Care, Role.Agent)).ToList();

        // All take at once, and then go on until nobody waits.
        var taken = new ConcurrentBag<(ConversationId Conversation, Actor By)>();
        await Task.WhenAll(agents.Select(agent => Task.Run(() => Take(agent))));
        Assert.Equal(agents.Count, taken.Select(t => t.By).Distinct().Count());
        await Task.WhenAll(agents.Select(agent => Task.Run(async () =>
        {
            while (await Take(agent)) { }
        })));
        Assert.Equal(Queue, taken.Count);
        Assert.Equal(Queue, taken.Select(t => t.Conversation).Distinct().Count());

        // Each is then answered by whoever took it and, from another's screen, by the next one too: one of the two is heard.
        var outcomes = new ConcurrentBag<Reply>();
        await Task.WhenAll(taken.Select((t, n) => (t, Other: agents[n % agents.Count])).Chunk(Math.Max(1, Queue / 80)).Select(some => Task.Run(async () =>
        {
            foreach (var (mine, other) in some)
            {
                foreach (var reply in await Task.WhenAll(Answer(mine.Conversation, mine.By), Answer(mine.Conversation, other))) outcomes.Add(reply);
            }
        })));
        Assert.Equal((Queue, Queue), (outcomes.OfType<Reply.ByHand>().Count(), outcomes.OfType<Reply.AnsweredMeanwhile>().Count()));
        Assert.Equal(Queue, await house.With<Database, int>(db => db.Set<Entry>().CountAsync(e => e.Kind == EntryKind.Reply)));
        Assert.Equal(Queue, await house.With<Database, int>(db => db.Set<Message>().Select(m => m.About).Distinct().CountAsync()));
        Assert.Equal(Queue, await house.With<Database, int>(db => db.Set<Message>().CountAsync()));

        async Task<bool> Take(Actor agent)
        {
            if (await house.With<TakeNext, NextTaken>(t => t.For(agent, null, default)) is not NextTaken.Yours yours) return false;
            taken.Add((yours.Conversation, agent));
            return true;
        }

        Task<Reply> Answer(ConversationId conversation, Actor by) => Task.Run(() => house.With<ReplyToConversation, Reply>(r => r.With(conversation, "I look into it", 0, by, null, default)));
    }
}
