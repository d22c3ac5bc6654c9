using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.DoubleDippers;

namespace Hearth.App.Demo;

/// <summary>Somebody votes eight times for one idea, from one browser; the votes beyond the first are held.</summary>
internal sealed class LoadDippers(DemoHouse house, DemoStory story, Actor[] people, IdeaId[] ideas)
{
    private const string Wanted = "Rent a kit for a weekend";

    private static readonly VoteFrom OneBrowser = new(0x5EED_0001, 0x5EED_0002, 0x5EED_0003, null);

    public async Task Run(CancellationToken ct)
    {
        var idea = Array.FindIndex(DemoIdeaList.All, i => i.Title == Wanted);
        var voter = people[story.Ideas.Votes.First(v => v.Idea == idea && v.Stance == Stance.Promote).Voter];
        var begin = story.Now.AddHours(-30);
        string[] names = ["Kit Rental", "Kit R.", "Weekender", "Rent It", "Renta Kit", "Kitty Rent", "K. Weekend"];
        Actor[] hand = [voter, .. names.Select(name => new Actor(UserId.New(), name, name[..1], null, Role.Community))];
        await house.Play(hand.Select((account, i) => new DemoAct(begin.AddMinutes(4 * i), s => Vote(s, account, ideas[idea], ct))), ct);
        await house.In(begin.AddHours(1), async s => await s.GetRequiredService<LookForDippers>().AtNewVotes(ct));
    }

    private static async Task Vote(IServiceProvider s, Actor account, IdeaId idea, CancellationToken ct)
    {
        var cast = await s.GetRequiredService<CastVote>().For(account, idea, Stance.Promote, Popularity.WholeVote, OneBrowser, ct);
        if (cast is not VoteCast.Stands) throw new DemoException($"{account.Name} could not vote: {cast}.");
    }
}
