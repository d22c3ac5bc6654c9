using System.Reflection;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Operations.Delight;
using Hearth.Outlet;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Hearth.Tests.Outlet;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Operations;

public class DelightTests
{
    private static readonly Actor Lea = new(UserId.New(), "Lea Brandt", "LB", Department.Care, Role.Lead);

    private static readonly DelightDraft Draft = new("A card", Gesture.Note, "A hand-written card", Department.Care, OutletHouse.Eur(10_00), OutletHouse.Eur(2_00), PerDay: 1_000);

    [Theory, EveryDatabase]
    public async Task Chance_decides_from_the_recorded_seed_and_nothing_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var program = await Start(house, Draft with { Budget = OutletHouse.Eur(1_000_00) });
        var people = await People(house, 40);

        foreach (var person in people) Assert.Contains(await Choose(house, program, person), new[] { Choosing.Chosen, Choosing.HeldOut });

        var line = (await View(house, program)).Line;
        var fact = Assert.Single((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run("delight:" + program.Value, null, null, 500, default)))!.Items, e => e.Type.EndsWith(".DelightStarted", StringComparison.Ordinal));
        Assert.Equal(fact.Body.GetProperty("seed").GetString(), line.Seed);
        foreach (var p in (await View(house, program)).People) Assert.Equal(Lottery.IsHeldOut(line.Seed, p.Person, 50), p.State == DelightState.HeldOut);
        Assert.InRange(line.HeldOut, 8, 32);
        Assert.Equal(OutletHouse.Eur(2_00 * line.Waiting), line.Committed);
        Assert.Equal(Choosing.ChosenBefore, await Choose(house, program, people[0]));
    }

    [Theory, InlineData(10), InlineData(50), InlineData(90)]
    public void The_lottery_leaves_out_the_share_that_was_planned(int percent)
    {
        var left = Enumerable.Range(0, 20_000).Count(_ => Lottery.IsHeldOut("00112233445566aa", PersonId.New(), percent));
        Assert.InRange(left, (percent * 200) - 300, (percent * 200) + 300); // over four standard deviations
    }

    [Theory, EveryDatabase]
    public async Task The_budget_is_never_overspent_whoever_chooses_at_once_and_stops_both_groups(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var program = await Start(house, Draft);
        var people = await People(house, 40);

        var outcomes = await Task.WhenAll(people.Select(p => Task.Run(() => Choose(house, program, p))));

        var line = (await View(house, program)).Line;
        Assert.Equal((5, OutletHouse.Eur(10_00)), (line.Waiting, line.Committed));
        Assert.Equal(5, outcomes.Count(o => o == Choosing.Chosen));
        Assert.Equal(40 - 5 - line.HeldOut, outcomes.Count(o => o == Choosing.BudgetSpent));
        Assert.Equal(Choosing.BudgetSpent, await Choose(house, program, (await People(house, 1, "late"))[0]));

        var waiting = (await View(house, program)).People.First(p => p.State == DelightState.Waiting).Person;
        Assert.True(await house.With<CloseDelight, bool>(c => c.As(program, waiting, false, Talk.Ada, default)));
        Assert.False(await house.With<CloseDelight, bool>(c => c.As(program, waiting, true, Talk.Ada, default)));
        Assert.Equal(OutletHouse.Eur(8_00), (await View(house, program)).Line.Committed);
    }

    [Theory, EveryDatabase]
    public async Task Caps_rests_and_opt_outs_hold(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var program = await Start(house, Draft with { PerDay = 2, Budget = OutletHouse.Eur(100_00) });
        var other = await Start(house, Draft with { Name = "Another" });
        var people = await People(house, 5);

        Assert.True(await house.With<OptOuts, bool>(o => o.Add(people[0], "Ada", default)));
        Assert.Equal(Choosing.OptedOut, await Choose(house, program, people[0]));
        Assert.IsType<ConsentNoted.Done>(await house.With<Consents, ConsentNoted>(c => c.Note(people[4], new(ConsentPurpose.Service, "any", false, ConsentHow.Message, null, null), "Ada", default)));
        Assert.Equal(Choosing.OptedOut, await Choose(house, program, people[4]));
        await Choose(house, program, people[1]);
        Assert.Equal(Choosing.ChosenLately, await Choose(house, other, people[1]));
        await Choose(house, program, people[2]);
        Assert.Equal(Choosing.DayFull, await Choose(house, program, people[3]));
        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await house.With<StartDelight, bool>(s => s.Pause(program, true, default)));
        Assert.Equal(Choosing.Paused, await Choose(house, program, people[3]));
        Assert.Equal((Choosing.UnknownPerson, Choosing.UnknownProgram), (await Choose(house, program, PersonId.New()), await Choose(house, DelightId.New(), people[3])));
        house.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Contains(await Choose(house, other, people[1]), new[] { Choosing.Chosen, Choosing.HeldOut });
    }

    [Theory, EveryDatabase]
    public async Task A_rule_chooses_who_writes_such_a_post_and_nobody_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var program = await Start(house, Draft with { Budget = OutletHouse.Eur(100_00), RuleIntent = Intent.Praise });
        var talk = await Talk.In(house);

        await talk.Says("glad", "I love it, great, thank you so much!");
        await talk.Says("cross", "It broke again, awful.");
        await talk.SaysAt(house.Clock.Now().AddDays(-9), "long ago", "I love it, great, thank you so much!");

        var chosen = Assert.Single((await View(house, program)).People);
        Assert.Equal(("glad", null), (chosen.Name, chosen.ChosenBy));
    }

    [Theory, EveryDatabase]
    public async Task Uplift_compares_who_was_drawn_with_who_was_left_out_once_their_days_are_over(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var program = await Start(house, Draft with { Budget = OutletHouse.Eur(1_000_00), Window = 7 });
        var people = await People(house, 24);
        foreach (var person in people) await Choose(house, program, person);
        Assert.Contains("Too early", (await View(house, program)).Verdict, StringComparison.Ordinal);

        var seed = (await View(house, program)).Line.Seed;
        var talk = await Talk.In(house);
        var offer = await house.Offer(units: 30, stock: 60);
        house.Clock.Advance(TimeSpan.FromDays(1));
        for (var n = 0; n < people.Count; n++)
        {
            if (Lottery.IsHeldOut(seed, people[n], 50)) continue;
            await talk.SaysAt(house.Clock.Now(), $"one{n}", "What a lovely surprise, thank you, I love it!");
            var visitor = VisitorId.New();
            var code = ((Confirmed.Code)await house.Confirm(((Held.Kept)await house.Hold(offer.Id, visitor: visitor, contact: $"@one{n}.example")).Claim, visitor)).Text;
            await house.With<PlaceOrder, Placed>(p => p.Take(new IncomingOrder($"O-{n}", house.Clock.Now(), [new("LAP-15R", 1, OutletHouse.Eur(449_00))], code, null, null), default));
        }

        house.Clock.Advance(TimeSpan.FromDays(8));
        var view = await View(house, program);

        Assert.Equal(24, view.Measured);
        Assert.Equal(["talk", "return", "revenue"], view.Uplift.Select(u => u.What));
        Assert.All(view.Uplift, u => Assert.True(u.Held == 0 && u.Treated > 0 && u.IsClear && u.P < 0.01, u.ToString()));
        Assert.Equal(449, view.Uplift[2].Treated, 6);
        Assert.Equal("Those who got it show more glad talk and more return and more revenue than those left out, of 24 people.", view.Verdict);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_used_is_named_and_only_leads_of_the_department_spend(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Task<DelightStart> Try(DelightDraft draft, Actor by) => house.With<StartDelight, DelightStart>(s => s.With(draft, by, default));
        static IEnumerable<string> Fields(DelightStart start) => Assert.IsType<DelightStart.Invalid>(start).Errors.Select(e => e.Field);

        Assert.Equal(["name", "what", "each", "perDay", "holdOutPercent", "window", "ruleTopic", "ruleTopic"],
            Fields(await Try(new(" ", Gesture.Note, null, Department.Care, OutletHouse.Eur(1_00), OutletHouse.Eur(2_00), 0, 5, 3, null, "nothing-of-the-kind"), Lea)));
        Assert.Equal([""], Fields(await Try(Draft, Lea with { Role = Role.Agent })));
        Assert.Equal(["department"], Fields(await Try(Draft with { Department = Department.Sales }, Lea)));
        await Start(house, Draft);
        Assert.Equal(["name"], Fields(await Try(Draft, Lea)));
    }

    [Fact]
    public void Nothing_about_delight_knows_how_many_follow_somebody() => Assert.Empty(
        from type in typeof(DelightId).Assembly.GetTypes()
        where type.Namespace == typeof(DelightId).Namespace
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where member.Name.Contains("follow", StringComparison.OrdinalIgnoreCase) || member.Name.Contains("reach", StringComparison.OrdinalIgnoreCase)
        select $"{type.Name}.{member.Name}");

    private static async Task<DelightId> Start(TestHouse house, DelightDraft draft) => Assert.IsType<DelightStart.Done>(await house.With<StartDelight, DelightStart>(s => s.With(draft, Lea, default))).Program;

    private static Task<Choosing> Choose(TestHouse house, DelightId program, PersonId person) => house.With<ChooseForDelight, Choosing>(c => c.For(program, person, Talk.Ada, default));

    private static async Task<DelightView> View(TestHouse house, DelightId program) => (await house.With<ReadDelight, DelightView?>(r => r.Of(program, default)))!;

    // People who have said something, neither glad nor cross, in the source that Talk posts to.
    private static async Task<IReadOnlyList<PersonId>> People(TestHouse house, int count, string name = "one")
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. Enumerable.Range(0, count).Select(n => new IncomingPost($"{name}-{n}", "The shop is in the town.", house.Clock.Now().AddMinutes(-n), new(name + n, name + n + ".example", name + n)))], new Receiving(), default));
        await house.Settle();
        return await house.With<Database, IReadOnlyList<PersonId>>(async db => [.. (await db.Set<MentionRow>().Where(m => m.ExternalId.StartsWith(name + "-")).OrderByDescending(m => m.At).ToListAsync()).Select(m => m.Person!.Value)]);
    }
}
