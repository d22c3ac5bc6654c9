using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Ideas;

public sealed class InActionTests
{
    [Theory, EveryDatabase]
    public async Task An_idea_counts_once_in_the_month_it_was_first_implemented_and_not_at_all_once_moved_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (lid, strap, kettle) = (await house.Post("A lid that locks"), await house.Post("A wider strap"), await house.Post("A louder kettle"));
        await house.Move(lid, IdeaStatus.Submitted, IdeaStatus.PartiallyImplemented);
        await house.Move(kettle, IdeaStatus.Submitted, IdeaStatus.Implemented);
        house.Clock.Advance(TimeSpan.FromDays(40)); // from 1 September to 11 October
        await house.Move(lid, IdeaStatus.PartiallyImplemented, IdeaStatus.Implemented);
        await house.Move(kettle, IdeaStatus.Implemented, IdeaStatus.UnderReview);
        await house.Move(strap, IdeaStatus.Submitted, IdeaStatus.Implemented);

        var now = await Now(house);

        Assert.Equal((3, 2, 3), (now.Submitted, now.Implemented, now.Answered));
        Assert.Equal([("2026-09", 3, 1), ("2026-10", 0, 1)], now.Months.Select(m => (m.Month.ToString("yyyy-MM"), m.Submitted, m.Implemented)));
        Assert.Equal(0, now.MedianDaysToAnswer);
        Assert.Equal(2 / (40 / 30.44), now.PerMonth, 6);
    }

    [Theory, EveryDatabase]
    public async Task The_median_of_days_to_the_first_answer_stands_between_the_middle_two(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Null((await Now(house)).MedianDaysToAnswer);
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 5; i++) ideas.Add(await house.Post($"Idea number {i}"));
        foreach (var (days, i) in new[] { 1, 2, 7, 90 }.Select((d, i) => (d, i)))
        {
            house.Clock.Advance(TimeSpan.FromDays(days) - (house.Clock.Now() - (await house.Read(ideas[i])).At));
            await house.Move(ideas[i], IdeaStatus.Submitted, IdeaStatus.Acknowledged);
        }

        var now = await Now(house);

        Assert.Equal(4.5, now.MedianDaysToAnswer!.Value, 6);
        Assert.Equal((5, 4), (now.Submitted, now.Answered));
    }

    [Theory, EveryDatabase]
    public async Task Every_number_agrees_with_the_list_behind_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<IdeaCategories>(c => c.Put("stoves", "Stoves", 1, default));
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var id = IdeaId.New();
            await house.With<PostIdea>(p => p.By(IdeasHouse.Somebody(), id, new($"Idea number {i}", "Because it would help us all.", random.Next(2) == 0 ? "stoves" : "general"), default));
            house.Clock.Advance(TimeSpan.FromDays(random.Next(6)));
            if (i % 3 == 0) await house.Move(id, IdeaStatus.Submitted, (IdeaStatus)(1 + i / 3 % 8));
        }

        var now = await Now(house);

        await Agrees(now.Submitted, new(InActionList.Submitted));
        await Agrees(now.Implemented, new(InActionList.Implemented));
        await Agrees(now.Answered, new(InActionList.Answered));
        foreach (var m in now.Months)
        {
            await Agrees(m.Submitted, new(InActionList.Submitted, Month: m.Month));
            await Agrees(m.Implemented, new(InActionList.Implemented, Month: m.Month));
        }

        foreach (var c in now.Categories)
        {
            await Agrees(c.Submitted, new(InActionList.Submitted, c.Slug));
            await Agrees(c.Implemented, new(InActionList.Implemented, c.Slug));
            await Agrees(c.Answered, new(InActionList.Answered, c.Slug));
        }

        Assert.True(now.Implemented > 2 && now.Months.Count > 3 && now.Categories.Count == 2, "the board is too small to tell");

        async Task Agrees(int number, InActionFilter filter)
        {
            var all = new List<InActionIdea>();
            string? after = null;
            do
            {
                var page = (await house.With<ListInAction, Page<InActionIdea>?>(l => l.Of(filter, after, 4, default)))!;
                all.AddRange(page.Items);
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(number, all.Count);
            Assert.Equal(number, all.DistinctBy(i => i.Id).Count());
            Assert.Equal(number, await house.With<ListInAction, int>(l => l.Count(filter, default)));
            Assert.Equal(all.OrderByDescending(Key), all);

            DateTimeOffset Key(InActionIdea i) => filter.Of switch { InActionList.Implemented => i.ImplementedAt!.Value, InActionList.Answered => i.AnsweredAt!.Value, _ => i.At };
        }
    }

    [Theory, EveryDatabase]
    public async Task A_board_from_before_the_day_was_kept_gets_it_from_its_moves(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (lid, strap) = (await house.Post("A lid that locks"), await house.Post("A wider strap"));
        await house.Move(lid, IdeaStatus.Submitted, IdeaStatus.Implemented);
        await house.Move(lid, IdeaStatus.Implemented, IdeaStatus.UnderReview);
        house.Clock.Advance(TimeSpan.FromDays(3));
        await house.Move(lid, IdeaStatus.UnderReview, IdeaStatus.PartiallyImplemented);
        var then = house.Clock.Now();
        house.Clock.Advance(TimeSpan.FromDays(3));
        await house.Move(lid, IdeaStatus.PartiallyImplemented, IdeaStatus.Implemented);
        await house.Move(strap, IdeaStatus.Submitted, IdeaStatus.Planned);
        await house.With<Database>(db => db.Database.ExecuteSqlAsync($"UPDATE ideas_ideas SET implemented_at = NULL"));

        await house.With<Database>(db => db.Migrate(house.Location, default));

        var row = Assert.Single((await house.With<ListInAction, Page<InActionIdea>?>(l => l.Of(new(InActionList.Implemented), null, null, default)))!.Items);
        Assert.Equal((lid, then), (row.Id, row.ImplementedAt));
    }

    private static Task<InAction> Now(TestHouse house) => house.With<IdeasInAction, InAction>(i => i.Now(default));
}
