using System.Globalization;
using Hearth.Conversations;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Tests.Conversations.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations;

/// <summary>The process is killed (-9) before and after commits of what agents do with conversations.</summary>
public class KillTests
{
    private const int Talks = 12;

    // The same person in every process; those of Talk are new in each.
    private static readonly Actor Ada = new(UserId.From(new Guid(7, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)), "Ada Brandt", "AB", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task However_often_the_job_that_wakes_dies_each_conversation_is_woken_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var all = await Conversations(house, "Later, please");
        foreach (var id in all) await house.With<SnoozeConversation, Snoozing>(s => s.Until(id, house.Clock.Now().AddHours(1), Ada, default));
        house.Clock.Advance(TimeSpan.FromHours(2));

        var deaths = 0;
        for (var commit = 0; commit < 8; commit++)
        {
            if (await Die(house, WakeAndDie, commit) == 137) deaths++;
            house.Clock.Advance(TimeSpan.FromMinutes(1)); // the dead one's lease runs out
        }

        await house.Settle();
        Assert.True(deaths >= 6, $"only {deaths} died");
        await house.With<Database>(async db =>
        {
            Assert.Equal(0, await db.Set<Conversation>().CountAsync(c => c.SnoozedUntil != null));
            Assert.Equal(all.OrderBy(id => id.Value), (await db.Set<Entry>().Where(e => e.What == "woken").Select(e => e.ConversationId).ToListAsync()).OrderBy(id => id.Value));
            Assert.Equal(Talks, await db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationWoken")));
        });
    }

    /// <summary>What was done before the kill stands, whole; nothing of the rest is; the same action does the rest, and undoing either takes back its own part.</summary>
    [Theory, EveryDatabase]
    public async Task Of_a_bulk_action_over_all_that_match_each_row_is_done_once_or_not_at_all_and_the_same_again_does_the_rest(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var all = await Conversations(house, "Where is my parcel");
        var done = 0;
        foreach (var commit in (int[])[1, 4, 5, 8]) // right after the odd ones, right before the even ones
        {
            Assert.Equal(137, await Die(house, LabelAllAndDie, commit));
            var labelled = await Labelled(house);
            Assert.InRange(labelled.Count, done + 1, Talks - 1);
            done = labelled.Count;
            await Same(house, labelled);
        }

        var (again, _) = await house.With<BulkActions, (BulkDone?, FieldError?)>(b => b.Run(all, new BulkAction.Label("parcel"), Ada, default));
        Assert.Equal((Talks - done, done), (again!.Count(BulkOutcome.Done), again.Count(BulkOutcome.Unchanged)));
        await Same(house, all);
        await house.Settle();
        Assert.Equal(Talks, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationLabelled"))));

        Assert.Equal(new Undoing(Talks - done, 0), await house.With<UndoSteps, Undoing?>(u => u.Of(again.Batch, Ada, default)));
        Assert.Equal(done, (await Labelled(house)).Count);
        foreach (var batch in await house.With<Database, List<Guid>>(db => db.Set<StepRow>().Where(s => s.UndoneAt == null && s.Kind == StepKind.Labelled).Select(s => s.Batch).Distinct().ToListAsync()))
        {
            await house.With<UndoSteps, Undoing?>(u => u.Of(batch, Ada, default));
        }

        Assert.Empty(await Labelled(house));
    }

    [Theory, EveryDatabase]
    public async Task A_draft_is_as_it_was_last_kept_and_goes_with_the_answer_or_not_at_all(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ann = (await Conversations(house, "Help"))[0];
        for (var commit = 0; commit < 6; commit++)
        {
            Assert.Equal(137, await Die(house, TypeAndDie, commit));
            // The process died right before its commit of that number (even) or right after it (odd): what it had kept is there, and nothing else.
            var kept = commit % 2 == 0 ? commit - 1 : commit;
            Assert.Equal(kept < 0 ? null : "Dear Ann " + kept, (await house.With<Drafts, DraftView?>(d => d.Of(ann, Ada.Id, default)))?.Text);
            await house.With<Drafts, bool>(d => d.Put(ann, Ada, " ", default));
        }

        for (var commit = 0; commit < 2; commit++)
        {
            await house.With<Drafts, bool>(d => d.Put(ann, Ada, "Dear Ann", default));
            Assert.Equal(137, await Die(house, AnswerAndDie, commit));
            var replies = await house.With<Database, int>(db => db.Set<Entry>().CountAsync(e => e.ConversationId == ann && e.Kind == EntryKind.Reply));
            var draft = (await house.With<Drafts, DraftView?>(d => d.Of(ann, Ada.Id, default)))?.Text;
            Assert.Equal(commit == 0 ? (0, "Dear Ann") : (1, null), (replies, draft));
        }
    }

    private static async Task<List<ConversationId>> Conversations(TestHouse house, string text)
    {
        var talk = await Talk.In(house);
        var all = new List<ConversationId>();
        for (var n = 0; n < Talks; n++) all.Add((await talk.Of(await talk.Says($"author{n}", text, id: $"p{n}"))).Id);
        return all;
    }

    private static Task<List<ConversationId>> Labelled(TestHouse house) =>
        house.With<Database, List<ConversationId>>(db => db.Set<LabelRow>().Where(l => l.Label == "parcel").Select(l => l.ConversationId).ToListAsync());

    // Each of them has the label, one step to undo and one line on its timeline; the others have none of them.
    private static Task Same(TestHouse house, IEnumerable<ConversationId> labelled) => house.With<Database>(async db =>
    {
        var expected = labelled.OrderBy(id => id.Value).ToList();
        Assert.Equal(expected, (await db.Set<StepRow>().Select(s => s.ConversationId).ToListAsync()).OrderBy(id => id.Value));
        Assert.Equal(expected, (await db.Set<Entry>().Where(e => e.What == "labelled").Select(e => e.ConversationId).ToListAsync()).OrderBy(id => id.Value));
    });

    private static Task<int> Die(TestHouse house, Func<string[], Task> child, int commit) =>
        ChildProcess.Run(child, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, commit.ToString(CultureInfo.InvariantCulture), house.Clock.Now().ToString("O"));

    [Child]
    internal static async Task WakeAndDie(string[] args)
    {
        await using var house = Dying(args);
        await house.GetRequiredService<JobWorker>().Drain(default);
    }

    [Child]
    internal static async Task LabelAllAndDie(string[] args)
    {
        await using var house = Dying(args);
        await using var scope = house.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<ListConversations>().Ids(new(InboxView.WaitingForUs, Search: "parcel"), BulkActions.Most, default);
        await scope.ServiceProvider.GetRequiredService<BulkActions>().Run(all, new BulkAction.Label("parcel"), Ada, default);
    }

    [Child]
    internal static async Task TypeAndDie(string[] args)
    {
        await using var house = Dying(args);
        await using var scope = house.CreateAsyncScope();
        var ann = await First(scope);
        for (var n = 0; ; n++) await scope.ServiceProvider.GetRequiredService<Drafts>().Put(ann, Ada, "Dear Ann " + n, default);
    }

    [Child]
    internal static async Task AnswerAndDie(string[] args)
    {
        await using var house = Dying([.. args[..3], args[3] == "0" ? "0" : "-1", args[4]]);
        await using var scope = house.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReplyToConversation>().With(await First(scope), "Dear Ann", 0, Ada, null, default);
    }

    private static Task<ConversationId> First(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<Database>().Set<Conversation>().OrderBy(c => c.Number).Select(c => c.Id).FirstAsync();

    private static ServiceProvider Dying(string[] args)
    {
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.Parse(args[4], CultureInfo.InvariantCulture));
        var commit = int.Parse(args[3], CultureInfo.InvariantCulture);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommitNumber(Math.Max(commit, 0), after: commit % 2 != 0)));
        return services.BuildServiceProvider();
    }
}
