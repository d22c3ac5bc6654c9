using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Governance;
using Hearth.Listening;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Listen;

public sealed class QueriesPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task While_somebody_types_the_page_shows_the_fault_and_then_what_would_be_found()
    {
        await using var server = await HearthServer.Start();
        await Heard(server, "The hinge of the lid broke", "A lid that closes", "Nothing to see");
        var page = await browser.Open(server, await server.Somebody());
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        await page.GotoAsync("/listen/queries");
        await page.FillAsync("#Input-Name", "Lids");

        await page.FillAsync("#Input-Text", "lid AND has:gif");
        await page.Locator("#query-trial .query-wrong").WaitForAsync();
        Assert.Equal("g", await page.Locator("#query-trial mark").TextContentAsync());
        Assert.Contains("Character 13: has: knows no 'gif'", await page.Locator("#query-trial .field-error").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.Violations(page));

        // The last that was typed is what is shown, however fast.
        await page.Locator("#Input-Text").FillAsync("");
        await page.Locator("#Input-Text").PressSequentiallyAsync("lid NEAR/5 hinge", new() { Delay = 15 });
        await page.Locator("#query-trial .heard").WaitForAsync();
        Assert.Equal(["hinge", "lid"], (await page.Locator("#query-trial mark").AllTextContentsAsync()).Order());
        Assert.Contains("1 match in the 3 stored mentions", await page.Locator("#query-trial").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(await Browser.Violations(page));

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByText("Saved. What was said before").WaitForAsync();
        Assert.Equal(("Lids", "lid NEAR/5 hinge"), (await server.With<SavedQueries, IReadOnlyList<QueryView>>(q => q.All(default))) is [var only] ? (only.Name, only.Text) : default);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Without_a_script_a_query_is_tried_taken_over_and_brought_back()
    {
        await using var server = await HearthServer.Start();
        await Heard(server, "The hinge of the lid broke", "A lid that closes");
        using var agent = await server.SignedIn(Role.Agent);

        var html = await Text(await agent.Submit("/listen/queries", "save", [("Input.Text", "NOT hinge"), ("Input.Do", "try")]));
        Assert.Contains("This finds nearly everything: it only excludes.", html, StringComparison.Ordinal);
        Assert.Contains("1 match in the 2 stored mentions", html, StringComparison.Ordinal);

        html = await Text(await agent.Submit("/listen/queries", "import", [("Foreign.From", "brandwatch"), ("Foreign.Text", "lid NEAR/3f hinge AND country:gbr")]));
        Assert.Contains("lid NEAR/3f hinge AND <mark class=\"mark-bad\">c</mark>ountry:gbr", html, StringComparison.Ordinal);
        html = await Text(await agent.Submit("/listen/queries", "import", [("Foreign.From", "brandwatch"), ("Foreign.Text", "lid NEAR/3f hinge")]));
        Assert.Contains(">lid ONEAR/4 hinge</textarea>", html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/listen/queries", "save", [("Input.Name", "Lids"), ("Input.Text", "lid"), ("Input.Do", "save")])).StatusCode);
        var id = (await server.With<SavedQueries, IReadOnlyList<QueryView>>(q => q.All(default)))[0].Id;
        await agent.Submit($"/listen/queries?edit={id.Value}", "save", [("Input.Name", "Lids"), ("Input.Text", "lid OR hinge"), ("Input.Do", "save")]);
        html = await agent.GetStringAsync($"/listen/queries/{id.Value}");
        Assert.Contains("Ask this again", html, StringComparison.Ordinal);
        using var viewer = await server.SignedIn(Role.Viewer);
        Assert.DoesNotContain("Ask this again", await viewer.GetStringAsync($"/listen/queries/{id.Value}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit($"/listen/queries/{id.Value}", "restore-1", [])).StatusCode);
        Assert.Equal(("lid", 3), (await server.With<SavedQueries, QueryView?>(q => q.Of(id, default))) is { } now ? (now.Text, now.Version) : default);
    }

    [Fact]
    public async Task A_program_checks_tries_takes_over_and_restores_queries()
    {
        await using var server = await HearthServer.Start();
        await Heard(server, "The hinge of the lid broke", "A lid that closes");
        using var program = await server.Program("read", "write");

        var check = await Post("check", new { text = "lid -lid" });
        Assert.Equal("lid AND NOT lid", check.GetProperty("canonical").GetString());
        Assert.StartsWith("This finds nothing", check.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("NOT", check.GetProperty("tree")[2].GetProperty("says").GetString());
        var preview = await Post("preview", new { text = "hinge" });
        Assert.Equal((2, 1, 4, 5), (preview.GetProperty("lookedAt").GetInt32(), preview.GetProperty("found").GetInt32(),
            preview.GetProperty("examples")[0].GetProperty("marks")[0].GetProperty("start").GetInt32(), preview.GetProperty("examples")[0].GetProperty("marks")[0].GetProperty("length").GetInt32()));
        Assert.Equal("snow AND NOT is:repost", (await Post("import", new { from = "x", text = "snow -is:retweet" })).GetProperty("canonical").GetString());
        Assert.Equal(5, (await Post("import", new { from = "x", text = "snow to:me" })).GetProperty("position").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await program.PostAsJsonAsync("/api/v1/queries/import", new { from = "talkwalker", text = "x" })).StatusCode);

        var saved = await (await program.PostAsJsonAsync("/api/v1/queries", new { name = "Lids", text = "lid" })).Content.ReadFromJsonAsync<JsonElement>();
        var query = $"/api/v1/queries/{saved.GetProperty("id").GetGuid()}";
        Assert.Equal(HttpStatusCode.NoContent, (await program.PutAsJsonAsync(query, new { name = "Lids", text = "hinge" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync(query + "/versions/1/restore", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.PostAsync(query + "/versions/9/restore", null)).StatusCode);
        Assert.Equal([3, 2, 1], (await program.GetFromJsonAsync<JsonElement>(query + "/versions")).EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
        Assert.Equal("lid", (await program.GetFromJsonAsync<JsonElement>(query)).GetProperty("text").GetString());

        async Task<JsonElement> Post(string path, object body) => await (await program.PostAsJsonAsync("/api/v1/queries/" + path, body)).Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task Heard(HearthServer server, params string[] texts)
    {
        var source = await server.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await server.With<ReceiveMentions, Received>(r => r.Run(source, [.. texts.Select((t, n) => new IncomingPost($"{n}", t, TimeProvider.System.GetUtcNow().AddMinutes(-n)))], (string?)null, default));
    }

    private static async Task<string> Text(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
}
