using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Conversations.Live;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Kpis;

public class OccupancyTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 6, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"); // its days begin in the middle of an hour

    /// <summary>Three people come and go for two days by dice; the minutes are counted here once more, one by one in sets, and compared by the whole, day, hour, person and part of it.</summary>
    [Theory, EveryDatabase]
    public async Task Occupancy_is_the_minutes_with_a_conversation_among_the_minutes_at_the_console(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(5);
        var agents = Enumerable.Range(0, 3).Select(n => new Actor(UserId.New(), "Agent " + n, "A", Department.Care, Role.Agent)).ToList();
        var conversation = ConversationId.New();
        var (present, handling) = (new HashSet<(UserId User, long Minute)>(), new HashSet<(UserId User, long Minute)>());
        for (var at = Start; at < Start.AddDays(2); at = at.AddSeconds(random.Next(30, 1_500)))
        {
            house.Clock.Set(at);
            var who = agents[random.Next(agents.Count)];
            var minute = at.ToUnixTimeSeconds() / 60;
            present.Add((who.Id, minute));
            if (random.Next(2) == 0) await house.With<WorkHours>(w => w.See(who.Id, handling: false, default));
            else
            {
                handling.Add((who.Id, minute));
                await Task.WhenAll(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Task.Run(() => house.With<Presence>(p => p.Tell(conversation, who, answering: false, default)))));
            }
        }

        house.Clock.Set(Start.AddDays(3));
        for (var draw = 0; draw < 60; draw++)
        {
            var from = Start.AddMinutes(random.Next(-60, 2_000));
            var filter = new KpiFilter(from, from.AddMinutes(random.Next(1, 1_500)), Person: random.Next(3) == 0 ? agents[random.Next(3)].Id : null);
            var by = (KpiBy)random.Next(7);
            var report = await house.With<ReadKpis, KpiReport>(k => k.Of(filter, by, Kolkata, default));
            Assert.Equal(Counted(filter), report.All.Occupancy);
            if (by is KpiBy.Day or KpiBy.Hour or KpiBy.Person)
            {
                Assert.Equal(report.All.Occupancy, new Share(report.Lines.Sum(l => l.Figures.Occupancy.Count), report.Lines.Sum(l => l.Figures.Occupancy.Of)));
                foreach (var line in report.Lines) Assert.Equal(Counted(line.Filter!), line.Figures.Occupancy);
            }
        }

        Assert.Equal(new Share(0, 0), (await house.With<ReadKpis, KpiReport>(k => k.Of(new(Start, Start.AddDays(2), Department: Department.Care), KpiBy.Day, Kolkata, default))).All.Occupancy);

        // A minute belongs to the period in which it begins; the one that the period begins in counts whole.
        Share Counted(KpiFilter f)
        {
            bool In((UserId User, long Minute) m) => m.Minute >= f.From.ToUnixTimeSeconds() / 60 && m.Minute < f.Until.ToUnixTimeSeconds() / 60 && (f.Person is null || m.User == f.Person);
            return new(handling.Count(In), present.Count(In));
        }
    }
}
