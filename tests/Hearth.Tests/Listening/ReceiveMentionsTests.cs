using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening;

public class ReceiveMentionsTests
{
    [Theory, EveryDatabase]
    public async Task The_same_batch_again_adds_nothing_and_records_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("tweets", default));
        var posts = Posts(30);

        var first = await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, "one", default));
        var second = await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, "two", default));

        Assert.Equal((30, 0), (first.Kept, first.Repeated));
        Assert.Equal((0, 30), (second.Kept, second.Repeated));
        Assert.Equal(30, await Facts(house));
        Assert.Equal("two", await house.In(s => s.GetRequiredService<Database>().Set<SourceRow>().Select(x => x.Cursor).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task The_same_posts_from_eight_sides_at_once_are_kept_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("tweets", default));
        var posts = Posts(60);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
            house.With<ReceiveMentions, Received>(r => r.Run(source, [.. posts.Skip(n * 5).Take(25)], (string?)null, default)))));

        Assert.Equal(60, all.Sum(r => r.Kept));
        Assert.Equal(8 * 25, all.Sum(r => r.Kept + r.Repeated));
        Assert.Equal(60, await Facts(house));
    }

    [Theory, EveryDatabase]
    public async Task Posts_and_cursor_are_kept_together_or_not_at_all(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("tweets", default));

        await Assert.ThrowsAsync<OperationCanceledException>(() => house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await s.GetRequiredService<ReceiveMentions>().Run(source, Posts(10), "ten", default);
            throw new OperationCanceledException("the process died here");
        }));

        Assert.Equal(0, await Facts(house));
        Assert.Null(await house.In(s => s.GetRequiredService<Database>().Set<SourceRow>().Select(x => x.Cursor).SingleAsync()));
        Assert.Equal(10, (await house.With<ReceiveMentions, Received>(r => r.Run(source, Posts(10), "ten", default))).Kept);
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_cannot_be_kept_is_named_and_the_rest_goes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("tweets", default));
        var at = house.Clock.Now();

        var received = await house.With<ReceiveMentions, Received>(r => r.Run(source,
        [
            new("1", "fine", at), new("", "no id", at), new("3", "  ", at), new("4", new string('x', 100_001), at), new("5", "old", at.AddYears(-70)), new("6", "new", at.AddYears(1)),
            new("1", "twice", at), new("7", "nul \0 and half \uD83D pair", at), new("8", "🙂 مرحبا 你好", at),
        ], (string?)null, default));

        Assert.Equal((3, 1), (received.Kept, received.Repeated));
        Assert.Equal([1, 2, 3, 4, 5], received.Rejected.Select(r => r.Index));
    }

    [Theory, EveryDatabase]
    public async Task An_author_becomes_one_person_however_much_they_write(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("tweets", default));

        await house.With<ReceiveMentions, Received>(r => r.Run(source, Posts(10), (string?)null, default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. Posts(20).Skip(10)], (string?)null, default));

        var authors = await house.In(s => s.GetRequiredService<Database>().Set<MentionRow>().Select(m => new { m.AuthorHandle, m.Person }).ToListAsync());
        Assert.All(authors, a => Assert.NotNull(a.Person));
        Assert.Equal(4, authors.Select(a => a.Person).Distinct().Count());
        Assert.Equal(4, authors.Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task A_post_deleted_at_its_source_loses_its_text_here(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("tweets", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, Posts(3), (string?)null, default));

        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["p1"]), default));

        var texts = await house.In(s => s.GetRequiredService<Database>().Set<MentionRow>().OrderBy(m => m.ExternalId).Select(m => m.Text + m.Words).ToListAsync());
        Assert.Equal(["", "a"], texts.Select(t => t.Length > 0 ? "a" : "").Distinct().Order());
        Assert.Equal("", texts[1]);
    }

    private static List<IncomingPost> Posts(int count) => [.. Enumerable.Range(0, count).Select(n => new IncomingPost(
        $"p{n}", $"post number {n}", new DateTimeOffset(2026, 8, 1, 0, n, 0, TimeSpan.Zero), new($"author{n % 4}", $"author{n % 4}")))];

    private static Task<int> Facts(TestHouse house) => house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Listening.MentionHeard"));
}
