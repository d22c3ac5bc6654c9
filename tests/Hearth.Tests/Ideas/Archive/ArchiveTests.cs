using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Archive;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Archive;

public class ArchiveTests
{
    [Theory, EveryDatabase]
    public async Task Who_follows_is_told_before_and_the_idea_says_when(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        await house.Vote(idea);
        house.Clock.Advance(TimeSpan.FromDays(185));

        Assert.Equal((1, 0), await Run(house));
        Assert.Equal((0, 0), await Run(house));

        Assert.Equal(house.Clock.GetUtcNow().AddDays(14), (await View(house, idea)).ArchiveAt);
        var news = await house.In(s => s.GetRequiredService<Database>().IdeaNews.AsNoTracking().SingleAsync());
        Assert.Equal((idea, Hearth.Ideas.Telling.IdeaNewsKind.ArchiveSoon), (news.Idea, news.Kind));
        Assert.Contains("6 months", news.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Many_nodes_at_once_announce_once_and_archive_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var i = 0; i < 7; i++) await house.Post($"Idea number {i}");
        house.Clock.Advance(TimeSpan.FromDays(185));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Run(house))));
        house.Clock.Advance(TimeSpan.FromDays(15));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Run(house))));

        Assert.Equal(7, (await house.List(new(Status: IdeaStatus.Archived))).Count);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            Assert.Equal(7, await db.IdeaMoves.CountAsync());
            Assert.Equal(14, await db.IdeaNews.CountAsync());
            Assert.Equal(7, await db.Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaMoved"));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_move_within_the_notice_keeps_it_and_what_is_archived_is_found_by_search(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (taken, left) = (await house.Post("A quieter burner"), await house.Post("A louder kettle"));
        house.Clock.Advance(TimeSpan.FromDays(185));
        await Run(house);
        await house.Move(taken, IdeaStatus.Submitted, IdeaStatus.Acknowledged);
        Assert.Null((await View(house, taken)).ArchiveAt);
        house.Clock.Advance(TimeSpan.FromDays(15));

        Assert.Equal((0, 1), await Run(house));

        Assert.Equal([taken], (await house.List(new())).Select(l => l.Id));
        Assert.Equal([left], (await house.List(new(Search: "kettle"))).Select(l => l.Id));
        var move = (await View(house, left)).Moves.Single();
        Assert.Equal(("The archive rule", IdeaStatus.Archived), (move.By, move.To));
        Assert.Equal(IdeaStatus.Archived, Assert.IsType<VoteCast.Resting>(await house.Vote(left)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Only_an_archived_idea_can_come_back_and_only_with_a_reason(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        Task<MovedIdea> Back(string reason) => house.With<ReturnIdea, MovedIdea>(r => r.FromArchive(IdeasHouse.Staff(), idea, reason, default));

        Assert.Equal(IdeaStatus.Submitted, Assert.IsType<MovedIdea.MovedMeanwhile>(await Back("It was never away.")).Now);
        await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.UnderReview);
        await house.Move(idea, IdeaStatus.UnderReview, IdeaStatus.Archived);
        Assert.Equal("reason", Assert.IsType<MovedIdea.Invalid>(await Back("short")).Errors.Single().Field);
        Assert.Equal(new MovedIdea.Stands(IdeaStatus.UnderReview), await Back("Asked for again and again."));
        Assert.Equal(3, (await View(house, idea)).Moves.Count);
    }

    private static Task<(int, int)> Run(TestHouse house) => house.With<ArchiveIdeas, (int, int)>(a => a.Run(default));

    private static async Task<IdeaView> View(TestHouse house, IdeaId idea) => (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!;
}
