using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Platform;
using Hearth.Tests.Conversations;

namespace Hearth.Tests.Operations.Proposals;

public class ProposalTests
{
    private static async Task<(Talk Talk, ProductId Flask)> Begin(TestHouse house)
    {
        var talk = await Talk.In(house);
        var (_, flask) = await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("F-1", "Hush flask", ["Hush bottle"]), default));
        await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("S-1", "Trailfire stove"), default));
        return (talk, flask);
    }

    private static async Task<IReadOnlyList<GapLine>> Proposed(TestHouse house) => (await house.With<ListGaps, Page<GapLine>?>(l => l.Of(new(GapStage.Proposed), null, 50, default)))!.Items;

    [Theory, EveryDatabase]
    public async Task Five_people_who_speak_of_one_cause_make_a_proposal_and_four_or_one_of_them_often_do_not(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (talk, flask) = await Begin(house);
        string[] posts =
        [
            "The lid hinge of my Hush flask cracked after three weeks. Really annoying.", "Hush bottle: hinge on the lid snapped, what a shame. Broken quality.",
            "Second Hush flask, second broken lid hinge. Terrible.", "My Hush flask is broken, the hinge has a crack. Awful quality.",
        ];
        for (var n = 0; n < posts.Length; n++) await talk.Says("author" + n, posts[n]);
        for (var n = 0; n < 4; n++) await talk.Says("author0", "Again: the hinge of the Hush flask broke. Annoying. " + n);
        Assert.Empty(await Proposed(house));

        await talk.Says("author9", "Hush flask, lid hinge broken. Disappointed.");

        var gap = Assert.Single(await Proposed(house));
        Assert.Equal((flask, "quality", 5), (gap.Product!.Value, gap.Attribute, gap.People));
        Assert.Contains("hinge", gap.Title, StringComparison.Ordinal);
    }
}
