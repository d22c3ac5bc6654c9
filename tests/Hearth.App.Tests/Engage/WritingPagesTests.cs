using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.App.Desk.Engage;
using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;

namespace Hearth.App.Tests.Engage;

/// <summary>Saved replies, drafts, macros and commands, without a script.</summary>
public sealed class WritingPagesTests
{
    [Fact]
    public async Task A_saved_reply_is_written_inserted_and_its_draft_is_there_after_a_restart_of_the_browser()
    {
        await using var server = await HearthServer.Start();
        var talk = await EngageTests.Said(server, "ann", "Where is my parcel?");
        var who = await server.Somebody(Role.Agent);
        using var ada = await server.SignedIn(who);
        var wrong = await ada.Submit("/engage/saved-replies/new", "save", [("Input.Title", "Late"), ("Input.DefaultLanguage", "en"), ("Input.Texts[0].Language", "en"), ("Input.Texts[0].Text", "Hi {nmae}")]);
        Assert.Contains("{nmae} is no variable", await wrong.Content.ReadAsStringAsync());
        var kept = await ada.Submit("/engage/saved-replies/new", "save",
            [("Input.Title", "Late"), ("Input.DefaultLanguage", "en"), ("Input.Texts[0].Language", "en"), ("Input.Texts[0].Text", "Hi {name}, it leaves tonight."), ("Input.Texts[1].Language", ""), ("Input.Texts[1].Text", "")]);
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        var reply = Assert.Single(await server.With<SavedReplies, IReadOnlyList<SavedReplyView>>(s => s.All(default)));
        Assert.Contains("Hi {name}, it leaves tonight.", await ada.GetStringAsync($"/engage/saved-replies/{reply.Id.Value}"));

        var page = $"/engage/{talk.Value}";
        Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit(page, "reply", [("Answer.Version", "0"), ("Answer.Text", "Dear Ann!"), ("Answer.Saved", reply.Id.Value.ToString()), ("Answer.Do", "insert")])).StatusCode);
        using var elsewhere = await server.SignedIn(who);
        var html = WebUtility.HtmlDecode(await elsewhere.GetStringAsync(page));
        Assert.Contains("Dear Ann!\nHi ann, it leaves tonight.</textarea>", html);
        Assert.Contains("Draft kept", html);
        using var ben = await server.SignedIn(await server.Somebody(Role.Agent, name: "Ben Costa"));
        var his = await ben.GetStringAsync(page);
        Assert.DoesNotContain("Dear Ann!", his);
        Assert.Contains("Ada Lovelace has begun an answer", his);
        Assert.Contains("Ada Lovelace is looking", his);

        Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit(page, "reply", [("Answer.Version", "0"), ("Answer.Text", "Hi ann, it leaves tonight.")])).StatusCode);
        Assert.DoesNotContain("has begun an answer", await ben.GetStringAsync(page));
    }

    [Fact]
    public async Task Everything_that_the_palette_does_works_as_a_plain_page()
    {
        await using var server = await HearthServer.Start();
        var talk = await EngageTests.Said(server, "ann", "Where is my parcel?");
        var who = await server.Somebody(Role.Agent);
        using var ada = await server.SignedIn(who);
        var macro = await ada.Submit("/engage/macros/new", "save", [("Input.Name", "Late parcel"), ("Input.Steps[0].Act", "Label"), ("Input.Steps[0].Text", "late"), ("Input.Steps[1].Act", ""), ("Input.Steps[2].Act", "Priority"), ("Input.Steps[2].Choice", "Urgent")]);
        Assert.Equal(HttpStatusCode.Redirect, macro.StatusCode);
        var id = Assert.Single(await server.With<Macros, IReadOnlyList<MacroView>>(m => m.All(default))).Id.Value;
        Assert.Contains("set the priority to urgent", await ada.GetStringAsync("/engage/macros"));
        Assert.Contains("Urgent", await ada.GetStringAsync($"/engage/macros/{id}"));

        var page = $"/engage/commands?conversation={talk.Value}";
        Assert.Contains("Run “Late parcel”", WebUtility.HtmlDecode(await ada.GetStringAsync(page + "&q=late%20run")));
        Assert.DoesNotContain("Saved replies</span>", await ada.GetStringAsync(page + "&q=late%20run"));
        foreach (var command in new[] { "macro:" + id, "take", "department:Legal", "snooze:4h", "status:Closed" })
        {
            var answer = await ada.Submit(page, "run", [("Do", command)]);
            Assert.EndsWith($"/engage/{talk.Value}", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        var view = (await server.With<ReadConversation, ConversationView?>(r => r.Of(talk, default)))!;
        Assert.Equal((ConversationStatus.Closed, who.Id, Department.Legal), (view.Status, view.Assignee, view.Department));
        Assert.Equal(["late"], view.Labels);

        var next = await EngageTests.Said(server, "bob", "And mine?");
        Assert.EndsWith($"/engage/{next.Value}?view=mine", (await ada.Submit("/engage", "take-next", [])).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("/engage", (await ada.Submit("/engage", "take-next", [])).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_reads_what_is_saved_and_changes_nothing()
    {
        await using var server = await HearthServer.Start();
        var talk = await EngageTests.Said(server, "ann", "Where is my parcel?");
        using var viewer = await server.SignedIn(Role.Viewer);
        foreach (var page in new[] { "/engage/saved-replies", "/engage/macros", "/engage/commands" }) Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PutAsJsonAsync($"/api/v1/conversations/{talk.Value}/draft", new { text = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync("/api/v1/conversations/next", null)).StatusCode);
        Assert.DoesNotContain("Take the next", await viewer.GetStringAsync("/engage"));
    }

    [Fact]
    public async Task A_program_keeps_replies_and_drafts_takes_the_next_and_runs_macros()
    {
        await using var server = await HearthServer.Start();
        var talk = await EngageTests.Said(server, "ann", "Where is my parcel?");
        using var program = await server.Program("read", "write");
        var made = await program.PostAsJsonAsync("/api/v1/saved-replies", new { title = "Late", texts = new { en = "Hi {first}" } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var reply = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var wrong = await program.PostAsJsonAsync("/api/v1/saved-replies", new { title = "Late", texts = new { en = "Hi {whom}" } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("Hi ann", (await program.GetFromJsonAsync<JsonElement>($"/api/v1/conversations/{talk.Value}/saved-replies/{reply}")).GetProperty("text").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await program.PutAsJsonAsync($"/api/v1/conversations/{talk.Value}/draft", new { text = "Dear Ann" })).StatusCode);
        Assert.Equal("Dear Ann", (await program.GetFromJsonAsync<JsonElement>($"/api/v1/conversations/{talk.Value}/draft")).GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.OK, (await program.PutAsJsonAsync($"/api/v1/conversations/{talk.Value}/presence", new { answering = true })).StatusCode);
        Assert.True((await program.GetFromJsonAsync<JsonElement>($"/api/v1/conversations/{talk.Value}/presence"))[0].GetProperty("isAnswering").GetBoolean());

        var macro = await program.PostAsJsonAsync("/api/v1/macros", new { name = "Done", steps = new[] { new { act = "close" } } });
        var id = (await macro.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        Assert.Equal(talk.Value, (await (await program.PostAsync("/api/v1/conversations/next", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversation").GetGuid());
        Assert.Equal(HttpStatusCode.Conflict, (await program.PostAsync("/api/v1/conversations/next", null)).StatusCode);
        var ran = await (await program.PostAsJsonAsync($"/api/v1/macros/{id}/runs", new { conversations = new[] { talk.Value } })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(ran[0].GetProperty("steps")[0].GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task Beside_a_conversation_stand_its_whole_thread_its_pictures_and_the_products_it_names()
    {
        await using var server = await HearthServer.Start();
        await server.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("HF-1", "Hush flask"), default));
        var source = await server.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var at = TimeProvider.System.GetUtcNow();
        IncomingPost Post(string id, string author, string text, string? answers = null) => new(id, text, at.AddSeconds(answers is null ? 0 : 1), new(author, author, author), ParentId: answers, RootId: answers is null ? null : "root", Followers: 4_200);
        await server.With<ReceiveMentions, Received>(r => r.Run(source,
            [Post("root", "ann", "My Hush flask leaks and I hate it") with { Carries = [new("image", "A puddle below a flask", null), new("video", null, null)] }, Post("two", "bob", "Mine is fine", "root"), Post("three", "cat", "Told you so", "two")], new Receiving(Engage: true), default));
        await server.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["three"]), default));
        await server.Settle();
        var talk = Assert.Single((await server.With<ListConversations, Platform.Page<InboxRow>?>(l => l.Of(new(InboxView.All), null, 10, default)))!.Items, r => r.Name == "ann").Id;
        using var ada = await server.SignedIn(Role.Agent);

        var html = WebUtility.HtmlDecode(await ada.GetStringAsync($"/engage/{talk.Value}"));

        var thread = html[html.IndexOf("class=\"thread\"", StringComparison.Ordinal)..html.IndexOf("id=\"timeline\"", StringComparison.Ordinal)];
        Assert.Contains("Mine is fine", thread);
        Assert.Contains("thread-2", thread);
        Assert.Contains("Removed by its author", thread);
        Assert.DoesNotContain("Told you so", html);
        Assert.Contains("A puddle below a flask", html);
        Assert.Contains("A video, not described by its author", html);
        Assert.Contains("Products named", html);
        Assert.Contains("4,200", html);
    }

    [Fact]
    public async Task Every_key_that_is_shown_is_one_on_which_the_script_acts()
    {
        await using var server = await HearthServer.Start();
        using var visitor = server.Visitor();
        var script = await visitor.GetStringAsync("/keys.js");
        foreach (var key in EngageKeys.Moving.Concat(EngageKeys.Acting).Concat(EngageKeys.Everywhere).Select(k => k.Keys).Where(k => k.Length == 1))
        {
            Assert.Matches("[ ,{]\"?" + System.Text.RegularExpressions.Regex.Escape(key) + "\"?: ", script);
        }
    }
}
