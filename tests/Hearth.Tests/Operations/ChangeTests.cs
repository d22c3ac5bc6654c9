using Hearth.Governance;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Platform;
using Hearth.Conversations;
using Hearth.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Operations;

public class ChangeTests
{
    private static readonly ChangeDraft Draft = new("A steel hinge", ChangeKind.ProductDesign, "A steel pin in every lid", "The plastic one breaks", Department.Product, "12500.00", "EUR",
        Region: "EU", Units: 4_000, Skus: ["F-1", "F-1 ", "F-2"]);

    private static async Task<GapId> Raise(TestHouse house, string title = "Hinge") => Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(
        r => r.From(new GapDraft("quality", "It holds", "It cracks", Department.Product, title), (ConversationId?)null, Talk.Ada, default))).Gap;

    private static async Task<ChangeId> Plan(TestHouse house, params GapId[] gaps) => Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Run(Draft, gaps, [], Talk.Ada, default))).Change;

    private static async Task<GapView> Read(TestHouse house, GapId gap) => (await house.With<ReadGap, GapView?>(r => r.Of(gap, default)))!;

    private static Task<Changing> Ship(TestHouse house, ChangeId change, DateTimeOffset? at = null) => house.With<ShipChange, Changing>(s => s.Run(change, at, Talk.Ada, default));

    [Theory, EveryDatabase]
    public async Task A_change_leads_its_gaps_from_planned_to_shipped_and_says_what_it_is(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var gap = await Raise(house);
        var idea = Guid.NewGuid();
        var change = Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Run(Draft, [gap, gap], [idea], Talk.Ada, default))).Change;
        Assert.Equal(GapStage.ChangePlanned, (await Read(house, gap)).Line.Stage);
        Assert.IsType<Changing.Done>(await Ship(house, change));

        var view = (await house.With<ReadChange, ChangeView?>(r => r.Of(change, default)))!;
        Assert.Equal((1, ChangeState.Shipped, new Money(1_250_000, "EUR"), "EU", 4_000), ((int)view.Line.Number, view.Line.State, view.Line.Cost, view.Region, view.Units));
        Assert.Equal(["F-1", "F-2"], view.Skus);
        Assert.Equal((gap, idea), (Assert.Single(view.Gaps).Id, Assert.Single(view.Ideas)));
        Assert.Equal(new DateTimeOffset(2026, 9, 8, 0, 0, 0, TimeSpan.Zero), view.MeasuredFrom);
        Assert.Equal(new DateTimeOffset(2026, 9, 22, 6, 0, 0, TimeSpan.Zero), view.JudgedOn);
        var shipped = await Read(house, gap);
        Assert.Equal([GapStage.Open, GapStage.ChangePlanned, GapStage.Shipped], shipped.History.Select(h => h.To));
        Assert.Equal("Change 1: A steel hinge", shipped.History[^1].Why);
        Assert.Equal(change, Assert.Single(await house.With<ReadChange, IReadOnlyList<ChangeLine>>(r => r.Serving(gap, default))).Id);
        Assert.Equal(["Operations.Changes.ChangePlanned", "Operations.Changes.ChangeCarriesIdea", "Operations.Changes.ChangeShipped"], await house.With<Database, List<string>>(
            db => db.Set<FactRow>().Where(f => f.Subject == "change:" + change.Value).OrderBy(f => f.Position).Select(f => f.Type).ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Of_ten_who_ship_it_at_once_one_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var change = await Plan(house, await Raise(house));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => n % 2 == 0 ? Ship(house, change) : house.With<ShipChange, Changing>(s => s.Back(change, "no", Talk.Ben, default)))));
        Assert.InRange(outcomes.OfType<Changing.Done>().Count(), 1, 2); // shipped and then rolled back is two
        Assert.Equal(ChangeState.RolledBack, (await house.With<ReadChange, ChangeView?>(r => r.Of(change, default)))!.Line.State);
        Assert.InRange(await house.With<Database, int>(db => db.Set<JobRow>().CountAsync(j => j.Kind == "Operations.Telling.PrepareTelling")), 0, 1);
    }

    [Theory, EveryDatabase]
    public async Task A_change_that_is_rolled_back_opens_its_gaps_again_unless_another_serves_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (alone, shared, planned) = (await Raise(house, "alone"), await Raise(house, "shared"), await Raise(house, "planned"));
        var (first, second, third) = (await Plan(house, alone, shared), await Plan(house, shared), await Plan(house, planned));
        foreach (var change in new[] { first, second }) Assert.IsType<Changing.Done>(await Ship(house, change));
        Assert.IsType<Changing.Invalid>(await Back(first, " "));
        Assert.IsType<Changing.Done>(await Back(first, "It rattles"));
        Assert.Equal(GapStage.Reopened, (await Read(house, alone)).Line.Stage);
        Assert.Equal("Change 1 was rolled back: It rattles", (await Read(house, alone)).History[^1].Why);
        Assert.Equal(GapStage.Shipped, (await Read(house, shared)).Line.Stage);
        Assert.IsType<Changing.Done>(await Back(third, "Too dear"));
        Assert.Equal(GapStage.Open, (await Read(house, planned)).Line.Stage);
        Assert.Equal(ChangeState.RolledBack, Assert.IsType<Changing.NotNow>(await Ship(house, first)).State);
        Assert.IsType<Changing.Unknown>(await Ship(house, ChangeId.New()));

        Task<Changing> Back(ChangeId change, string why) => house.With<ShipChange, Changing>(s => s.Back(change, why, Talk.Ada, default));
    }

    [Theory, EveryDatabase]
    public async Task Gaps_and_ideas_come_and_go_while_it_is_planned(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (one, two) = (await Raise(house, "one"), await Raise(house, "two"));
        var change = await Plan(house, one);
        foreach (var _ in new[] { 1, 2 }) Assert.IsType<Changing.Done>(await house.With<ServeGaps, Changing>(s => s.Add(change, two, Talk.Ada, default)));
        Assert.IsType<Changing.Done>(await house.With<ServeGaps, Changing>(s => s.Remove(change, one, Talk.Ada, default)));
        var idea = Guid.NewGuid();
        foreach (var serves in new[] { true, true, false, true }) await house.With<ServeGaps, Changing>(s => s.Idea(change, idea, serves, Talk.Ada, default));
        var view = (await house.With<ReadChange, ChangeView?>(r => r.Of(change, default)))!;
        Assert.Equal((two, idea), (view.Gaps.Single().Id, view.Ideas.Single()));
        Assert.Equal((GapStage.Open, GapStage.ChangePlanned), ((await Read(house, one)).Line.Stage, (await Read(house, two)).Line.Stage));
        await Ship(house, change);
        Assert.IsType<Changing.NotNow>(await house.With<ServeGaps, Changing>(s => s.Add(change, one, Talk.Ada, default)));
        Assert.IsType<Changing.Invalid>(await house.With<ServeGaps, Changing>(s => s.Add(change, GapId.New(), Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_with_a_change_is_named_field_by_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var declined = await Raise(house);
        await house.With<MoveGap, Move>(m => m.To(declined, GapStage.Open, GapStage.Declined, "It stays", Talk.Ada, default));
        var wrong = new ChangeDraft(" ", null, "", new string('x', 2001), null, "12,5", "EUR", Units: 0, LagDays: 91, WindowDays: 6, Skus: [new string('x', 61)]);
        var errors = Assert.IsType<Changing.Invalid>(await house.With<PlanChange, Changing>(p => p.Run(wrong, [declined], [], Talk.Ada, default))).Errors;
        Assert.Equal(["cost", "gaps", "kind", "lagDays", "owner", "skus", "title", "units", "what", "why", "windowDays"], errors.Select(e => e.Field).Order(StringComparer.Ordinal));

        var change = await Plan(house, await Raise(house));
        Assert.IsType<Changing.Invalid>(await Ship(house, change, house.Clock.GetUtcNow().AddDays(1)));
        Assert.IsType<Changing.Invalid>(await Ship(house, change, house.Clock.GetUtcNow().AddDays(-61)));
        Assert.IsType<Changing.Done>(await Ship(house, change, house.Clock.GetUtcNow().AddDays(-5)));
        Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Edit(change, Draft with { Title = "Steel", LagDays = 1 }, default)));
        var view = (await house.With<ReadChange, ChangeView?>(r => r.Of(change, default)))!;
        Assert.Equal(("Steel", ChangeDraft.DefaultLag, house.Clock.GetUtcNow().AddDays(-5)), (view.Line.Title, view.LagDays, view.Line.ShippedAt));
    }
}
