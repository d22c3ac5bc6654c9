using Hearth.App.Desk.Engage;
using Hearth.Conversations;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Engage;

/// <summary>Two of ours at the same inbox, each in a browser of their own.</summary>
[Collection("browser")]
public sealed class TwoBrowsersTests(Browser browser)
{
    private sealed record Two(HearthServer Server, SourceId Source, IPage Ada, IPage Ben) : IAsyncDisposable
    {
        public async Task<ConversationId> Says(string author, string text, string? id = null, string? inThread = null)
        {
            id ??= Guid.NewGuid().ToString("N");
            var post = new IncomingPost(id, text, TimeProvider.System.GetUtcNow(), new(author, author + ".example", author), null, "en", inThread, inThread);
            await Server.With<ReceiveMentions, Received>(r => r.Run(Source, [post], new Receiving(Engage: true), default));
            await Server.Settle();
            return Assert.Single((await Server.With<ListConversations, Platform.Page<InboxRow>?>(l => l.Of(new(InboxView.All), null, 10, default)))!.Items, r => r.Name == author).Id;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private async Task<Two> Open(int width = 1440)
    {
        var server = await HearthServer.Start();
        var source = await server.With<Sources, SourceId>(s => s.ForFile("posts", default));
        return new(server, source, await browser.Open(server, await server.Somebody(Role.Agent, name: "Ada Lovelace"), width), await browser.Open(server, await server.Somebody(Role.Agent, name: "Ben Costa"), width, dark: true));
    }

    [Fact]
    public async Task They_see_each_other_and_the_second_answer_stops_and_shows_the_first()
    {
        await using var desk = await Open();
        var talk = await desk.Says("ann", "Where is my parcel?", id: "root");
        await desk.Ada.GotoAsync($"/engage/{talk.Value}");
        await desk.Ben.GotoAsync($"/engage/{talk.Value}");
        await Assertions.Expect(desk.Ada.Locator("#here")).ToContainTextAsync("Ben Costa is looking");
        await Assertions.Expect(desk.Ben.Locator("#here")).ToContainTextAsync("Ada Lovelace is looking");

        var (hers, his) = (desk.Ada.Locator("textarea[name='Answer.Text']"), desk.Ben.Locator("textarea[name='Answer.Text']"));
        await hers.PressSequentiallyAsync("It leaves");
        await Assertions.Expect(desk.Ben.Locator("#here")).ToContainTextAsync("Ada Lovelace is writing an answer");
        await his.PressSequentiallyAsync("Let me look");
        await Assertions.Expect(desk.Ben.Locator("[data-draft-state]")).ToContainTextAsync("Draft kept");

        // The person writes again while both write: it appears before both, and nobody's words are touched.
        await desk.Says("ann", "Hello? Anybody?", inThread: "root");
        foreach (var page in new[] { desk.Ada, desk.Ben }) await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("Hello? Anybody?");
        await Assertions.Expect(hers).ToHaveValueAsync("It leaves");

        await hers.PressSequentiallyAsync(" tonight.");
        await desk.Ada.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Ada.Locator(".said-us")).ToContainTextAsync("It leaves tonight.");
        await Assertions.Expect(desk.Ben.Locator("#timeline .said-us")).ToContainTextAsync("It leaves tonight."); // without a reload
        await Assertions.Expect(desk.Ben.Locator("#meanwhile")).ToContainTextAsync("Somebody answered while you write");
        await Assertions.Expect(his).ToHaveValueAsync("Let me look");

        await his.FocusAsync();
        await desk.Ben.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Ben.Locator("#answered")).ToContainTextAsync("Ada Lovelace answered");
        await Assertions.Expect(desk.Ben.Locator("textarea[name='Answer.Text']")).ToHaveValueAsync("Let me look");
        await Assertions.Expect(desk.Ben.Locator(".said-us")).ToHaveCountAsync(1);

        await desk.Ben.ReloadAsync();
        await Assertions.Expect(desk.Ben.Locator("textarea[name='Answer.Text']")).ToHaveValueAsync("Let me look"); // the draft
        foreach (var page in new[] { desk.Ada, desk.Ben }) Assert.Empty(await Browser.Violations(page));
    }

    [Fact]
    public async Task What_arrives_shows_in_the_list_of_both_and_of_two_who_take_the_next_each_gets_their_own()
    {
        await using var desk = await Open();
        await desk.Says("ann", "Where is my parcel?");
        await desk.Ada.GotoAsync("/engage");
        await desk.Ben.GotoAsync("/engage");
        await Assertions.Expect(desk.Ada.Locator("#live[data-connected]")).ToHaveCountAsync(1);
        await desk.Says("bob", "And mine?");
        foreach (var page in new[] { desk.Ada, desk.Ben })
        {
            await Assertions.Expect(page.Locator(".inbox-row")).ToHaveCountAsync(2);
            await Assertions.Expect(page.Locator(".inbox-rows")).ToContainTextAsync("And mine?");
        }

        await Task.WhenAll(desk.Ada.Keyboard.PressAsync("n"), desk.Ben.Keyboard.PressAsync("n"));
        foreach (var page in new[] { desk.Ada, desk.Ben }) await Browser.Arrived(page, "/engage/[^/]*view=mine$");
        Assert.NotEqual(new Uri(desk.Ada.Url).AbsolutePath, new Uri(desk.Ben.Url).AbsolutePath);
    }

