using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Listening;

public class ReceiveChangesTests
{
    [Theory, EveryDatabase]
    public async Task An_edit_replaces_the_text_an_older_one_does_not_and_one_that_comes_first_is_the_post(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var at = house.Clock.Now();
        Task<Received> Take(params IncomingPost[] posts) => house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(), default));

        await Take(Post("p1", "I love it", at));
        Assert.Equal((0, 0, 1), await Tell(Take(Edit("p1", "I hate it, it is broken", at, at.AddMinutes(2)))));
        Assert.Equal((0, 1, 0), await Tell(Take(Edit("p1", "too late", at, at.AddMinutes(1)))));
        Assert.Equal((0, 1, 0), await Tell(Take(Post("p1", "I love it", at))));
        Assert.Equal((1, 0, 0), await Tell(Take(Edit("p2", "only the edit came", at, at.AddMinutes(1)))));
        Assert.Equal((1, 1, 0), await Tell(Take(Post("p3", "first", at), Edit("p3", "second", at, at.AddMinutes(1)))));

        var rows = await house.With<Database, List<MentionRow>>(db => db.Set<MentionRow>().OrderBy(m => m.ExternalId).ToListAsync());
        Assert.Equal(["I hate it, it is broken", "only the edit came", "second"], rows.Select(r => r.Text));
        Assert.Equal(at.AddMinutes(2), rows[0].EditedAt);
        Assert.True(rows[0].Strength < 0);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == "Listening.MentionEdited")));
    }

    [Theory, EveryDatabase]
    public async Task A_deletion_that_comes_before_its_post_keeps_it_out(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var at = house.Clock.Now();
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["p1", "p1"]), default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["p1"]), default));

        var received = await house.With<ReceiveMentions, Received>(r => r.Run(source, [Post("p1", "gone", at), Post("p2", "here", at)], new Receiving(), default));

        Assert.Equal((1, 1), (received.Kept, received.Left));
        Assert.Equal("here", (await house.With<Database, MentionRow>(db => db.Set<MentionRow>().SingleAsync())).Text);
    }

    [Theory, EveryDatabase]
    public async Task Of_a_stream_of_everything_only_what_somebody_asked_for_is_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await house.With<SavedQueries>(q => q.Add("Stoves", "stove", default));

        var received = await house.With<ReceiveMentions, Received>(r => r.Run(source, [Post("p1", "my stove is cold", house.Clock.Now()), Post("p2", "what a day", house.Clock.Now())], new Receiving("c1", OnlyMatched: true), default));

        Assert.Equal((1, 1), (received.Kept, received.Left));
        Assert.Equal("c1", (await house.With<Database, SourceRow>(db => db.Set<SourceRow>().SingleAsync())).Cursor);
    }

    [Theory, EveryDatabase]
    public async Task With_an_account_its_words_and_its_name_are_gone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        IncomingPost By(string id, string who) => Post(id, "words", house.Clock.Now()) with { Author = new(who, who, "Name of " + who, "https://pictures.example/" + who) };
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [By("p1", "ann"), By("p2", "ann"), By("p3", "bob")], new Receiving(), default));

        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving { RemovedAuthors = ["ann"] }, default));

        var rows = await house.With<Database, List<MentionRow>>(db => db.Set<MentionRow>().OrderBy(m => m.ExternalId).ToListAsync());
        Assert.Equal([("", null), ("", null), ("words", "Name of bob")], rows.Select(r => (r.Text, r.AuthorName)));
    }

    private static IncomingPost Post(string id, string text, DateTimeOffset at) => new(id, text, at, new("ann", "ann"));

    private static IncomingPost Edit(string id, string text, DateTimeOffset at, DateTimeOffset edited) => Post(id, text, at) with { IsEdit = true, EditedAt = edited };

    private static async Task<(int Kept, int Repeated, int Edited)> Tell(Task<Received> received)
    {
        var r = await received;
        return (r.Kept, r.Repeated, r.Edited);
    }
}
