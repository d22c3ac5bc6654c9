using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Talk;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class TalkTests
{
    private static readonly Actor Ana = IdeasHouse.Somebody();
    private static readonly Actor Ben = IdeasHouse.Somebody("Ben Holm");
    private static readonly Actor Priya = IdeasHouse.Staff();

    [Theory, EveryDatabase]
    public async Task Answers_stand_below_what_they_answer_and_threads_page_by_what_began_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var (first, second) = (await house.Said(idea, Ana, "Which lid?"), await house.Said(idea, Ben, "Mine leaks too."));
        var answer = await house.Said(idea, Priya, "All of them.", first);
        var deeper = await house.Said(idea, Ben, "The old ones as well?", answer);

        var page = (await house.With<ReadThreads, Page<CommentThread>?>(r => r.Of(idea, null, 1, default)))!;
        var thread = Assert.Single(page.Items);
        Assert.Equal([(answer, (IdeaCommentId?)first), (deeper, answer)], thread.Replies.Select(r => (r.Id, r.ReplyTo)));
        Assert.Equal((first, 0), (thread.Comment.Id, thread.More));
        Assert.Equal(second, Assert.Single((await house.With<ReadThreads, Page<CommentThread>?>(r => r.Of(idea, page.Next, 1, default)))!.Items).Comment.Id);
        Assert.Equal(4, (await house.Read(idea)).Comments);
        var named = await house.With<ReadThreads, (CommentThread Thread, string? Next)?>(r => r.One(idea, deeper, null, null, default));
        Assert.Equal((first, 2), (named!.Value.Thread.Comment.Id, named.Value.Thread.Replies.Count));
    }

    [Theory, EveryDatabase]
    public async Task A_long_thread_shows_its_first_fifty_answers_and_says_how_many_follow(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var first = await house.Said(idea, Ana, "Which lid?");
        await house.In(s => s.GetRequiredService<Database>().InTransaction(async () =>
        {
            for (var i = 0; i < 57; i++) await s.GetRequiredService<CommentOnIdea>().By(Ben, idea, IdeaCommentId.New(), $"Answer {i}", first, default);
        }, default));

        var thread = Assert.Single((await house.With<ReadThreads, Page<CommentThread>?>(r => r.Of(idea, null, null, default)))!.Items);
        Assert.Equal((50, 7), (thread.Replies.Count, thread.More));
        var (rest, next) = (await house.With<ReadThreads, (CommentThread Thread, string? Next)?>(r => r.One(idea, first, null, 40, default)))!.Value;
        Assert.Equal("Answer 39", rest.Replies[^1].Body);
        (rest, next) = (await house.With<ReadThreads, (CommentThread Thread, string? Next)?>(r => r.One(idea, first, next, 40, default)))!.Value;
        Assert.Equal((17, null), (rest.Replies.Count, next));
    }

    [Theory, EveryDatabase]
    public async Task Only_what_was_said_below_the_same_idea_can_be_answered(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, other) = (await house.Post(), await house.Post("Another idea"));
        var said = await house.Said(other, Ana, "Which lid?");
        Task<Commented> Answer(IdeaCommentId to) => house.With<CommentOnIdea, Commented>(c => c.By(Ben, idea, IdeaCommentId.New(), "Mine too.", to, default));

        Assert.IsType<Commented.UnknownComment>(await Answer(said));
        Assert.IsType<Commented.UnknownComment>(await Answer(IdeaCommentId.New()));
        Assert.Equal(0, (await house.Read(idea)).Comments);
    }

    [Theory, EveryDatabase]
    public async Task What_a_comment_said_before_stays_open_and_only_its_author_changes_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var said = await house.Said(idea, Ana, "I would pay 5 euro.");
        Task<ChangedComment> Change(Actor by, string body) => house.With<ChangeComment, ChangedComment>(c => c.To(by, idea, said, body, default));

        Assert.IsType<ChangedComment.NotYours>(await Change(Ben, "I would pay nothing."));
        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Assert.IsType<ChangedComment.Stands>(await Change(Ana, "I would pay 6 euro.")).Edits);
        Assert.Equal(1, Assert.IsType<ChangedComment.Stands>(await Change(Ana, " I would pay 6 euro. ")).Edits);
        Assert.Equal(2, Assert.IsType<ChangedComment.Stands>(await Change(Ana, "I would pay 7 euro.")).Edits);
        Assert.Equal("body", Assert.IsType<ChangedComment.Invalid>(await Change(Ana, "")).Errors.Single().Field);

        var earlier = await house.With<ReadThreads, IReadOnlyList<EarlierText>>(r => r.Earlier(idea, said, default));
        Assert.Equal([(1, "I would pay 6 euro."), (0, "I would pay 5 euro.")], earlier.Select(e => (e.Version, e.Body)));
        var now = (await house.With<ReadThreads, IdeaCommentView?>(r => r.Comment(idea, said, default)))!;
        Assert.Equal(("I would pay 7 euro.", 2, now.At.AddHours(1)), (now.Body, now.Edits, now.EditedAt));
    }

    [Theory, EveryDatabase]
    public async Task Changes_that_meet_lose_no_version(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var said = await house.Said(idea, Ana, "Version 0");

        var changes = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Task.Run(() => house.With<ChangeComment, ChangedComment>(c => c.To(Ana, idea, said, $"Version {i}", default)))));

        var kept = changes.OfType<ChangedComment.Stands>().Count();
        Assert.Equal(12, kept + changes.OfType<ChangedComment.ChangedMeanwhile>().Count());
        var earlier = await house.With<ReadThreads, IReadOnlyList<EarlierText>>(r => r.Earlier(idea, said, default));
        Assert.Equal(Enumerable.Range(0, kept).Reverse(), earlier.Select(e => e.Version));
        Assert.Equal(kept, earlier.Select(e => e.Body).Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task A_comment_taken_back_leaves_no_word_and_stays_as_a_gap_only_where_somebody_answered(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var (first, second) = (await house.Said(idea, Ana, "My address is 5 Elm Road."), await house.Said(idea, Ana, "Nobody answers this."));
        var answer = await house.Said(idea, Ben, "Take that down!", first);
        await house.With<ChangeComment, ChangedComment>(c => c.To(Ana, idea, first, "My address is 6 Elm Road.", default));
        Task<ChangedComment> Remove(Actor by, IdeaCommentId comment) => house.With<ChangeComment, ChangedComment>(c => c.Remove(by, idea, comment, default));

        Assert.IsType<ChangedComment.NotYours>(await Remove(Ben, first));
        var removed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Remove(Ana, first))));
        Assert.Single(removed.OfType<ChangedComment.Stands>());
        Assert.IsType<ChangedComment.Stands>(await Remove(Ana, second));

        var thread = Assert.Single((await house.With<ReadThreads, Page<CommentThread>?>(r => r.Of(idea, null, null, default)))!.Items);
        Assert.Equal((RemovalReason.Author, "", answer), (thread.Comment.Removed, thread.Comment.Body, thread.Replies.Single().Id));
        Assert.Empty(await house.With<ReadThreads, IReadOnlyList<EarlierText>>(r => r.Earlier(idea, first, default)));
        Assert.Equal(1, (await house.Read(idea)).Comments);
        Assert.IsType<ChangedComment.Unknown>(await house.With<ChangeComment, ChangedComment>(c => c.To(Ana, idea, first, "Hello again", default)));
        Assert.IsType<ChangedComment.Stands>(await Remove(Ben, answer));
        Assert.Empty((await house.With<ReadThreads, Page<CommentThread>?>(r => r.Of(idea, null, null, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task An_answer_of_the_brand_that_is_taken_back_puts_the_idea_back_into_the_queue(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var early = await house.Said(idea, Priya, "Thank you, we look into it.");
        house.Clock.Advance(TimeSpan.FromDays(2));
        var late = await house.Said(idea, Priya, "It goes to the bench.");
        var second = house.Clock.Now();

        await house.With<ChangeComment, ChangedComment>(c => c.Remove(Priya, idea, early, default));
        Assert.Equal(second, (await house.Read(idea)).AnsweredAt);
        await house.With<ChangeComment, ChangedComment>(c => c.Remove(Priya, idea, late, default));
        Assert.Null((await house.Read(idea)).AnsweredAt);
        await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Acknowledged);
        Assert.Equal(second, (await house.Read(idea)).AnsweredAt);
    }

    [Theory, EveryDatabase]
    public async Task Who_is_named_by_at_is_known_once_however_often_the_comment_changes(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post(by: Ana);
        await house.Said(idea, Ben, "Mine leaks too.");
        await house.Said(idea, IdeasHouse.Somebody("Ben"), "So does mine.");
        var said = await house.Said(idea, Priya, "@ana fox, and @Ben Holm: which lid? Not you @Cleo, and write to me@Ben.example @priya nair");

        Assert.Equal([Ana.Id, Ben.Id], (await Named(house)).Select(n => n.User));
        Assert.Equal(["Ben Holm", "ana fox"], (await house.With<ReadThreads, IdeaCommentView?>(r => r.Comment(idea, said, default)))!.Named.Order(StringComparer.Ordinal));
        await house.With<ChangeComment, ChangedComment>(c => c.To(Priya, idea, said, "@Ana: which lid?", default));
        Assert.Equal([Ana.Id, Ben.Id], (await Named(house)).Select(n => n.User));
        var told = await house.In(s => s.GetRequiredService<Database>().IdeaNotices.Where(n => n.Kind == IdeaNewsKind.Mentioned).Select(n => n.User).ToListAsync());
        Assert.Equal((2, true, true), (told.Count, told.Contains(Ana.Id), told.Contains(Ben.Id)));
        Assert.Equal(["Ana"], (await house.With<ReadThreads, IdeaCommentView?>(r => r.Comment(idea, said, default)))!.Named);
    }

    [Theory, EveryDatabase]
    public async Task Only_an_answer_of_the_brand_that_stands_is_pinned(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var (ours, theirs) = (await house.Said(idea, Priya, "In week 41."), await house.Said(idea, Ana, "When?"));
        Task<PinnedAnswer> Pin(IdeaCommentId? comment) => house.With<PinAnswer, PinnedAnswer>(p => p.On(Priya, idea, comment, default));
        async Task<IdeaCommentId?> Best() => (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!.Words.BestAnswer;

        Assert.Equal(PinnedAnswer.NoAnswer, await Pin(theirs));
        Assert.Equal(PinnedAnswer.Stands, await Pin(ours));
        Assert.Equal(PinnedAnswer.Stands, await Pin(ours));
        Assert.Equal(ours, await Best());
        Assert.Equal(1, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaAnswerPinned")));
        await house.With<ChangeComment, ChangedComment>(c => c.Remove(Priya, idea, ours, default));
        Assert.Null(await Best());
        Assert.Equal(PinnedAnswer.NoAnswer, await Pin(ours));
    }

    private static async Task<List<IdeaPersonNamed>> Named(TestHouse house) => await house.In(async s =>
        (await s.GetRequiredService<Database>().Set<FactRow>().Where(f => f.Type == "Ideas.IdeaPersonNamed").OrderBy(f => f.Position).ToListAsync())
        .ConvertAll(f => System.Text.Json.JsonSerializer.Deserialize<IdeaPersonNamed>(f.Body, Json.Options)!));
}
