using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Hearth.Tests.Ideas.Merging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Moderation;

public class ModerationTests
{
    private const string Note = "Please say it without calling names.";

    [Theory, EveryDatabase]
    public async Task What_is_taken_down_leaves_no_word_in_any_table_that_is_read_and_comes_back_whole(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var author = IdeasHouse.Somebody("Rude Rudi");
        var idea = await house.Post("The secretword lid", "It is secretword all the way down.", author);
        await house.Vote(idea);
        await Edit(house, author, idea);
        var comment = await house.Say(idea, "A secretword to you too.", author);
        var reply = await house.Say(idea, "Mind your tongue.");
        var before = await Words(house);
        Assert.Equal(3, before.Count(w => w.Contains("secretword", StringComparison.Ordinal)));

        await Down(house, d => d.Comment(IdeasHouse.Staff(), idea, comment, RemovalReason.Insult, Note, default));
        await Down(house, d => d.Idea(IdeasHouse.Staff(), idea, RemovalReason.Insult, Note, default));

        Assert.DoesNotContain(await Words(house), w => w.Contains("secretword", StringComparison.Ordinal));
        Assert.Empty(await house.List(new()));
        Assert.Empty(await house.List(new(Search: "secretword")));
        Assert.IsType<VoteCast.UnknownIdea>(await house.Vote(idea));
        Assert.Equal([comment, reply], (await house.CommentsOf(idea)).Select(c => c.Id));
        Assert.Equal([RemovalReason.Insult, null], (await house.CommentsOf(idea)).Select(c => c.Removed));
        Assert.Equal(1, (await house.Read(idea)).Comments);

        await Back(house, b => b.Idea(IdeasHouse.Staff(), idea, "It was a quotation.", default));
        await Back(house, b => b.Comment(IdeasHouse.Staff(), idea, comment, "It was a quotation.", default));

        Assert.Equal(before, await Words(house));
        var line = Assert.Single(await house.List(new(Search: "secretword")));
        Assert.Equal((10, 2), (line.Points, line.Comments));
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            Assert.All(await db.Removals.ToListAsync(), r => Assert.Null(r.Kept));
            Assert.Equal(4, await db.IdeaNotices.CountAsync(n => n.User == author.Id && (n.Kind == IdeaNewsKind.Removed || n.Kind == IdeaNewsKind.Restored)));
        });
    }

    [Theory, EveryDatabase]
    public async Task What_its_author_removes_is_gone_for_good_and_what_others_said_stays(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (author, other) = (IdeasHouse.Somebody("Nele Weber"), IdeasHouse.Somebody());
        var idea = await house.Post("A lid for Nele", "My address is 12 Nowhere Road.", author);
        await Edit(house, author, idea);
        var said = await house.Say(idea, by: other);
        await house.Vote(idea, by: other);
        await Down(house, d => d.Idea(IdeasHouse.Staff(), idea, RemovalReason.PrivateData, "It holds an address.", default));

        Assert.IsType<Moderated.NotYours>(await house.With<DeleteIdea, Moderated>(d => d.By(other, idea, default)));
        Assert.IsType<Moderated.Stands>(await house.With<DeleteIdea, Moderated>(d => d.By(author, idea, default)));
        Assert.IsType<Moderated.Stands>(await house.With<DeleteIdea, Moderated>(d => d.By(author, idea, default)));

        var view = (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!;
        Assert.Equal(("Removed by its author", "its author", "", IdeaStanding.Removed), (view.Line.Title, view.Line.AuthorName, view.Body, view.Standing));
        Assert.Equal([said], (await house.CommentsOf(idea)).Select(c => c.Id));
        Assert.Empty(await house.List(new()));
        Assert.IsType<Moderated.Gone>(await house.With<PutBack, Moderated>(b => b.Idea(IdeasHouse.Staff(), idea, "Let it come back.", default)));
        await house.In(async s => Assert.All(await s.GetRequiredService<Database>().Removals.ToListAsync(), r => Assert.Null(r.Kept)));
        Assert.DoesNotContain(await Words(house), w => w.Contains("Nowhere", StringComparison.Ordinal) || w.Contains("Nele", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_merged_idea_that_is_taken_down_is_down_when_it_stands_for_itself_again(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stays, goes) = (await house.Post("The one that stays"), await house.Post("The one that goes"));
        await house.Vote(goes);
        await house.Merge(goes, stays);
        await Down(house, d => d.Idea(IdeasHouse.Staff(), goes, RemovalReason.Insult, Note, default));
        Assert.Equal(10, (await house.Read(stays)).Points);

        await house.Unmerge(goes);
        Assert.Equal([stays], (await house.List(new())).Select(l => l.Id));
        await Back(house, b => b.Idea(IdeasHouse.Staff(), goes, "It was a quotation.", default));

        Assert.Equal(["The one that goes", "The one that stays"], (await house.List(new(IdeaOrder.New))).Select(l => l.Title).Order(StringComparer.Ordinal));
        Assert.Equal(10, (await house.Read(goes)).Points);
    }

    [Theory, EveryDatabase]
    public async Task Many_moderators_at_once_take_down_once_and_put_back_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var comment = await house.Say(idea);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i % 2 == 0
            ? Down(house, d => d.Comment(IdeasHouse.Staff(), idea, comment, RemovalReason.Spam, Note, default))
            : Down(house, d => d.Idea(IdeasHouse.Staff(), idea, RemovalReason.Spam, Note, default)))));
        Assert.Equal([1, 1], (await Log(house)).Select(l => l.Count));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i % 2 == 0
            ? Back(house, b => b.Comment(IdeasHouse.Staff(), idea, comment, "It stands after all.", default))
            : Back(house, b => b.Idea(IdeasHouse.Staff(), idea, "It stands after all.", default)))));

        Assert.Equal([(1, 1), (1, 1)], (await Log(house)).Select(l => (l.Count, l.PutBack)));
        Assert.Equal(1, (await house.Read(idea)).Comments);
        Assert.Equal(4, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type.EndsWith("IdeaRemoved") || f.Type.EndsWith("IdeaRestored"))));
    }

    [Theory, EveryDatabase]
    public async Task A_report_counts_once_waits_for_a_person_and_is_settled_by_the_decision(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var comment = await house.Say(idea, "Buy cheap lids at my shop.");
        var reader = IdeasHouse.Somebody();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Report(house, reader, idea, comment, RemovalReason.Spam))));
        await Report(house, IdeasHouse.Somebody(), idea, comment, RemovalReason.Spam);
        await Report(house, reader, idea, null, RemovalReason.OffTopic);
        Assert.Equal("note", Assert.IsType<Moderated.Invalid>(await house.With<ReportIdea, Moderated>(r => r.By(reader, idea, null, RemovalReason.Other, "bad", default))).Errors.Single().Field);
        Assert.IsType<Moderated.Unknown>(await house.With<ReportIdea, Moderated>(r => r.By(reader, IdeaId.New(), null, RemovalReason.Spam, null, default)));

        var waiting = await Waiting(house);
        Assert.Equal([(comment, 1), (comment, 1), ((IdeaCommentId?)null, 0)], waiting.Select(r => (r.Comment, r.Others)));
        Assert.Equal("Buy cheap lids at my shop.", waiting[0].Body);

        await Down(house, d => d.Comment(IdeasHouse.Staff(), idea, comment, RemovalReason.Spam, Note, default));
        var left = Assert.Single(await Waiting(house));
        Assert.True(await house.With<ReportIdea, bool>(r => r.Dismiss(IdeasHouse.Staff(), left.Number, default)));
        Assert.Empty(await Waiting(house));
    }

    [Theory, EveryDatabase]
    public async Task The_public_log_counts_by_month_and_reason_and_a_moderator_cannot_give_the_authors_reason(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (first, second) = (await house.Post(), await house.Post());
        await Down(house, d => d.Idea(IdeasHouse.Staff(), first, RemovalReason.Spam, Note, default));
        house.Clock.Advance(TimeSpan.FromDays(40));
        await Down(house, d => d.Idea(IdeasHouse.Staff(), second, RemovalReason.OffTopic, Note, default));

        var log = await Log(house);
        Assert.Equal([RemovalReason.OffTopic, RemovalReason.Spam], log.Select(l => l.Why));
        Assert.True(log[0].Month > log[1].Month);
        var refused = await house.With<TakeDown, Moderated>(d => d.Idea(IdeasHouse.Staff(), first, RemovalReason.Author, "short", default));
        Assert.Equal(["why", "note"], Assert.IsType<Moderated.Invalid>(refused).Errors.Select(e => e.Field));
    }

    private static async Task Down(TestHouse house, Func<TakeDown, Task<Moderated>> down) => Assert.IsType<Moderated.Stands>(await house.With<TakeDown, Moderated>(down));

    private static async Task Back(TestHouse house, Func<PutBack, Task<Moderated>> back) => Assert.IsType<Moderated.Stands>(await house.With<PutBack, Moderated>(back));

    private static async Task Report(TestHouse house, Actor by, IdeaId idea, IdeaCommentId? comment, RemovalReason why) =>
        Assert.IsType<Moderated.Stands>(await house.With<ReportIdea, Moderated>(r => r.By(by, idea, comment, why, null, default)));

    private static Task<IReadOnlyList<ModerationCount>> Log(TestHouse house) => house.With<ReadModeration, IReadOnlyList<ModerationCount>>(r => r.Log(default));

    private static async Task<IReadOnlyList<ReportLine>> Waiting(TestHouse house) => (await house.With<ReportIdea, Page<ReportLine>?>(r => r.Waiting(null, null, default)))!.Items;

    private static async Task Edit(TestHouse house, Actor author, IdeaId idea)
    {
        var view = (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!;
        Assert.IsType<EditedIdea.Stands>(await house.With<EditIdea, EditedIdea>(e => e.To(author, idea, 0, new(view.Line.Title, view.Body + " Still.", "general"), default)));
    }

    // All words that the board could show to anybody.
    private static Task<string[]> Words(TestHouse house) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        var ideas = (await db.Ideas.AsNoTracking().ToListAsync()).Select(i => $"idea {i.Title} {i.Body} {i.What} {i.ForWhom} {i.Why} {i.AuthorName}");
        var comments = (await db.IdeaComments.AsNoTracking().ToListAsync()).Select(c => $"comment {c.Id} {c.Body}");
        var texts = (await db.IdeaTexts.AsNoTracking().ToListAsync()).Select(t => $"text {t.Idea} {t.Comment} {t.Version} {t.Title} {t.Body} {t.At:O}");
        return ideas.Concat(comments).Concat(texts).Order(StringComparer.Ordinal).ToArray();
    });
}
