using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Talk;
using Hearth.Ideas.Words;
using Hearth.Platform;

namespace Hearth.App.Tests.Ideas;

[Collection("browser")]
public sealed partial class WordsPagesTests(Browser browser)
{
    // One red pixel, as an encoder made it.
    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [Fact]
    public async Task An_idea_is_written_with_three_answers_and_a_picture_looked_at_posted_and_changed_without_a_script()
    {
        await using var server = await HearthServer.Start();
        using var author = await server.SignedIn(Role.Community);
        var id = Guid.CreateVersion7().ToString();
        (string, string)[] fields =
        [
            ("Input.Id", id), ("Input.Title", "A lid that locks"), ("Input.Category", "general"), ("Input.What", "A lid that **locks**."), ("Input.ForWhom", "Everybody with a pack."), ("Input.Why", "My book got wet."),
        ];

        var looked = await Html(await author.Submit("/ideas/new", "idea", [.. fields, ("Input.Step", "preview")]));
        Assert.Contains("<strong>locks</strong>", looked);
        Assert.Contains(">My book got wet.</textarea>", looked);
        Assert.Empty((await author.GetFromJsonAsync<Page<IdeaLine>>("/api/v1/ideas", Json.Options))!.Items);

        var without = await Html(await Send(author, "/ideas/new", "idea", [.. fields, ("Input.Step", "picture")], Pixel));
        Assert.Contains("must say in 3 to 300 characters what the picture shows", without, StringComparison.OrdinalIgnoreCase);
        var with = await Html(await Send(author, "/ideas/new", "idea", [.. fields, ("Input.Step", "picture"), ("Input.Alt", "My flask, open")], Pixel));
        var picture = Picture().Match(with).Groups[1].Value;
        var posted = await author.Submit("/ideas/new", "idea", [.. fields, ("Input.Images", picture)]);
        Assert.Equal("/ideas/" + id, new Uri(server.Address, posted.Headers.Location!).AbsolutePath);

        using var stranger = server.Visitor();
        var page = await stranger.GetStringAsync("/ideas/" + id);
        Assert.Contains($"src=\"/ideas/images/{picture}\" alt=\"My flask, open\"", page);
        Assert.Contains("For whom", page);
        Assert.DoesNotContain($"/ideas/{id}/edit", page);

        var changed = await author.Submit($"/ideas/{id}/edit", "idea", [("Input.Edits", "0"), .. fields[..5], ("Input.Why", "My *map* got wet."), ("Input.Images", picture)]);
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Contains("<em>map</em>", await stranger.GetStringAsync("/ideas/" + id));
        Assert.Contains("My book got wet.", await stranger.GetStringAsync($"/ideas/{id}/history"));
        Assert.Contains("changed elsewhere meanwhile", await Html(await author.Submit($"/ideas/{id}/edit", "idea", [("Input.Edits", "0"), .. fields])));
        using var other = await server.SignedIn(Role.Community);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/ideas/{id}/edit")).StatusCode);
    }

    [Fact]
    public async Task People_answer_each_other_change_and_take_back_what_they_said_and_the_brand_pins_its_answer_without_a_script()
    {
        await using var server = await HearthServer.Start();
        var (ana, priya) = (await server.Somebody(Role.Community, name: "Ana Fox"), await server.Somebody(Role.Agent, Department.Product, "Priya Nair"));
        var idea = await Post(server, ana);
        var page = $"/ideas/{idea.Value}";
        using var public1 = await server.SignedIn(ana);
        using var agent = await server.SignedIn(priya);

        Assert.Contains("<em>Which</em>", await Html(await public1.Submit(page, "comment", [("Input.Id", Guid.CreateVersion7().ToString()), ("Input.Body", "*Which* lid?"), ("Input.Step", "preview")])));
        await public1.Submit(page, "comment", [("Input.Id", Guid.CreateVersion7().ToString()), ("Input.Body", "*Which* lid?")]);
        var first = (await Threads(public1, idea)).Single().Comment.Id;
        var answer = IdeaCommentId.New();
        await agent.Submit($"{page}?reply={first.Value}", "comment", [("Input.Id", answer.Value.ToString()), ("Input.ReplyTo", first.Value.ToString()), ("Input.Body", "@Ana Fox: all of them.")]);
        Assert.Equal(answer, (await Threads(public1, idea)).Single().Replies.Single().Id);
        await agent.Submit($"/ideas/desk/{idea.Value}", $"pin-{answer.Value}", []);

        var html = await public1.GetStringAsync(page);
        Assert.Contains("aria-label=\"The brand&#x27;s best answer\"", html);
        Assert.Contains("<strong class=\"named\">@Ana Fox</strong>", html);
        await public1.Submit($"{page}?change={first.Value}", "change-comment", [("Changed.Body", "Which lid, and when?")]);
        Assert.Contains("<em>Which</em> lid?", await public1.GetStringAsync($"{page}/comments/{first.Value}/history"));
        Assert.Contains("Which lid, and when?", await public1.GetStringAsync($"{page}/comments/{answer.Value}"));
        Assert.DoesNotContain($"remove-{answer.Value}", html);

        await public1.Submit(page, $"remove-{first.Value}", []);
        html = await public1.GetStringAsync(page);
        Assert.Contains("Taken back by its author.", html);
        Assert.DoesNotContain("Which lid", html);
        Assert.Equal(HttpStatusCode.NotFound, (await public1.GetAsync($"{page}/comments/{first.Value}/history")).StatusCode);
    }

