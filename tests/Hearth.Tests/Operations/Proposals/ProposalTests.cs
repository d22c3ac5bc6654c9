using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

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

    [Theory, EveryDatabase]
    public async Task The_same_mentions_again_and_in_another_order_change_nothing_and_what_is_edited_away_leaves(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (talk, _) = await Begin(house);
        var mentions = new List<MentionId>();
        for (var n = 0; n < 7; n++) mentions.Add(await talk.Says("author" + n, $"The lid hinge of my Hush flask cracked after {n + 2} weeks. Terrible.", id: "post" + n));
        var before = await Counts(house);

        foreach (var mention in Enumerable.Reverse(mentions)) await house.With<GroupMentions>(g => g.Take([mention], default));
        await house.With<GroupMentions>(g => g.Take(mentions, default));
        Assert.Equal(before, await Counts(house));
        Assert.Equal((7, 7, 7), before);

        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var edited = new IncomingPost("post0", "I love my Hush flask, best flask ever!", new(2026, 9, 1, 8, 1, 0, TimeSpan.Zero), new("author0", "author0.example", "author0"), IsEdit: true) { EditedAt = new(2026, 9, 2, 8, 0, 0, TimeSpan.Zero) };
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [edited], new Receiving(Removed: ["post1"]), default));
        await house.Settle();
        Assert.Equal((5, 5, 5), await Counts(house));
    }

    [Theory, EveryDatabase]
    public async Task What_a_person_decides_holds_for_the_posts_to_come(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (talk, flask) = await Begin(house);
        await Complain(talk, "a", 5, "The lid hinge of my Hush flask cracked, terrible quality.");
        var hinge = Assert.Single(await Proposed(house)).Id;
        await Complain(talk, "b", 3, "The strap of my Hush flask broke, terrible quality.");

        // Split by a word: posts with it go their own way, now and later.
        var strap = Assert.IsType<Deciding.Done>(await house.With<DecideProposal, Deciding>(d => d.Split(hinge, "strap", null, Talk.Ada, default))).Gap;
        await Complain(talk, "c", 2, "Strap of the Hush flask broke again. Terrible.");
        Assert.Equal((5, 5), ((await Line(house, hinge)).People, (await Line(house, strap)).People));
        Assert.IsType<Deciding.NothingToSplit>(await house.With<DecideProposal, Deciding>(d => d.Split(hinge, "nonsense", null, Talk.Ada, default)));

        // Merged: it counts where it was put, later posts too.
        Assert.IsType<Deciding.Done>(await house.With<DecideProposal, Deciding>(d => d.Accept(hinge, null, Talk.Ada, default)));
        Assert.IsType<Deciding.Done>(await house.With<DecideProposal, Deciding>(d => d.Merge(strap, hinge, Talk.Ada, default)));
        await Complain(talk, "d", 1, "Strap of the Hush flask broke. Terrible.");
        Assert.Equal((GapStage.Open, 11), ((await Line(house, hinge)).Stage, (await Line(house, hinge)).People));
        Assert.Equal((GapStage.Declined, 0), ((await Line(house, strap)).Stage, (await Line(house, strap)).People));
        Assert.IsType<Deciding.NotProposed>(await house.With<DecideProposal, Deciding>(d => d.Dismiss(hinge, "no", Talk.Ada, default)));
        Assert.Equal(flask, (await Line(house, hinge)).Product);
    }

    [Theory, EveryDatabase]
    public async Task What_was_dismissed_is_proposed_again_only_when_more_people_speak_of_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (talk, _) = await Begin(house);
        await Complain(talk, "a", 5, "The lid hinge of my Hush flask cracked, terrible quality.");
        var first = Assert.Single(await Proposed(house)).Id;
        Assert.IsType<Deciding.Invalid>(await house.With<DecideProposal, Deciding>(d => d.Dismiss(first, " ", Talk.Ada, default)));
        house.Clock.Set(new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
        Assert.IsType<Deciding.Done>(await house.With<DecideProposal, Deciding>(d => d.Dismiss(first, "A bad batch, all sold.", Talk.Ada, default)));

        await Complain(talk, "b", 9, "The lid hinge of my Hush flask cracked, terrible quality.");
        Assert.Empty(await Proposed(house));
        await Complain(talk, "c", 1, "The lid hinge of my Hush flask cracked, terrible quality.");
        Assert.Equal(10, Assert.Single(await Proposed(house)).People);
    }

    private static async Task Complain(Talk talk, string who, int people, string text)
    {
        for (var n = 0; n < people; n++) await talk.Says(who + n, text);
    }

    private static async Task<GapLine> Line(TestHouse house, GapId gap)
    {
        await house.With<CountGap, GapCost?>(c => c.Of(gap, default));
        return (await house.With<ReadGap, GapView?>(r => r.Of(gap, default)))!.Line;
    }

    // In the groups, in the mentions' places, and in the proposal.
    private static Task<(int, int, int)> Counts(TestHouse house) => house.With<Database, (int, int, int)>(async db =>
    {
        var gap = await db.Set<Gap>().SingleAsync();
        await house.With<CountGap, GapCost?>(c => c.Of(gap.Id, default));
        return (await db.Set<Cause>().SumAsync(c => c.People), await db.Set<CauseMention>().CountAsync(), (await db.Set<Gap>().AsNoTracking().SingleAsync()).Mentions);
    });
}
