using System.Net;
using System.Net.Http.Json;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Moderation;
using Hearth.Platform;

namespace Hearth.App.Tests.Ideas;

/// <summary>Merging, archive, removal and moderation as people meet them: plain forms, no script.</summary>
public sealed class IdeaLifePagesTests
{
    [Fact]
    public async Task The_address_of_a_merged_idea_leads_to_the_other_one_until_the_merge_is_undone()
    {
        await using var server = await HearthServer.Start();
        var (goes, stays) = (await Post(server, "A cap that locks"), await Post(server, "A lid that locks"));
        using var agent = await server.SignedIn(Role.Agent, Department.Product);
        using var stranger = server.Visitor();
        Assert.Contains("Nobody voted on both.", await agent.GetStringAsync($"/ideas/desk/{goes.Value}/merge?into={stays.Value}"));

        var merged = await agent.Submit($"/ideas/desk/{goes.Value}/merge?into={stays.Value}", "merge", [("Input.Reason", "Both ask for a lid that locks.")]);
        Assert.EndsWith($"/ideas/desk/{stays.Value}", merged.Headers.Location!.ToString());

        var page = await stranger.GetAsync($"/ideas/{goes.Value}");
        Assert.Equal((HttpStatusCode.MovedPermanently, $"/ideas/{stays.Value}#merged"), (page.StatusCode, page.Headers.Location!.ToString()));
        Assert.True(page.Headers.CacheControl!.NoCache);
        foreach (var tail in new[] { "", "/comments?size=3", "/rank", "/merges" })
        {
            var answer = await stranger.GetAsync($"/api/v1/ideas/{goes.Value}{tail}");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"/api/v1/ideas/{stays.Value}{tail}"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        }

        var read = WebUtility.HtmlDecode(await stranger.GetStringAsync($"/ideas/{stays.Value}"));
        Assert.Contains("Another idea is part of this one", read);
        Assert.Contains("Both ask for a lid that locks.", read);

        var number = (await stranger.GetFromJsonAsync<IdeaMerges>($"/api/v1/ideas/{stays.Value}/merges", Json.Options))!.Parts.Single().Number;
        await agent.Submit($"/ideas/desk/{stays.Value}/merge", $"undo-{number}", [($"undo{number}", "It is another lid after all.")]);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync($"/ideas/{goes.Value}")).StatusCode);
        Assert.Contains("It is another lid after all.", WebUtility.HtmlDecode(await stranger.GetStringAsync($"/ideas/{stays.Value}")));
    }

    [Fact]
    public async Task An_archived_idea_is_posted_anew_and_the_two_lead_to_each_other()
    {
        await using var server = await HearthServer.Start();
        var old = await Post(server, "A wooden handle");
        var staff = await server.Somebody(Role.Agent);
        await server.With<MoveIdea, MovedIdea>(m => m.To(staff, old, IdeaStatus.Submitted, IdeaStatus.Archived, "Nobody took it up.", default));
        using var visitor = await server.SignedIn(Role.Community);
        Assert.Contains($"/ideas/new?anew={old.Value}", WebUtility.HtmlDecode(await visitor.GetStringAsync($"/ideas/{old.Value}")));

        var posted = await visitor.PostAsJsonAsync("/api/v1/ideas", new { title = "A handle that stays cool", body = "It still burns my hand.", category = "general", anewOf = old.Value }, Json.Options);
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        var again = (await posted.Content.ReadFromJsonAsync<PostedIdea.Stands>(Json.Options))!.Idea;

        Assert.Contains($"/ideas/{again.Value}", await visitor.GetStringAsync($"/ideas/{old.Value}"));
        Assert.Contains($"/ideas/{old.Value}", await visitor.GetStringAsync($"/ideas/{again.Value}"));
        var refused = await visitor.PostAsJsonAsync("/api/v1/ideas", new { title = "A handle again", body = "It still burns my hand.", category = "general", anewOf = again.Value }, Json.Options);
        Assert.Contains("is no archived idea of this board", await refused.Content.ReadAsStringAsync());

        using var agent = await server.SignedIn(Role.Agent, Department.Product);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit($"/ideas/desk/{old.Value}", "return", [("Back.Reason", "Asked for again and again.")])).StatusCode);
        Assert.Equal(IdeaStatus.Submitted, (await visitor.GetFromJsonAsync<IdeaView>($"/api/v1/ideas/{old.Value}", Json.Options))!.Line.Status);
    }

    [Fact]
    public async Task What_a_reader_reports_and_a_moderator_takes_down_is_counted_in_the_open_and_said_nowhere()
    {
        await using var server = await HearthServer.Start();
        var idea = await Post(server, "A lid for shouting");
        using var reader = await server.SignedIn(Role.Community);
        using var agent = await server.SignedIn(Role.Agent, Department.Product);
        using var stranger = server.Visitor();
        Assert.Contains("/sign-in", await stranger.GetStringAsync($"/ideas/{idea.Value}/report"));
        await reader.Submit($"/ideas/{idea.Value}/report", "report", [("Input.Why", "Insult"), ("Input.Note", "It shouts.")]);
        Assert.Contains("It shouts.", await agent.GetStringAsync("/ideas/desk/reports"));

        await agent.Submit($"/ideas/desk/{idea.Value}/moderate", "moderate", [("Input.Why", "Insult"), ("Input.Note", "Please say it without shouting.")]);

        var gone = await stranger.GetStringAsync($"/ideas/{idea.Value}");
        Assert.Contains("A moderator took this idea down", gone);
        Assert.DoesNotContain("shouting", gone);
        Assert.DoesNotContain("shouting", await stranger.GetStringAsync($"/api/v1/ideas/{idea.Value}"));
        Assert.Contains("Nothing is reported", await agent.GetStringAsync("/ideas/desk/reports"));
        Assert.Contains("An insult", await stranger.GetStringAsync("/ideas/moderation"));
        var line = Assert.Single((await stranger.GetFromJsonAsync<ModerationCount[]>("/api/v1/ideas/moderation", Json.Options))!);
        Assert.Equal((RemovedKind.Idea, RemovalReason.Insult, 1, 0), (line.Kind, line.Why, line.Count, line.PutBack));

        Assert.Contains("A lid for shouting", await agent.GetStringAsync($"/ideas/desk/{idea.Value}/moderate"));
        await agent.Submit($"/ideas/desk/{idea.Value}/moderate", "moderate", [("Input.Note", "It was quoted, not shouted.")]);
        Assert.Contains("A lid for shouting", await stranger.GetStringAsync($"/ideas/{idea.Value}"));
    }

    [Fact]
    public async Task An_author_removes_an_idea_and_nobody_else_can()
    {
        await using var server = await HearthServer.Start();
        var author = await server.Somebody(Role.Community);
        var idea = await Post(server, "A lid with my name", author);
        using var other = await server.SignedIn(Role.Community);
        using var own = await server.SignedIn(author);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/ideas/{idea.Value}/remove")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.DeleteAsync($"/api/v1/ideas/{idea.Value}")).StatusCode);
        Assert.Contains("Say that you are sure", await (await own.Submit($"/ideas/{idea.Value}/remove", "remove", [])).Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await own.Submit($"/ideas/{idea.Value}/remove", "remove", [("Sure", "true")])).StatusCode);

        var page = await other.GetStringAsync($"/ideas/{idea.Value}");
        Assert.Contains("Its author removed this idea", page);
        Assert.DoesNotContain("my name", page);
    }

    private static async Task<IdeaId> Post(HearthServer server, string title, Actor? by = null)
    {
        var id = IdeaId.New();
        var author = by ?? await server.Somebody(Role.Community);
        Assert.IsType<PostedIdea.Stands>(await server.With<PostIdea, PostedIdea>(p => p.By(author, id, new(title, "So that nothing spills in the pack.", "general"), default)));
        return id;
    }
}