    [Fact]
    public async Task A_picture_is_sent_as_nothing_but_a_picture()
    {
        await using var server = await HearthServer.Start();
        using var author = await server.SignedIn(Role.Community);
        using var stranger = server.Visitor();
        async Task<HttpResponseMessage> Bring(HttpClient by, byte[] bytes, string type = "image/png", string alt = "A%20dot")
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new(type) } };
            return await by.PostAsync("/api/v1/ideas/images?alt=" + alt, content);
        }

        var image = (await (await Bring(author, Pixel)).Content.ReadFromJsonAsync<IdeaImageView>(Json.Options))!;
        Assert.Equal((1, 1, "A dot"), (image.Width, image.Height, image.Alt));
        var answer = await author.GetAsync(image.Address);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(image.Address)).StatusCode); // nobody has posted it yet
        Assert.Equal(HttpStatusCode.Unauthorized, (await Bring(stranger, Pixel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Bring(author, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Bring(author, Pixel, alt: "")).StatusCode);
        author.DefaultRequestHeaders.ExpectContinue = true; // hears of the refusal before it sends what is refused
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Bring(author, new byte[BringImage.MaxBytes + 2])).StatusCode);
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/webp")]
    [InlineData("image/png")]
    public async Task What_a_real_encoder_made_is_shown_by_a_real_browser(string type)
    {
        await using var server = await HearthServer.Start();
        var page = await browser.Open(server, await server.Somebody(Role.Community), 390);
        await page.GotoAsync("/ideas/new");
        var drawn = await page.EvaluateAsync<string>(
            "type => { const c = document.createElement('canvas'); c.width = 320; c.height = 200; const x = c.getContext('2d'); x.fillStyle = 'teal'; x.fillRect(20, 20, 200, 100); return c.toDataURL(type).split(',')[1]; }", type);
        await page.FillAsync("[name='Input.Title']", "A lid that locks");
        await page.FillAsync("[name='Input.What']", "A lid that locks, see the drawing.");
        await page.SetInputFilesAsync("#picture", new Microsoft.Playwright.FilePayload { Name = "lid", MimeType = type, Buffer = Convert.FromBase64String(drawn) });
        await page.FillAsync("[name='Input.Alt']", "A drawing of the lid");
        await page.ClickAsync("text=Add the picture");
        Assert.Equal(320, await page.Locator(".pictures img").EvaluateAsync<int>("async i => { await i.decode(); return i.naturalWidth; }"));
        await page.ClickAsync("text=Post it");
        await Browser.Arrived(page, "/ideas/[0-9a-f-]{36}$");
        Assert.Equal(200, await page.Locator("article .pictures img").EvaluateAsync<int>("async i => { await i.decode(); return i.naturalHeight; }"));
        Assert.Equal([], await Browser.Violations(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task With_a_script_the_preview_comes_without_leaving_the_form()
    {
        await using var server = await HearthServer.Start();
        var ana = await server.Somebody(Role.Community);
        var idea = await Post(server, ana);
        var page = await browser.Open(server, ana);
        await page.GotoAsync($"/ideas/{idea.Value}");
        await page.FillAsync("[name='Input.Body']", "So **loud** <img src=x onerror=alert(1)>");
        await page.ClickAsync("text=Look at it");
        Assert.Equal("loud", await page.Locator(".preview strong").InnerTextAsync());
        Assert.Equal(0, await page.Locator(".preview img").CountAsync());
        Assert.Equal("So **loud** <img src=x onerror=alert(1)>", await page.InputValueAsync("[name='Input.Body']"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_idea_that_builds_on_another_leads_there_and_back()
    {
        await using var server = await HearthServer.Start();
        var idea = await Post(server, await server.Somebody(Role.Community));
        using var author = await server.SignedIn(Role.Community);
        Assert.Contains("Builds on", await author.GetStringAsync($"/ideas/new?on={idea.Value}"));
        var posted = await author.Submit($"/ideas/new?on={idea.Value}", "idea",
            [("Input.Id", Guid.CreateVersion7().ToString()), ("Input.On", idea.Value.ToString()), ("Input.Title", "A lid in red"), ("Input.Category", "general"), ("Input.What", "Easier to find.")]);
        var extension = new Uri(server.Address, posted.Headers.Location!).AbsolutePath;
        Assert.Contains($"href=\"/ideas/{idea.Value}\"", await author.GetStringAsync(extension));
        Assert.Contains($"href=\"{extension}\"", await author.GetStringAsync($"/ideas/{idea.Value}"));
    }

    private static async Task<IReadOnlyList<CommentThread>> Threads(HttpClient reader, IdeaId idea) =>
        (await reader.GetFromJsonAsync<Page<CommentThread>>($"/api/v1/ideas/{idea.Value}/threads", Json.Options))!.Items;

    private static async Task<IdeaId> Post(HearthServer server, Actor author)
    {
        var id = IdeaId.New();
        await server.With<PostIdea, PostedIdea>(p => p.By(author, id, new("A lid that locks", "So that nothing spills.", "general"), default));
        return id;
    }

    private static Task<string> Html(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    private static async Task<HttpResponseMessage> Send(HttpClient visitor, string page, string form, IEnumerable<(string Name, string Value)> fields, byte[] picture)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("_handler", form)).Append(("__af", Token().Match(await visitor.GetStringAsync(page)).Groups[1].Value))) content.Add(new StringContent(value), name);
        var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        content.Add(file, "Picture", "flask.png");
        return await visitor.PostAsync(page, content);
    }

    [GeneratedRegex("name=\"__af\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"Input.Images\" value=\"([^\"]+)\"")]
    private static partial Regex Picture();
}
