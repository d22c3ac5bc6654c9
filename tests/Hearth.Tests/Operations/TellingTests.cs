using Hearth.Channels;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Operations;

public class TellingTests
{
    private const string English = "You said the hinge cracks, {name}. It is steel now.";
    private const string German = "Das Scharnier ist jetzt aus Stahl.";

    [Theory, EveryDatabase]
    public async Task Everybody_who_spoke_is_told_once_where_they_spoke_and_in_their_language(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Pace(Politeness.MaxPerHour);
        foreach (var author in new[] { "ann", "bob" }) await house.Speaks(author);
        var again = await house.Speaks("ann", "And the second one cracked too"); // another thread, the same person
        await house.Speaks("uwe", "Das Scharnier ist nach einer Woche kaputt, wirklich sehr schade", "de");
        await house.Speaks("eve", attach: false);
        await house.Ship();
        await house.Approve("en", English);
        await house.Work();

        Assert.Equal(["bob", "ann"], (await house.People(ToldState.Told)).Select(p => p.Name).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(("uwe", "no approved words in their language"), (await house.People(ToldState.Waiting)).Select(p => (p.Name, p.Why)).Single());
        await house.Approve("de", German);
        await house.Pass(TimeSpan.FromMinutes(1));

        var records = house.Pds.Posts.Values.ToList();
        Assert.Equal(3, records.Count);
        Assert.Contains(records, r => (string?)r["text"] == "Das Scharnier ist jetzt aus Stahl.\n^LD, Product at Brand");
        var toAnn = Assert.Single(records, r => ((string?)r["text"])!.Contains("cracks, ann.", StringComparison.Ordinal));
        var latest = (await house.House.With<ReadMention, MentionView?>(r => r.Of(again, default)))!;
        Assert.Equal(latest.Refs!.Uri, (string?)toAnn["reply"]!["parent"]!["uri"]);
        var view = await house.Read();
        Assert.Equal((3, 3), (view.People, view.ByState[ToldState.Told]));
        Assert.All(await house.People(), p => Assert.StartsWith("https://bsky.app/", p.Url, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_said_before_a_lead_has_approved_exactly_what_stands_there(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Speaks("ann");
        await house.Ship();
        await house.House.With<TellingWords, Wording>(w => w.Write(house.Change, "en", English, TellingHouse.Agent, default));
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(house.Pds.Posts);

        Assert.IsType<Wording.NotAllowed>(await Approve(English, TellingHouse.Agent));
        Assert.Equal(English, Assert.IsType<Wording.ChangedMeanwhile>(await Approve("Something else", TellingHouse.Lead)).Text);
        Assert.IsType<Wording.Done>(await Approve(English, TellingHouse.Lead));
        await house.House.With<TellingWords, Wording>(w => w.Write(house.Change, "en", "Another text", TellingHouse.Agent, default)); // no longer approved
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(house.Pds.Posts);
        var tooLong = new string('x', 299);
        await house.House.With<TellingWords, Wording>(w => w.Write(house.Change, "en", tooLong, TellingHouse.Agent, default));
        Assert.Equal("text", Assert.Single(Assert.IsType<Wording.Invalid>(await Approve(tooLong, TellingHouse.Lead)).Errors).Field);
        Assert.Equal("language", Assert.Single(Assert.IsType<Wording.Invalid>(await house.House.With<TellingWords, Wording>(w => w.Write(house.Change, "English", English, TellingHouse.Agent, default))).Errors).Field);

        Task<Wording> Approve(string seen, Hearth.Governance.Actor by) => house.House.With<TellingWords, Wording>(w => w.Approve(house.Change, "en", seen, by, default));
    }

    [Theory, EveryDatabase]
    public async Task Who_opted_out_or_deleted_their_post_is_not_told_even_after_it_was_prepared(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var posts = new List<MentionId>();
        foreach (var author in new[] { "ann", "bob", "cem", "dot" }) posts.Add(await house.Speaks(author));
        Assert.True(await house.House.With<OptOuts, bool>(async o => await o.Add(await PersonOf(house, posts[0]), "Ada", default)));
        await house.Ship();
        await house.Work();
        Assert.Equal(["ann"], (await house.People(ToldState.Skipped)).Select(p => p.Name));

        Assert.IsType<ConsentNoted.Done>(await house.House.With<Consents, ConsentNoted>(async c => await c.Note(await PersonOf(house, posts[1]), new(ConsentPurpose.Service, Networks.Bluesky, false, ConsentHow.Message, null, null), "Ada", default)));
        var gone = (await house.House.With<ReadMention, MentionView?>(r => r.Of(posts[2], default)))!;
        await house.House.With<ReceiveMentions, Received>(r => r.Run(gone.Source, [], new Receiving(Removed: [gone.ExternalId]), default));
        await house.Approve("en", English);
        await house.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(["dot"], (await house.People(ToldState.Told)).Select(p => p.Name));
        Assert.Equal([("ann", NotTold.OptedOut.Title()), ("bob", NotTold.OptedOut.Title()), ("cem", NotTold.PostRemoved.Title())],
            (await house.People(ToldState.Skipped)).Select(p => (p.Name, p.Why!)).Order());
        Assert.Single(house.Pds.Posts);
        Assert.False(await house.House.With<OptOuts, bool>(o => o.Add(PersonId.New(), "Ada", default)));
    }

    [Theory, EveryDatabase]
    public async Task Each_network_is_told_at_its_pace(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        for (var n = 0; n < 10; n++) await house.Speaks("fan" + n);
        await house.Pace(120);
        await house.Ship();
        await house.Approve("en", English);
        await house.Work();
        Assert.Equal(2, house.Pds.Posts.Count); // a minute's worth
        await house.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(6, house.Pds.Posts.Count);
        await house.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(10, house.Pds.Posts.Count);
        Assert.NotEmpty(await house.House.With<Politeness, IReadOnlyList<FieldError>>(p => p.Set("bluesky", 0, default)));
    }

    [Theory, EveryDatabase]
    public async Task Four_nodes_at_once_tell_each_once(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        for (var n = 0; n < 30; n++) await house.Speaks("fan" + n);
        await house.Pace(Politeness.MaxPerHour);
        await house.Ship();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.House.With<PrepareTellingRun>(async r =>
        {
            try
            {
                await r.Run(new(house.Change, house.Clock.GetUtcNow()), default);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                // the worker would run it again
            }
        }))));
        await house.Approve("en", English);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.House.With<TellPeopleRun>(r => r.Run(new(), default)))));
        await house.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(30, house.Pds.Posts.Count);
        Assert.Equal(30, (await house.Read()).ByState[ToldState.Told]);
        Assert.Equal(30, await house.House.With<Database, int>(db => db.Set<ToldRow>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Telling_stands_in_the_conversation_without_closing_or_opening_it(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var post = await house.Speaks("ann");
        var id = (await house.House.With<OpenConversation, IReadOnlyList<ConversationId>>(o => o.Holding(post, default))).Single();
        await house.House.With<ConversationSteps, bool>(s => s.Move(id, ConversationStatus.Closed, TellingHouse.Agent, default));
        await house.Ship();
        await house.Approve("en", English);
        await house.Work();

        var talk = (await house.House.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;
        Assert.Equal((ConversationStatus.Closed, 1), (talk.Status, talk.Version));
        var said = Assert.Single(talk.Timeline, t => t.Kind == EntryKind.Reply);
        Assert.Equal(("You said the hinge cracks, ann. It is steel now.", "Lea Donat"), (said.Text, said.ByName));
        Assert.Equal(MessageStatus.Sent, (await house.House.With<ReadMessages, MessageView?>(r => r.Find(said.Message!.Value, default)))!.Status);
    }

    [Theory, EveryDatabase]
    public async Task A_halted_or_rolled_back_change_is_told_to_nobody_else(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Speaks("ann");
        await house.Speaks("bob");
        await house.Ship();
        await house.House.With<TellingWords, Wording>(w => w.Write(house.Change, "en", English, TellingHouse.Agent, default));
        await house.House.With<TellingWords, Wording>(w => w.Set(house.Change, true, null, default));
        await house.Approve("en", English);
        await house.Pass(TimeSpan.FromMinutes(2));
        Assert.Empty(house.Pds.Posts);
        Assert.All(await house.People(), p => Assert.Equal("telling is halted", p.Why));

        await house.Pace(60);
        await house.House.With<TellingWords, Wording>(w => w.Set(house.Change, false, null, default));
        await house.Pass(TimeSpan.FromSeconds(5));
        Assert.Single(house.Pds.Posts);
        await house.House.With<ShipChange, Changing>(s => s.Back(house.Change, "It rattles", TellingHouse.Agent, default));
        await house.Pass(TimeSpan.FromMinutes(5));
        Assert.Single(house.Pds.Posts);
        Assert.Equal("the change was rolled back", (await house.People(ToldState.Waiting)).Single().Why);
    }

    [Theory, EveryDatabase]
    public async Task Without_words_in_their_own_language_people_get_the_one_that_was_chosen_for_them(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        await house.Speaks("uwe", "Das Scharnier ist nach einer Woche kaputt, wirklich sehr schade", "de");
        await house.Ship();
        await house.Approve("en", English);
        Assert.IsType<Wording.Invalid>(await house.House.With<TellingWords, Wording>(w => w.Set(house.Change, false, "fr", default)));
        Assert.IsType<Wording.Done>(await house.House.With<TellingWords, Wording>(w => w.Set(house.Change, false, "en", default)));
        await house.Pass(TimeSpan.FromMinutes(1));
        Assert.StartsWith("You said the hinge cracks, uwe.", (string?)Assert.Single(house.Pds.Posts).Value["text"], StringComparison.Ordinal);
    }

    private static async Task<PersonId> PersonOf(TellingHouse house, MentionId post) => (await house.House.With<ReadMention, MentionView?>(r => r.Of(post, default)))!.Person!.Value;
}
