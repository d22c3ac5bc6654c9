using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hearth.App.Shared;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;

namespace Hearth.App.Tests.Ideas;

[Collection("browser")]
public sealed partial class IdeaPagesTests(Browser browser)
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](JaVaScRiPt:alert(1) \"x\")")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[a]: javascript:alert(1)\n\n[a]")]
    [InlineData("![x](data:text/html;base64,AAAA)")]
    [InlineData("[x](vbscript:x) <b onclick=alert(1)>y</b>")]
    public void What_the_public_writes_can_run_nothing(string text)
    {
        var html = SafeMarkdown.Html(text).Value;
        Assert.DoesNotMatch(@"<(?!/?(p|a|em|strong|ul|ol|li|code|pre|h[3-6]|br|blockquote|hr)\b)", html);
        Assert.DoesNotMatch(@"(?i)<[^>]*\son\w+=", html);
        Assert.DoesNotMatch(@"(?i)href=""(?!https?:|mailto:|"")", html);
    }

    [Fact]
    public void Links_are_not_followed_and_headings_stay_below_the_page()
    {
        Assert.Contains("rel=\"nofollow ugc noopener\"", SafeMarkdown.Html("see https://example.org and [this](https://example.org)").Value);
        Assert.StartsWith("<h3>Big</h3>", SafeMarkdown.Html("# Big").Value);
        Assert.Contains("&gt;", SafeMarkdown.Html(new string('>', 5_000)).Value);
    }

    [Fact]
    public async Task A_member_of_the_public_posts_votes_and_comments_without_a_script()
    {
        await using var server = await HearthServer.Start();
        using var visitor = await server.SignedIn(Role.Community);
        var refused = await visitor.Submit("/ideas/new", "idea", [("Input.Id", Guid.CreateVersion7().ToString()), ("Input.Title", "Hm"), ("Input.Category", "general"), ("Input.Body", "Long enough to pass.")]);
        Assert.Contains("Must have 5 to 120 characters", await refused.Content.ReadAsStringAsync());

        var posted = await visitor.Submit("/ideas/new", "idea",
            [("Input.Id", Guid.CreateVersion7().ToString()), ("Input.Title", "A lid that locks"), ("Input.Category", "general"), ("Input.Body", "So that **nothing** spills.")]);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        var idea = posted.Headers.Location!.ToString();
        Assert.Contains("<strong>nothing</strong>", await visitor.GetStringAsync(idea));

        await Vote(visitor, idea, Stance.Promote);
        await Vote(visitor, idea, Stance.Promote);
        await visitor.Submit(idea, "comment", [("Input.Id", Guid.CreateVersion7().ToString()), ("Input.Body", "Mine leaks too.")]);
        var line = Assert.Single((await visitor.GetFromJsonAsync<Page<IdeaLine>>("/api/v1/ideas", Json.Options))!.Items);
        Assert.Equal((10, 1, Stance.Promote), (line.Points, line.Comments, line.Mine));

        await Vote(visitor, idea, Stance.None);
        Assert.Equal(0, (await visitor.GetFromJsonAsync<IdeaView>("/api/v1/ideas/" + line.Id.Value, Json.Options))!.Line.Points);
    }

    [Fact]
    public async Task A_stranger_reads_everything_and_is_led_to_sign_in_to_vote()
    {
        await using var server = await HearthServer.Start();
        var id = await Post(server);
        using var stranger = server.Visitor();

        var vote = await Vote(stranger, $"/ideas/{id.Value}", Stance.Promote);
        Assert.StartsWith("/sign-in", vote.Headers.Location!.ToString());
        Assert.Contains("Why is this here", await stranger.GetStringAsync($"/ideas/{id.Value}"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PutAsJsonAsync($"/api/v1/ideas/{id.Value}/vote", new { stance = "promote" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/ideas/{Guid.NewGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.GetAsync("/api/v1/ideas?after=nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.GetAsync("/api/v1/ideas?order=sideways")).StatusCode);
        Assert.Equal(id, Assert.Single((await stranger.GetFromJsonAsync<Page<IdeaLine>>("/api/v1/ideas?order=top&status=submitted", Json.Options))!.Items).Id);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync($"/api/v1/ideas/{id.Value}/rank")).StatusCode);
    }

    [Fact]
    public async Task An_agent_moves_an_idea_with_a_reason_and_a_viewer_may_not()
    {
        await using var server = await HearthServer.Start();
        var id = await Post(server);
        var page = $"/ideas/desk/{id.Value}";
        (string, string)[] move = [("Input.From", "Submitted"), ("Input.To", "Planned"), ("Input.Reason", "It goes into the spring batch.")];
        using var viewer = await server.SignedIn(Role.Viewer);
        using var agent = await server.SignedIn(Role.Agent, Department.Product);

        Assert.DoesNotContain("name=\"Input.Reason\"", await viewer.GetStringAsync(page));
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit(page, "move", move)).StatusCode);
        Assert.Contains("is where the idea stands already", await (await agent.Submit(page, "move", [("Input.From", "Planned"), move[1], move[2]])).Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("It goes into the spring batch.", await server.Visitor().GetStringAsync($"/ideas/{id.Value}"));
    }

    [Fact]
    public async Task The_pages_of_the_board_are_accessible_in_both_themes_and_on_a_phone()
    {
        await using var server = await HearthServer.Start();
        var id = await Post(server);
        var owner = await server.Somebody();
        await server.With<CastVote, VoteCast>(v => v.For(owner, id, Stance.Promote, default));
        await server.With<CommentOnIdea, Commented>(c => c.By(owner, id, IdeaCommentId.New(), "We are *on* it: see https://example.org", default));
        foreach (var (width, dark) in new[] { (1440, false), (390, true) })
        {
            var page = await browser.Open(server, owner, width, dark);
            foreach (var path in new[] { "/ideas", $"/ideas/{id.Value}", "/ideas/new", "/ideas/desk", $"/ideas/desk/{id.Value}" })
            {
                await page.GotoAsync(path);
                Assert.Equal([], (await Browser.Violations(page)).Select(v => path + " " + v));
                Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width} px");
            }

            await page.Context.CloseAsync();
        }
    }

    private static async Task<IdeaId> Post(HearthServer server)
    {
        var id = IdeaId.New();
        var author = await server.Somebody(Role.Community);
        await server.With<PostIdea, PostedIdea>(p => p.By(author, id, new("A lid that locks", "So that nothing spills in the pack.\n\n- tea\n- soup", "general"), default));
        return id;
    }

    private static async Task<HttpResponseMessage> Vote(HttpClient visitor, string page, Stance stance)
    {
        var token = Token().Match(await visitor.GetStringAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__af", token), new("stance", stance.ToString()), new("to", page)]);
        return await visitor.PostAsync(page + "/vote", form);
    }

    [GeneratedRegex("name=\"__af\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
