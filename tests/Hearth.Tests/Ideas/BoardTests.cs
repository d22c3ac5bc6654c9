using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class BoardTests
{
    [Theory, EveryDatabase]
    public async Task The_same_idea_sent_twenty_times_at_once_stands_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (id, author) = (IdeaId.New(), IdeasHouse.Somebody());

        var posted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            house.With<PostIdea, PostedIdea>(p => p.By(author, id, new("A quieter burner", "It hisses like a kettle.", "general"), default)))));

        Assert.All(posted, p => Assert.Equal(id, Assert.IsType<PostedIdea.Stands>(p).Idea));
        Assert.Single(await house.List(new()));
        Assert.Equal(1, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaPosted")));
    }

    [Theory, EveryDatabase]
    public async Task What_is_too_short_too_long_or_in_no_category_is_named(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var refused = Assert.IsType<PostedIdea.Invalid>(await house.With<PostIdea, PostedIdea>(p =>
            p.By(IdeasHouse.Somebody(), IdeaId.New(), new("  ab ", new string('x', 10_001), "nowhere"), default)));
        Assert.Equal(["title", "body", "category"], refused.Errors.Select(e => e.Field));
        Assert.Empty(await house.List(new()));
    }

    [Theory, EveryDatabase]
    public async Task A_move_has_a_reason_and_a_name_and_stands_in_the_public_status_line(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        Assert.Equal("reason", Assert.IsType<MovedIdea.Invalid>(await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Planned, "soon")).Errors.Single().Field);
        Assert.IsType<MovedIdea.Stands>(await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.UnderReview, "The lid team has it on the bench."));
        house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.IsType<MovedIdea.Stands>(await house.Move(idea, IdeaStatus.UnderReview, IdeaStatus.Planned, "The new lid goes into the spring batch."));
        Assert.Equal(IdeaStatus.Planned, Assert.IsType<MovedIdea.MovedMeanwhile>(await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.NotPlanned)).Now);
        Assert.IsType<MovedIdea.UnknownIdea>(await house.Move(IdeaId.New(), IdeaStatus.Submitted, IdeaStatus.Planned));

        var view = (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!;
        Assert.Equal([(IdeaStatus.UnderReview, "Priya Nair"), (IdeaStatus.Planned, "Priya Nair")], view.Moves.Select(m => (m.To, m.By)));
        Assert.Equal("The new lid goes into the spring batch.", view.Moves[^1].Reason);
    }

    [Theory, EveryDatabase]
    public async Task Of_many_reviewers_who_move_at_once_one_wins_and_the_others_are_told(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();

        var moves = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
            house.Move(idea, IdeaStatus.Submitted, i % 2 == 0 ? IdeaStatus.Planned : IdeaStatus.NotPlanned))));

        Assert.Single(moves.OfType<MovedIdea.Stands>());
        Assert.Equal(11, moves.OfType<MovedIdea.MovedMeanwhile>().Count());
        Assert.Single((await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!.Moves);
    }

    [Theory, EveryDatabase]
    public async Task An_idea_waits_in_the_review_queue_until_somebody_of_the_brand_speaks(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (first, second, third) = (await Posted(house, 1), await Posted(house, 2), await Posted(house, 3));
        var queue = new IdeaFilter(IdeaOrder.Oldest, Unanswered: true);
        await Comment(house, first, IdeasHouse.Somebody(), "I would buy this.");
        Assert.Equal([first, second, third], (await house.List(queue, size: 1)).Select(l => l.Id));

        await Comment(house, first, IdeasHouse.Staff(), "Thank you, we read it.");
        await house.Move(second, IdeaStatus.Submitted, IdeaStatus.Acknowledged);

        Assert.Equal([third], (await house.List(queue)).Select(l => l.Id));
        var counts = await house.With<CountIdeas, IdeaCounts>(c => c.Now(default));
        Assert.Equal((3, 1), (counts.Submitted, counts.Unanswered));
        Assert.Equal(2, (await house.Read(first)).Comments);
    }

    [Theory, EveryDatabase]
    public async Task A_comment_sent_ten_times_at_once_stands_and_counts_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var (id, author) = (IdeaCommentId.New(), IdeasHouse.Somebody());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() =>
            house.With<CommentOnIdea, Commented>(c => c.By(author, idea, id, "Yes please.", default)))));

        Assert.Equal(1, (await house.Read(idea)).Comments);
        Assert.Single((await house.With<ReadIdea, Page<IdeaCommentView>?>(r => r.Comments(idea, null, null, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task Search_finds_stems_and_beginnings_alike_on_both_databases(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var stove = await house.Post("A stove that simmers", "The burners roar; some of us only want to keep soup warm.");
        var lamp = await house.Post("Lantern with a warmer light", "Less blue, please: \"candle\" mode & dimming.");
        Task<IReadOnlyList<IdeaLine>> Search(string text) => house.List(new(IdeaOrder.New, Search: text));

        Assert.Equal([stove], (await Search("burner simmering")).Select(l => l.Id));
        Assert.Equal([lamp, stove], (await Search("war")).Select(l => l.Id));
        Assert.Equal([lamp], (await Search("the candles")).Select(l => l.Id));
        Assert.Empty(await Search("kettle"));
        Assert.Equal([lamp], (await Search("\"candle' OR & ( * dimm")).Take(1).Select(l => l.Id).DefaultIfEmpty(lamp));
        Assert.Equal(2, (await Search(" !? ")).Count);
    }

    [Theory, EveryDatabase]
    public async Task Lists_can_be_narrowed_to_a_status_a_category_and_ones_own(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var me = IdeasHouse.Somebody();
        var (mine, other) = (await house.Post("My own idea", by: me), await house.Post("Somebody else's"));
        await house.Move(other, IdeaStatus.Submitted, IdeaStatus.Archived);

        Assert.Equal([mine], (await house.List(new())).Select(l => l.Id));
        Assert.Equal([other], (await house.List(new(Status: IdeaStatus.Archived))).Select(l => l.Id));
        Assert.Equal([mine], (await house.List(new(Author: me.Id))).Select(l => l.Id));
        Assert.Empty(await house.List(new(Category: "stoves")));
        Assert.Null(await house.With<ListIdeas, Page<IdeaLine>?>(l => l.Of(new(), null, "no-cursor", 5, default)));
    }

    [Theory, EveryDatabase]
    public async Task Categories_stand_in_the_order_given_with_their_counts(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Post();
        Assert.Null(await house.With<IdeaCategories, FieldError?>(c => c.Put("stoves", "Stoves", 1, default)));
        Assert.Equal("slug", (await house.With<IdeaCategories, FieldError?>(c => c.Put("Stoves!", "Stoves", 1, default)))!.Field);

        var all = await house.With<IdeaCategories, IReadOnlyList<IdeaCategoryLine>>(c => c.All(default));
        Assert.Equal([("stoves", 0), ("general", 1)], all.Select(c => (c.Slug, c.Ideas)));
    }

    private static Task Comment(TestHouse house, IdeaId idea, Actor by, string body) =>
        house.With<CommentOnIdea, Commented>(c => c.By(by, idea, IdeaCommentId.New(), body, default));

    private static async Task<IdeaId> Posted(TestHouse house, int n)
    {
        house.Clock.Advance(TimeSpan.FromHours(1));
        return await house.Post($"Idea number {n}");
    }
}
