using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Platform;

namespace Hearth.App.Tests.Engage;

public sealed class EngageTests
{
    [Fact]
    public async Task Two_who_answer_the_same_page_send_one_answer_and_the_second_keeps_the_text()
    {
        await using var server = await HearthServer.Start();
        var talk = await Said(server, "ann", "Where is my parcel?");
        using var ada = await server.SignedIn(await server.Somebody(Role.Agent, name: "Ada Lovelace"));
        using var ben = await server.SignedIn(await server.Somebody(Role.Agent, name: "Ben Costa"));
        var page = $"/engage/{talk.Value}";

        Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit(page, "reply", [("Answer.Version", "0"), ("Answer.Text", "It is on its way")])).StatusCode);
        var late = await ben.Submit(page, "reply", [("Answer.Version", "0"), ("Answer.Text", "Let me look & see")]);

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        var html = await late.Content.ReadAsStringAsync();
        Assert.Contains("Not sent.", html);
        Assert.Contains("Ada Lovelace answered", html);
        Assert.Contains("It is on its way", html);
        Assert.Contains("Let me look &amp; see</textarea>", html);
        Assert.Contains("name=\"Answer.Version\" value=\"1\"", html);
    }

    [Fact]
    public async Task Steps_on_the_page_stand_on_the_timeline_under_the_name_of_who_took_them()
    {
        await using var server = await HearthServer.Start();
        var talk = await Said(server, "ann", "Where is my parcel? <script>alert(1)</script>");
        var who = await server.Somebody(Role.Agent);
        using var ada = await server.SignedIn(who);
        var page = $"/engage/{talk.Value}?view=all&label=late";

        foreach (var (form, fields) in new (string, (string, string)[])[]
        {
            ("claim", []), ("route", [("To.Department", "Legal")]), ("label", [("NewLabel.Text", "Late")]), ("note", [("Note.Text", "be generous")]), ("status-Closed", []),
        })
        {
            var answer = await ada.Submit(page, form, fields);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.EndsWith(page, answer.Headers.Location!.OriginalString, StringComparison.Ordinal); // the filters of the list stay
        }

        var view = (await server.With<ReadConversation, ConversationView?>(r => r.Of(talk, default)))!;
        Assert.Equal(["assigned", "routed", "labelled", null, "closed"], view.Timeline.Where(t => t.By == who.Id).Select(t => t.What));
        Assert.Equal((ConversationStatus.Closed, who.Id, Department.Legal), (view.Status, view.Assignee, view.Department));
        Assert.DoesNotContain("<script>alert", await ada.GetStringAsync(page));
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_changes_nothing()
    {
        await using var server = await HearthServer.Start();
        var talk = await Said(server, "ann", "Where is my parcel?");
        using var viewer = await server.SignedIn(Role.Viewer);

        foreach (var page in new[] { "/engage", $"/engage/{talk.Value}", "/fix", "/fix/catalog", "/fix/catalog/promises", "/fix/catalog/attributes" })
        {
            var html = await viewer.GetStringAsync(page);
            Assert.DoesNotContain("name=\"_handler\"", html);
        }

        Assert.False((await viewer.Submit($"/engage/{talk.Value}", "claim", [])).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"/api/v1/conversations/{talk.Value}/claim", null)).StatusCode);
        using var program = await server.Program("read");
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync($"/api/v1/conversations/{talk.Value}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync($"/api/v1/conversations/{talk.Value}/notes", new { text = "x" })).StatusCode);
    }

    [Fact]
    public async Task A_program_can_do_what_the_pages_do_and_is_told_why_not()
    {
        await using var server = await HearthServer.Start();
        var talk = await Said(server, "ann", "Where is my parcel?");
        using var program = await server.Program("read", "write");
        var at = $"/api/v1/conversations/{talk.Value}";

        Assert.Equal(HttpStatusCode.NoContent, (await program.PutAsync($"{at}/labels/Late%20parcel", null)).StatusCode);
        var list = await program.GetFromJsonAsync<JsonElement>("/api/v1/conversations?view=unassigned&label=late%20parcel");
        Assert.Equal(talk.Value, list.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal(1, (await program.GetFromJsonAsync<JsonElement>("/api/v1/conversations/counts")).GetProperty("waitingForUs").GetInt32());

        Assert.Equal(HttpStatusCode.OK, (await program.PostAsJsonAsync($"{at}/replies", new { text = "On its way", version = 0 })).StatusCode);
        await Refused(await program.PostAsJsonAsync($"{at}/replies", new { text = "Me too", version = 0 }), HttpStatusCode.Conflict, "/problems/answered-meanwhile");
        await Refused(await program.PostAsJsonAsync($"{at}/replies", new { text = " ", version = 1 }), HttpStatusCode.BadRequest, "/problems/invalid");
        await Refused(await program.GetAsync($"/api/v1/conversations/{Guid.NewGuid()}"), HttpStatusCode.NotFound, "/problems/unknown");
        await Refused(await program.GetAsync("/api/v1/conversations?after=nonsense"), HttpStatusCode.BadRequest, "/problems/invalid");

        var gap = new { attribute = "delivery-time", expected = "two days", experienced = "two weeks", owner = "operations" };
        var raised = await program.PostAsJsonAsync("/api/v1/gaps", new { gap, conversation = talk.Value });
        Assert.Equal(HttpStatusCode.Created, raised.StatusCode);
        var made = $"/api/v1/gaps/{(await raised.Content.ReadFromJsonAsync<GapView>(Json.Options))!.Line.Id.Value}";
        await Refused(await program.PostAsJsonAsync($"{made}/moves", new { from = "open", to = "verified" }), HttpStatusCode.Conflict, "/problems/not-that-way");
        await Refused(await program.PostAsJsonAsync($"{made}/moves", new { from = "open", to = "declined" }), HttpStatusCode.BadRequest, "/problems/invalid");
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsJsonAsync($"{made}/moves", new { from = "open", to = "changePlanned" })).StatusCode);
        await Refused(await program.PostAsJsonAsync($"{made}/moves", new { from = "open", to = "declined", why = "no" }), HttpStatusCode.Conflict, "/problems/moved-meanwhile");
    }

    [Fact]
    public async Task A_gap_is_raised_moved_and_declined_on_its_pages()
    {
        await using var server = await HearthServer.Start();
        var talk = await Said(server, "ann", "Where is my parcel?");
        using var ada = await server.SignedIn(Role.Agent);
        (string, string)[] what = [("Input.Attribute", "delivery-time"), ("Input.Expected", "two days"), ("Input.Experienced", "two weeks"), ("Input.Owner", "Operations"), ("Input.Due", "2031-05-06")];

        var incomplete = await ada.Submit($"/fix/new?conversation={talk.Value}", "raise", what[..2]);
        Assert.Contains("Must be a department.", await incomplete.Content.ReadAsStringAsync());
        var raised = await ada.Submit($"/fix/new?conversation={talk.Value}", "raise", what);
        var page = raised.Headers.Location!.OriginalString;

        Assert.Contains("2031-05-06", await ada.GetStringAsync(page));
        Assert.Contains("Must not be empty.", await (await ada.Submit(page, "move-Declined", [("Step.From", "Open"), ("Step.Why", " ")])).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit(page, "move-Declined", [("Step.From", "Open"), ("Step.Why", "The road is closed.")])).StatusCode);
        Assert.Contains("The road is closed.", await ada.GetStringAsync(page));
        Assert.Contains("raised a gap:", await ada.GetStringAsync($"/engage/{talk.Value}"));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync($"/fix/{Guid.NewGuid()}")).StatusCode);
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(type, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    internal static async Task<ConversationId> Said(HearthServer server, string author, string text)
    {
        var source = await server.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var post = new IncomingPost(Guid.NewGuid().ToString("N"), text, TimeProvider.System.GetUtcNow(), new(author, author + ".example", author));
        await server.With<ReceiveMentions, Received>(r => r.Run(source, [post], new Receiving(Engage: true), default));
        await server.Settle();
        return Assert.Single((await server.With<ListConversations, Page<InboxRow>?>(l => l.Of(new(InboxView.All), null, 10, default)))!.Items, r => r.Name == author).Id;
    }
}
