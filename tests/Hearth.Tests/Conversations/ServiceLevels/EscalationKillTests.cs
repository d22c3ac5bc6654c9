using Hearth.Conversations;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations.ServiceLevels;

public class EscalationKillTests
{
    private const int Talks = 20;

    [Theory, EveryDatabase]
    public async Task Everybody_is_told_once_though_the_one_who_tells_is_killed_between(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        var owner = await promised.Hire("Ora Owen", Role.Owner, Department.Care); // no department was named, so she is the lead of it
        await promised.Promise(new("Care", FirstResponse: 60, Escalations: [new(50, Told.Owners), new(100, Told.Owners, ConversationPriority.Urgent, ToLead: true)]));
        await promised.At("2026-09-02T00:00Z");
        for (var n = 0; n < Talks; n++) await promised.Hears("ann" + n);
        house.Clock.Set(At);

        var deaths = 0;
        foreach (var after in new[] { 4, 9, 14, 40, 71 })
        {
            if (await ChildProcess.Run(TellAndDie, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, after.ToString(System.Globalization.CultureInfo.InvariantCulture)) == 137) deaths++;
        }

        Assert.Equal(5, deaths);
        await house.Settle();

        await house.With<Database>(async db =>
        {
            Assert.Equal(Talks * 2, await db.Set<NoticeRow>().CountAsync());
            Assert.Equal(Talks, await db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("SlaBreached")));
            var events = await db.Set<Entry>().Where(e => e.Kind == EntryKind.Event && e.What != "opened").GroupBy(e => new { e.ConversationId, e.What }).Select(g => g.Count()).ToListAsync();
            Assert.Equal((Talks * 4, true), (events.Count, events.TrueForAll(c => c == 1))); // warned, breached, urgent, given to the lead
            Assert.Equal(Talks, await db.Set<Conversation>().CountAsync(c => c.Assignee == owner.Id && c.Priority == ConversationPriority.Urgent));
        });
    }

    private static readonly DateTimeOffset At = new(2026, 9, 2, 3, 0, 0, TimeSpan.Zero);

    [Child]
    internal static async Task TellAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new DyingClock(int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture))).AddHearth(at).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EscalateClocksRun>().Run(new(), default);
    }

    /// <summary>Whoever asks it for the time once too often is killed, in the middle of what they do.</summary>
    private sealed class DyingClock(int left) : TimeProvider
    {
        private int _left = left;

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.Decrement(ref _left) < 0) ChildProcess.DieNow();
            return At;
        }
    }
}