    [Fact]
    public async Task A_whole_answer_is_given_with_keys_alone_from_the_list_to_the_next_person()
    {
        await using var desk = await Open();
        await desk.Says("ann", "Where is my parcel?");
        var bob = await desk.Says("bob", "And mine?");
        var page = desk.Ada;
        await page.GotoAsync("/engage");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator(".inbox-row").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        await Browser.Arrived(page, $"/engage/{bob.Value}[^/]*$"); // the latest stands first
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("took it");
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("Hello Bob, jklm?");
        await Assertions.Expect(page.Locator("textarea[name='Answer.Text']")).ToHaveValueAsync("Hello Bob, jklm?"); // letters are letters there
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".said-us")).ToContainTextAsync("Hello Bob, jklm?");
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.TypeAsync("Asked");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".labels")).ToContainTextAsync("asked");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        foreach (var key in EngageKeys.Moving.Concat(EngageKeys.Acting).Concat(EngageKeys.Everywhere).Select(k => k.Keys)) await Assertions.Expect(page.Locator("#keys kbd", new() { HasTextRegex = new($"^{System.Text.RegularExpressions.Regex.Escape(key)}$") }).First).ToBeVisibleAsync();
        Assert.Empty(await Browser.Violations(page));
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("close");
        await Assertions.Expect(page.Locator("#palette")).ToContainTextAsync("Close");
        Assert.Empty(await Browser.Violations(page));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("closed it");
        await page.Keyboard.PressAsync("n");
        await Browser.Arrived(page, "/engage/[^/]*view=mine$");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("ann");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_pages_of_what_is_kept_are_open_to_everybody(int width)
    {
        await using var desk = await Open(width);
        var talk = await desk.Says("ann", "Where is my parcel?");
        var ada = await desk.Server.Somebody(Role.Agent);
        var reply = (KeptSavedReply.Done)await desk.Server.With<SavedReplies, KeptSavedReply>(s => s.Add(new("Late", "en", new Dictionary<string, string?> { ["en"] = "Hi {name}", ["de"] = "Hallo {name}" }), ada, default));
        var macro = (KeptMacro.Done)await desk.Server.With<Macros, KeptMacro>(m => m.Add(new("Late", [new(MacroAct.Label, "late"), new(MacroAct.SavedReply, reply.Reply.Id.Value.ToString())]), ada, default));
        foreach (var address in new[] { "/engage/saved-replies", "/engage/saved-replies/new", $"/engage/saved-replies/{reply.Reply.Id.Value}", "/engage/macros", "/engage/macros/new", $"/engage/macros/{macro.Macro.Id.Value}", "/engage/commands", $"/engage/commands?conversation={talk.Value}", "/engage" })
        {
            foreach (var page in new[] { desk.Ada, desk.Ben }) // light and dark
            {
                await page.GotoAsync(address);
                Assert.Empty(await Browser.Violations(page));
                Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), address + " scrolls sideways");
            }
        }
    }

    [Fact]
    public async Task On_a_phone_a_saved_reply_comes_in_at_the_cursor_and_the_draft_survives()
    {
        await using var desk = await Open(390);
        var talk = await desk.Says("ann", "Where is my parcel?");
        var ada = await desk.Server.Somebody(Role.Agent);
        await desk.Server.With<SavedReplies, KeptSavedReply>(s => s.Add(new("Late", "en", new Dictionary<string, string?> { ["en"] = "Hi {name}, your {product} leaves tonight." }), ada, default));
        var page = desk.Ada;
        await page.GotoAsync($"/engage/{talk.Value}");
        await page.SelectOptionAsync("[name='Answer.Saved']", new SelectOptionValue { Label = "Late" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Insert", Exact = true }).ClickAsync();
        var text = page.Locator("textarea[name='Answer.Text']");
        await Assertions.Expect(text).ToHaveValueAsync("Hi ann, your {product} leaves tonight.");
        await page.Keyboard.TypeAsync("parcel"); // what is missing is selected
        await Assertions.Expect(text).ToHaveValueAsync("Hi ann, your parcel leaves tonight.");
        await Assertions.Expect(page.Locator("[data-draft-state]")).ToContainTextAsync("Draft kept");
        Assert.Empty(await Browser.Violations(page));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("textarea[name='Answer.Text']")).ToHaveValueAsync("Hi ann, your parcel leaves tonight.");
    }
}
