using Hearth.Ideas;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Sayings;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Tests.Ideas.Telling;
using Hearth.Tests.Operations;

namespace Hearth.Tests.Ideas;

public class SayingsTests
{
    private static Task<IReadOnlyList<SuggestedSaying>?> Suggested(TellingHouse house, IdeaId idea) => house.House.With<SuggestSayings, IReadOnlyList<SuggestedSaying>?>(s => s.For(idea, default));

    private static Task<SayingsDecided> Decide(TellingHouse house, IdeaId idea, bool isSame, params MentionId[] posts) =>
        house.House.With<DecideSayings, SayingsDecided>(d => d.On(idea, posts, isSame, TellingHouse.Agent, default));

    private static Task<Sayings> Said(TellingHouse house, IdeaId idea) => house.House.With<ReadSayings, Sayings>(r => r.Of(idea, default));

    [Theory, EveryDatabase]
    public async Task Posts_that_sound_like_an_idea_are_suggested_and_count_once_a_person_has_confirmed_them(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var idea = await house.House.Post("Flask with a lid that locks");
        var (one, again, two) = (await house.Says("ann", "My flask leaks: give it a lid that locks!"), await house.Says("ann", "Still waiting for locking lids on the flasks"), await house.Says("bob", "a flask lid which locked would be great"));
        await house.Says("cem", "The tent is lovely");
        var other = await house.Says("dee", "Flask lids locked me out of my coffee, funny story");

        var suggested = (await Suggested(house, idea))!;
        Assert.Equal(new HashSet<MentionId> { one, again, two, other }, suggested.Select(s => s.Post.Id).ToHashSet());
        Assert.All(suggested, s => Assert.InRange(s.Alike, 0.55, 1));
        Assert.Equal(0, (await Said(house, idea)).People);

        for (var n = 0; n < 2; n++) Assert.Equal(3, Assert.IsType<SayingsDecided.Done>(await Decide(house, idea, true, one, again, two)).Posts);
        Assert.Equal(1, Assert.IsType<SayingsDecided.Done>(await Decide(house, idea, false, other)).Posts);
        var said = await Said(house, idea);
        Assert.Equal((2, "bluesky", 2, 3), (said.People, Assert.Single(said.On).Network, said.On[0].People, said.Posts.Count));
        Assert.Empty((await Suggested(house, idea))!);

        // One is taken back, one is thought over, one is deleted by its author.
        Assert.Equal(1, await house.House.With<DecideSayings, int>(d => d.Forget(idea, [again], default)));
        Assert.Equal(again, Assert.Single((await Suggested(house, idea))!).Post.Id);
        await Decide(house, idea, false, two);
        Assert.Equal([one], (await Said(house, idea)).Posts.Select(p => p.Mention));
        var view = (await house.House.With<ReadMention, MentionView?>(r => r.Of(one, default)))!;
        await house.House.With<ReceiveMentions, Received>(r => r.Run(view.Source, [], new Receiving(Removed: [view.ExternalId]), default));
        await house.House.Settle();
        Assert.Equal(0, (await Said(house, idea)).People);
    }

    [Theory, EveryDatabase]
    public async Task Many_who_decide_at_once_leave_one_decision_a_post(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var idea = await house.House.Post("Flask with a lid that locks");
        var posts = new List<MentionId>();
        foreach (var n in Enumerable.Range(0, 6)) posts.Add(await house.Says($"p{n}", $"A lid that locks on the flask, number {n}"));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => Decide(house, idea, true, [.. posts]))));
        Assert.Equal((6, 6), ((await Said(house, idea)).People, (await Said(house, idea)).Posts.Count));
        Assert.IsType<SayingsDecided.UnknownIdea>(await Decide(house, IdeaId.New(), true, posts[0]));
    }

    [Theory, EveryDatabase]
    public async Task What_was_said_of_a_merged_idea_counts_for_the_one_it_went_into(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var (idea, into) = (await house.House.Post("Flask with a lid that locks"), await house.House.Post("A flask that never leaks"));
        var (ann, bob) = (await house.Says("ann", "A lid that locks, please"), await house.Says("bob", "Flask that never leaks, please"));
        await Decide(house, idea, true, ann);
        await Decide(house, into, true, ann, bob);
        await house.House.With<MergeIdeas, object>(async m => await m.Into(TellingHouse.Agent, idea, into, "They ask for the same", default));
        var said = await Said(house, into);
        Assert.Equal((2, 2), (said.People, said.Posts.Count));
        Assert.Null(await Suggested(house, idea));
    }
}
