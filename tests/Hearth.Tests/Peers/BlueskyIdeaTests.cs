using System.Globalization;
using System.Text.Json.Nodes;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Telling;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Tests.Ideas;
using Hearth.Tests.Ideas.Telling;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Peers;

/// <summary>An idea's whole way on the real network: said there, taken up, carried out, and told there once, though the process that tells is killed in the middle.</summary>
public class BlueskyIdeaTests(ITestOutputHelper output)
{
    private const int Voters = 40;
    private const string Wish = "please make a lid for my flask that locks";
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Product, Role.Lead);

    [Theory, EveryDatabase]
    public async Task An_idea_that_came_in_as_a_post_is_taken_up_and_implemented_and_its_author_and_voters_are_told_there_once_though_the_teller_is_killed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => BlueskyPeer.Use(s));
        var brand = await BlueskyPeer.Join("brand");
        await house.Connect(brand);
        var author = await BlueskyPeer.Join("author");
        var voters = new BlueskyPerson[Voters];
        await Parallel.ForAsync(0, Voters, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (n, _) => voters[n] = await BlueskyPeer.Join("voter"));
        await author.Post($"@{brand.Handle} {Wish}", brand);
        await Parallel.ForEachAsync(voters, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (voter, _) => await voter.Post($"@{brand.Handle} +1 for a lid that locks", brand));
        var heard = await house.Until(async () => await Heard(house) is { Count: Voters + 1 } all ? all : null, "all have been heard", TimeSpan.FromMinutes(3));

        // The author's post becomes an idea in their name, and whoever asked for the same has a vote on it.
        var wish = Assert.Single(heard, m => m.Text.Contains(Wish, StringComparison.Ordinal));
        var idea = Assert.IsType<FromPost.Raised>(await house.With<RaiseIdea, FromPost>(r => r.From(wish.Id, IdeaId.New(), new("A lid that locks", "So that nothing spills in the pack.", "general"), Ada, default))).Idea;
        foreach (var post in heard.Where(m => m.Id != wish.Id)) Assert.IsType<FromPost.Voted>(await house.With<VoteForCustomer, FromPost>(v => v.With(idea, post.Id, Stance.Promote, Ada, default)));
        Assert.Equal((author.Handle, Voters), await Origin(house, idea));
        Assert.Equal(10 * Voters, (await house.Read(idea)).Points);

        // A change takes it up; when the change is out, the idea is implemented.
        var change = await house.PlanFor(idea);
        await house.Until(async () => (await house.Read(idea)).Status == IdeaStatus.Planned ? "planned" : null, "it is planned");
        await house.Ship(change);
        await house.Until(async () => (await house.News(idea)) is [{ Spread: true, Kind: IdeaNewsKind.Moved }, _] && (await house.Read(idea)).Status == IdeaStatus.Implemented ? "done" : null, "it is implemented");
        var news = (await house.News(idea))[0];
        Assert.Equal(Voters + 1, news.ByState[ToldState.Waiting]);
        await house.With<Politeness, IReadOnlyList<FieldError>>(p => p.Set("bluesky", Politeness.MaxPerHour, default));
        Assert.IsType<Wording.Done>(await house.Approve(news, Ada));

        Assert.Equal(137, await ChildProcess.Run(BlueskyTellingTests.TellAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, (Voters / 2).ToString(CultureInfo.InvariantCulture)));
        var atKill = (await BlueskyTellingTests.Posts(brand)).Count;
        output.WriteLine($"{atKill} of {Voters + 1} were told when the process was killed");
        Assert.InRange(atKill, Voters / 2, Voters);

        await house.Until(async () => (await house.News(idea))[0].ByState.GetValueOrDefault(ToldState.Told) == Voters + 1 ? "all" : null, "all are told", TimeSpan.FromMinutes(3));
        var posts = await BlueskyTellingTests.Posts(brand);
        Assert.Equal(voters.Append(author).Select(p => p.Did).Order(StringComparer.Ordinal), posts.Select(Parent).Order(StringComparer.Ordinal));
        foreach (var post in posts)
        {
            var whose = Parent(post) == author.Did ? "Your idea" : "The idea you voted for";
            Assert.Equal($"{whose} “A lid that locks” is now implemented. Why, and by whom: {BoardOnBluesky.Home}/ideas/{idea.Value}\n^AB, Product at {brand.Handle}", (string?)post["value"]!["text"]);
        }
    }

    private static string Parent(JsonNode post) => ((string)post["value"]!["reply"]!["parent"]!["uri"]!).Split('/')[2];

    private static async Task<(string?, int)> Origin(TestHouse house, IdeaId idea)
    {
        var origin = (await house.With<ReadEvidence, IdeaOrigin?>(r => r.Origin(idea, default)))!;
        return (origin.Handle, origin.VotesForOthers);
    }

    private static Task<IReadOnlyList<MentionView>> Heard(TestHouse house) => house.In(async s =>
    {
        var ids = await ((Database)s.GetService(typeof(Database))!).Set<MentionRow>().Where(m => !m.IsOwn).Select(m => m.Id).ToListAsync();
        return await ((ReadMention)s.GetService(typeof(ReadMention))!).Of(ids, default);
    });
}
