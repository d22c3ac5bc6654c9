using Hearth.Conversations;
using Hearth.Ideas;
using Hearth.Ideas.Telling;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.Platform;
using Hearth.Tests.Operations;

namespace Hearth.Tests.Ideas.Telling;

public class TellOfIdeasTests
{
    [Theory, EveryDatabase]
    public async Task Author_and_voters_are_told_where_they_spoke_once_and_only_in_approved_words(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Pace(Politeness.MaxPerHour);
        var idea = await house.Raise(await house.Says("ann"));
        var bob = await house.Says("bob");
        await house.VoteFor(idea, bob);
        await house.House.Vote(idea);
        await house.House.Move(idea, IdeaStatus.Submitted, IdeaStatus.Planned, "Next spring, in the new lid.");
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(house.Pds.Posts);

        var news = Assert.Single(await house.House.News(idea));
        Assert.Equal((3, 2), (news.Accounts, news.ByState[ToldState.Waiting]));
        Assert.IsType<Wording.NotAllowed>(await house.House.Approve(news, TellingHouse.Agent));
        Assert.IsType<Wording.ChangedMeanwhile>(await house.House.With<NewsWords, Wording>(w => w.Approve(news.Id, "Something else", BoardOnBluesky.Home, TellingHouse.Lead, default)));
        Assert.Equal("text", Assert.Single(Assert.IsType<Wording.Invalid>(await house.House.With<NewsWords, Wording>(w => w.Write(news.Id, new string('x', 1001), TellingHouse.Agent, default))).Errors).Field);
        await house.House.With<NewsWords, Wording>(w => w.Write(news.Id, new string('x', 301), TellingHouse.Agent, default));
        Assert.Contains("Bluesky takes 300", Assert.Single(Assert.IsType<Wording.Invalid>(await house.House.Approve(Assert.Single(await house.House.News(idea)))).Errors).Reason, StringComparison.Ordinal);
        await house.House.With<NewsWords, Wording>(w => w.Write(news.Id, "{name}: {whose} “{title}” is {status}. {link}", TellingHouse.Agent, default));
        Assert.IsType<Wording.Done>(await house.House.Approve(Assert.Single(await house.House.News(idea))));
        await house.Pass(TimeSpan.FromMinutes(1));

        var records = house.Pds.Posts.Values.ToDictionary(r => ((string)r["text"]!)[..3]);
        Assert.Equal(["ann", "bob"], records.Keys.Order(StringComparer.Ordinal));
        Assert.Equal($"ann: Your idea “A lid that locks” is planned. {BoardOnBluesky.Home}/ideas/{idea.Value}\n^LD, Product at Brand", (string?)records["ann"]["text"]);
        Assert.StartsWith("bob: The idea you voted for “A lid that locks” is planned.", (string?)records["bob"]["text"], StringComparison.Ordinal);
        Assert.Equal((await house.House.With<ReadMention, MentionView?>(r => r.Of(bob, default)))!.Refs!.Uri, (string?)records["bob"]["reply"]!["parent"]!["uri"]);
        Assert.Equal(2, Assert.Single(await house.House.News(idea)).ByState[ToldState.Told]);
        var told = await house.House.Told(news.Id);
        Assert.All(told, t => Assert.StartsWith("https://bsky.app/", t.Url, StringComparison.Ordinal));
        var talk = (await house.House.With<ReadConversation, ConversationView?>(r => r.Of(ConversationId.From(told[0].Conversation!.Value), default)))!;
        Assert.Single(talk.Timeline, t => t.Kind == EntryKind.Reply);
    }

