using Hearth.Listening;
using Hearth.People;
using Hearth.People.Merging;
using Hearth.Platform;
using Hearth.Tests.Conversations;

namespace Hearth.Tests.People;

public class ProposalTests
{
    [Theory, EveryDatabase]
    public async Task The_same_site_verified_on_two_networks_is_asked_about_and_nothing_is_merged(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var sky = await house.Seen("bluesky", "did:plc:ann", "ann.example", "Ann");
        var mast = await house.Seen("mastodon", "https://social.example/@ann", "ann@social.example", "Ann B.", "https://social.example/@ann");
        await house.With<KeepSigns>(k => k.Add([.. KeepSigns.Of(new SeenProfile("Baker.", ["https://www.ann.example/"]), null).Select(s => new SeenSign("mastodon", "https://social.example/@ann", s))], default));

        await house.Look();

        var asked = Assert.Single(await house.Asked());
        Assert.Equal((ProposalState.Open, 5), (asked.State, asked.Score));
        Assert.Contains("ann.example", Assert.Single(asked.Evidence).Says, StringComparison.Ordinal);
        Assert.Equal(new[] { sky, mast }.OrderBy(p => p.Value), new[] { asked.First.Id, asked.Second.Id }.OrderBy(p => p.Value));
    }

    [Theory, EveryDatabase]
    public async Task Who_says_so_in_a_post_or_a_profile_points_at_the_other_whichever_is_seen_first(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        await talk.Says("ann", "I'm @ann@social.example over there, write to me at Ann.Berg@post.example");
        await house.Look();
        Assert.Empty(await house.Asked());

        await house.Seen("mastodon", "https://social.example/@ann", "ann@social.example", "Ann", "https://social.example/@ann");
        await house.Seen("email", "ann.berg@post.example", "ann.berg@post.example", "Ann Berg");
        await house.Look();

        var asked = await house.Asked();
        Assert.Equal([5, 4], asked.Select(a => a.Score));
        Assert.Equal([SignKind.Mail, SignKind.Points], asked.Select(a => Assert.Single(a.Evidence).Kind));
        Assert.All(asked, a => Assert.Contains("said so in a post", a.Evidence[0].Says, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task What_was_refused_is_not_asked_again_not_even_of_those_who_became_one_with_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Seen("bluesky", "1", "annberg.example", "Ann Berg");
        await house.Seen("mastodon", "2", "annberg@social.example", "Ann Berg");
        await house.Look();
        var asked = Assert.Single(await house.Asked());
        Assert.Equal((SignKind.Name, 2), (Assert.Single(asked.Evidence).Kind, asked.Score));
        Assert.IsType<ProposalDecision.Refused>(await house.With<DecideProposal, ProposalDecision>(d => d.Refuse(asked.Id, "Ada", default)));

        await house.With<KeepSigns>(k => k.Add([new("bluesky", "1", new(SignKind.Mail, "a@x.example", "written on its profile")), new("mastodon", "2", new(SignKind.Mail, "a@x.example", "written on its profile"))], default));
        var third = await house.Seen("web", "3", "annberg", "Ann Berg");
        await house.Merge((await house.With<ReadPeople, PersonId?>(p => p.Behind("bluesky", "1", default)))!.Value, third);
        await house.With<KeepSigns>(k => k.Add([new("web", "3", new(SignKind.Mail, "a@x.example", "written on its profile"))], default));
        await house.Look();

        Assert.Empty(await house.Asked());
        Assert.Equal("Ada", Assert.Single(await house.Asked(ProposalState.Refused)).DecidedBy);
    }

    [Theory, EveryDatabase]
    public async Task Of_ten_who_decide_at_once_one_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Seen("bluesky", "1", "annberg.example", "Ann Berg");
        await house.Seen("mastodon", "2", "annberg@social.example", "Ann Berg");
        await house.Look();
        var asked = Assert.Single(await house.Asked());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => house.With<DecideProposal, ProposalDecision>(d => n % 2 == 0 ? d.Accept(asked.Id, "Ada", default) : d.Refuse(asked.Id, "Ben", default)))));

        Assert.Equal(9, outcomes.OfType<ProposalDecision.DecidedAlready>().Count());
        var merged = outcomes.OfType<ProposalDecision.Merged>().Any();
        Assert.Equal(merged ? 2 : 1, (await house.Card(asked.First.Id)).Persons.Count);
    }

    [Theory, EveryDatabase]
    public async Task What_many_show_says_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var n = 0; n < 12; n++) await house.Seen("net" + n, "x", "johnsmith", "John Smith");
        await house.Look();
        Assert.True((await house.Asked()).Count <= FindSamePersons.MostWhoShare * FindSamePersons.MostWhoShare);

        await using var other = await TestHouse.Create(kind);
        for (var n = 0; n < 12; n++)
        {
            var id = "u" + n;
            await other.Seen("bluesky", id);
            await other.With<KeepSigns>(k => k.Add([new("bluesky", id, new(SignKind.Site, "linktr.ee", "verified link on its profile"))], default));
        }

        await other.Look();
        Assert.Empty(await other.Asked());
    }

    [Theory]
    [InlineData("https://WWW.Ann.example/about/?x=1", "ann.example/about")]
    [InlineData("ann.example", "ann.example")]
    [InlineData("ftp://ann.example", null)]
    [InlineData("not an address", null)]
    public void Addresses_have_one_form(string written, string? form) => Assert.Equal(form, AccountKeys.Site(written));

    [Fact]
    public void Only_who_speaks_of_an_account_as_their_own_points_at_it()
    {
        Assert.NotEmpty(KeepSigns.Of("That's me: https://social.example/@ann", null));
        Assert.NotEmpty(KeepSigns.Of("Ich bin auch @ann@social.example", null));
        Assert.Empty(KeepSigns.Of("@support@brand.example my kettle broke", null));
        Assert.Empty(KeepSigns.Of("Look at https://social.example/@ann, so funny", null));
    }
}
