using System.Net;
using System.Net.Http.Json;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.DoubleDippers;
using Hearth.Platform;

namespace Hearth.App.Tests.Ideas;

public class DipperPagesTests
{
    [Fact]
    public async Task An_agent_reads_what_speaks_for_a_case_and_decides_it_and_everybody_reads_the_count()
    {
        await using var server = await HearthServer.Start();
        var found = await Case(server);
        var page = "/ideas/desk/double-dippers/" + found.Id.Value;
        using var viewer = await server.SignedIn(Role.Viewer);
        using var agent = await server.SignedIn(Role.Agent, Department.Product);
        Assert.Contains("voted from one browser", WebUtility.HtmlDecode(await viewer.GetStringAsync(page)));
        Assert.DoesNotContain("name=\"Input.Reason\"", await viewer.GetStringAsync(page));
        Assert.Contains(page, await agent.GetStringAsync("/ideas/desk/double-dippers"));

        (string, string)[] decision = [("Input.From", "Waiting"), ("Input.To", "Released"), ("Input.Reason", "A class at one computer.")];
        Assert.Contains("Must have 10 to 1,000 characters", await (await agent.Submit(page, "decide", [decision[0], decision[1], ("Input.Reason", "No.")])).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit(page, "decide", decision)).StatusCode);

        using var stranger = server.Visitor();
        Assert.Contains("Votes held, by month and reason", await stranger.GetStringAsync("/ideas/moderation"));
        var log = Assert.Single((await stranger.GetFromJsonAsync<HeldMonth[]>("/api/v1/ideas/double-dippers/log", Json.Options))!);
        Assert.Equal((found.Votes, 0, found.Votes), (log.Votes, log.Waiting, log.Released));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/ideas/double-dippers")).StatusCode);
    }

    [Fact]
    public async Task A_vote_marks_the_browser_and_reading_does_not()
    {
        await using var server = await HearthServer.Start();
        using var visitor = await server.SignedIn(Role.Community);
        var author = await server.Somebody(Role.Community);
        var idea = IdeaId.New();
        await server.With<PostIdea, PostedIdea>(p => p.By(author, idea, new("A lid that locks", "So that nothing spills in the pack.", "general"), default));

        var read = await visitor.GetAsync("/ideas");
        var vote = await visitor.PutAsJsonAsync($"/api/v1/ideas/{idea.Value}/vote", new { stance = "promote" });

        Assert.DoesNotContain(Cookies(read), c => c.StartsWith("hearth_mark", StringComparison.Ordinal));
        Assert.Contains(Cookies(vote), c => c.StartsWith("hearth_mark=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, (await server.With<WatchBoard, WatchView>(w => w.Read(default))).Kept);
    }

    [Fact]
    public async Task Where_somebody_came_from_is_remembered_when_it_is_another_site()
    {
        await using var server = await HearthServer.Start();
        using var visitor = server.Visitor();
        async Task<IEnumerable<string>> From(string referrer)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/ideas") { Headers = { Referrer = new Uri(referrer) } };
            return Cookies(await visitor.SendAsync(request));
        }

        Assert.DoesNotContain(await From(new Uri(server.Address, "/outlet").ToString()), c => c.StartsWith("hearth_came", StringComparison.Ordinal));
        Assert.Contains(await From("https://forum.example/thread/9"), c => c.StartsWith("hearth_came=forum.example", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    private static async Task<DipperCaseLine> Case(HearthServer server)
    {
        var author = await server.Somebody(Role.Community);
        var idea = IdeaId.New();
        await server.With<PostIdea, PostedIdea>(p => p.By(author, idea, new("A lid that locks", "So that nothing spills in the pack.", "general"), default));
        for (var i = 0; i < 8; i++)
        {
            var puppet = new Actor(UserId.New(), $"Puppet {i}", "P", null, Role.Community);
            await server.With<CastVote, VoteCast>(v => v.For(puppet, idea, Stance.Promote, Popularity.WholeVote, new VoteFrom(7, 8, 9, null), default));
        }

        await server.With<LookForDippers, int>(l => l.AtNewVotes(default));
        return Assert.Single((await server.With<DipperCases, Page<DipperCaseLine>?>(c => c.List(DipperState.Waiting, null, null, default)))!.Items);
    }
}