    [Theory, EveryDatabase]
    public async Task Who_opted_out_or_deleted_their_post_is_not_told_and_silent_words_are_overtaken(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Pace(Politeness.MaxPerHour);
        var posts = new List<MentionId>();
        foreach (var author in new[] { "ann", "bob", "cem", "dot" }) posts.Add(await house.Says(author));
        var idea = await house.Raise(posts[0]);
        foreach (var post in posts[1..]) await house.VoteFor(idea, post);
        await OptOut(house, posts[1]);
        await house.House.Move(idea, IdeaStatus.Submitted, IdeaStatus.Planned, "Next spring, in the new lid.");
        await house.Work();
        await house.House.Move(idea, IdeaStatus.Planned, IdeaStatus.Implemented, "It is in the shop now.");
        await house.Work();
        await OptOut(house, posts[0]);
        var gone = (await house.House.With<ReadMention, MentionView?>(r => r.Of(posts[2], default)))!;
        await house.House.With<ReceiveMentions, Received>(r => r.Run(gone.Source, [], new Receiving(Removed: [gone.ExternalId]), default));

        var news = await house.House.News(idea);
        Assert.Equal((3, 1), (news[1].ByReason[NotTold.Overtaken], news[1].ByReason[NotTold.OptedOut]));
        foreach (var one in news) Assert.IsType<Wording.Done>(await house.House.Approve(one));
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.Contains("is now implemented", (string?)Assert.Single(house.Pds.Posts.Values)["text"], StringComparison.Ordinal);
        Assert.Equal([("ann", NotTold.OptedOut.Title()), ("bob", NotTold.OptedOut.Title()), ("cem", NotTold.PostRemoved.Title()), ("dot", null)],
            (await house.House.Told(news[0].Id)).Select(t => (t.Name, t.Why)).Order());
    }

    [Theory, EveryDatabase]
    public async Task Who_spoke_of_a_gap_and_of_the_idea_that_one_change_serves_is_told_once_of_both(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Pace(Politeness.MaxPerHour);
        var (ann, bob, cem) = (await house.Speaks("ann"), await house.Speaks("bob"), await house.Says("cem"));
        var idea = await house.Raise(ann);
        await house.VoteFor(idea, bob);
        await house.VoteFor(idea, cem);
        Assert.IsType<Changing.Done>(await house.House.With<ServeGaps, Changing>(s => s.Idea(house.Change, idea.Value, true, TellingHouse.Agent, default)));
        await house.Ship();
        await house.Approve("en", "It is steel now.");
        await house.Work(); // ann and bob are told of the change
        Assert.Equal(2, house.Pds.Posts.Count);
        var news = (await house.House.News(idea))[0];
        Assert.IsType<Wording.Done>(await house.House.Approve(news));
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(3, house.Pds.Posts.Count);
        Assert.Equal([("ann", NotTold.ToldOfChange.Title()), ("bob", NotTold.ToldOfChange.Title()), ("cem", null)], (await house.House.Told(news.Id)).Select(t => (t.Name, t.Why)).Order());
    }

    [Theory, EveryDatabase]
    public async Task Who_is_told_of_the_idea_first_is_not_told_of_the_change_that_carries_it_out(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Pace(Politeness.MaxPerHour);
        var idea = await house.Raise(await house.Speaks("ann"));
        await house.Speaks("bob");
        await house.House.With<ServeGaps, Changing>(s => s.Idea(house.Change, idea.Value, true, TellingHouse.Agent, default));
        await house.Ship();
        await house.Work();
        Assert.IsType<Wording.Done>(await house.House.Approve((await house.House.News(idea))[0]));
        await house.Pass(TimeSpan.FromMinutes(1));
        await house.Approve("en", "It is steel now.");
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal([("ann", NotTold.ToldOfIdea.Title()), ("bob", null)], (await house.People()).Select(p => (p.Name, p.Why)).Order());
        Assert.Equal(2, house.Pds.Posts.Count);
    }

    private static Task OptOut(TellingHouse house, MentionId post) => house.House.In(async s =>
    {
        var person = (await ((ReadMention)s.GetService(typeof(ReadMention))!).Of(post, default))!.Person!.Value;
        Assert.True(await ((OptOuts)s.GetService(typeof(OptOuts))!).Add(person, "Ada", default));
    });
}
