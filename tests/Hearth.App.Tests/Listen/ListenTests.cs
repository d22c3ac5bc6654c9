using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hearth.Channels.Webhooks;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Platform;

namespace Hearth.App.Tests.Listen;

public sealed class ListenTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Every_page_of_Listen_is_accessible_with_data_in_both_themes_and_widths()
    {
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody();
        var mention = await Heard(server);
        await server.With<SavedQueries, SavedQuery>(q => q.Add("Parcels", "parcel OR order", default));
        foreach (var (width, dark) in new[] { (1440, false), (390, true) })
        {
            var page = await browser.Open(server, ada, width, dark);
            foreach (var path in (string[])["/listen", "/listen?intent=complaint&topic=delivery-time", "/listen?q=nothing+at+all", $"/listen/mentions/{mention.Value}", "/listen/queries", "/listen/sources"])
            {
                await page.GotoAsync(path);
                Assert.Empty(await Browser.Violations(page));
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width}");
            }

            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_correction_made_on_the_page_stands_there_with_its_author()
    {
        await using var server = await HearthServer.Start();
        var mention = await Heard(server);
        using var agent = await server.SignedIn(Role.Agent);
        var page = $"/listen/mentions/{mention.Value}";

        var answer = await agent.Submit(page, "correct", [("Input.Sentiment", "Neutral"), ("Input.Intents", "Question"), ("Input.Language", "de"), ("Input.Aspects", "price:Negative")]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var html = await agent.GetStringAsync(page);
        Assert.Contains("Ada Lovelace: sentiment from <s>negative</s> to <strong>neutral</strong>", html);
        Assert.Contains("Set by a person.", html);
        using var viewer = await server.SignedIn(Role.Viewer);
        await viewer.Submit(page, "correct", [("Input.Sentiment", "Positive")]);
        Assert.Equal(Sentiment.Neutral, (await server.With<ReadMention, MentionView?>(r => r.Of(mention, default)))!.Sentiment);
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_marked_at_its_character_and_what_was_typed_stays()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);

        var html = WebUtility.HtmlDecode(await (await agent.Submit("/listen/queries", "save", [("Input.Name", "Mine"), ("Input.Text", "parcel AND \"late"), ("Input.Do", "save")])).Content.ReadAsStringAsync());

        Assert.Contains("parcel AND <mark class=\"mark-bad\">\"</mark>late", html);
        Assert.Contains("Character 12: this quote is never closed.", html);
        Assert.Contains("value=\"Mine\"", html);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/listen/queries", "save", [("Input.Name", "Mine"), ("Input.Text", "parcel \"late\""), ("Input.Do", "save")])).StatusCode);
    }

    [Fact]
    public async Task A_webhook_answers_each_fault_by_its_status_and_field()
    {
        await using var server = await HearthServer.Start();
        var hook = (KeptSource.Done)await server.With<Sources, KeptSource>(s => s.Add(Sources.Webhook, "Shop", new Dictionary<string, string>(), null, default));
        using var sender = server.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await Send("""{"text": "Strap tore", "id": "r1"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send("""{"text": "Strap tore"}""", secret: StandardWebhook.NewSecret())).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Send($$"""{"text": "{{new string('x', ReceiveWebhook.MaxBody)}}"}""")).StatusCode);
        var invalid = await Send("""{"posts": [{"text": "x", "at": "soon"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        Assert.True((await invalid.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("posts[0].at", out _));

        async Task<HttpResponseMessage> Send(string body, string? secret = null)
        {
            var (bytes, now) = (Encoding.UTF8.GetBytes(body), TimeProvider.System.GetUtcNow());
            var id = "msg_" + Guid.NewGuid();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sources/{hook.Source.Value}/webhook") { Content = new ByteArrayContent(bytes) };
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", StandardWebhook.Sign(secret ?? hook.Secret!, id, now, bytes));
            return await sender.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_program_reads_what_the_pages_show()
    {
        await using var server = await HearthServer.Start();
        var mention = await Heard(server);
        using var program = await server.Program("read");

        var list = await program.GetFromJsonAsync<JsonElement>("/api/v1/mentions?sentiment=negative&from=2026-01-01&size=10");
        Assert.Equal(mention.Value, list.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal("complaint", list.GetProperty("items")[0].GetProperty("intents")[0].GetString());
        Assert.Equal(1, (await program.GetFromJsonAsync<JsonElement>("/api/v1/mentions/topics?intent=complaint"))[0].GetProperty("mentions").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await program.GetAsync("/api/v1/mentions?sentiment=sad")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.GetAsync("/api/v1/mentions?after=xx")).StatusCode);
        Assert.StartsWith("id,at,source", await program.GetStringAsync("/api/v1/mentions/export.csv"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PatchAsJsonAsync($"/api/v1/mentions/{mention.Value}", new { sentiment = "positive" })).StatusCode);
        var check = await (await program.PostAsJsonAsync("/api/v1/queries/check", new { text = "a \"b" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(2, check.GetProperty("position").GetInt32());
    }

    private static async Task<MentionId> Heard(HearthServer server)
    {
        var at = TimeProvider.System.GetUtcNow();
        var source = await server.With<Sources, SourceId>(s => s.ForFile("Reviews", default));
        await server.With<ReceiveMentions>(r => r.Run(source,
        [
            new("1", "My parcel never arrived, terrible delivery. Where is my order?", at, new("ann", "ann", "Ann")),
            new("2", "Love it, thank you!", at.AddDays(-3), new("ben", "ben")),
        ], new Receiving(), default));
        var page = await server.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Author: "ann"), null, 1, default));
        return page!.Items[0].Id;
    }
}
