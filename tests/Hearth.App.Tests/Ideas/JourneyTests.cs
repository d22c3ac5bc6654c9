using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Storms;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Ideas;

/// <summary>What somebody of the public does from the first look to an answer, in a real browser.</summary>
[Collection("browser")]
public sealed class JourneyTests(Browser browser)
{
    [Theory]
    [InlineData(true, 1440)]
    [InlineData(true, 390)]
    [InlineData(false, 1440)]
    [InlineData(false, 390)]
    public async Task Somebody_reads_promotes_posts_comments_and_answers_a_storm_with_and_without_scripts_at_a_desk_and_on_a_phone(bool scripts, int width)
    {
        await using var server = await HearthServer.Start();
        var board = await Board.Of(server);
        var page = await browser.Open(server, await server.Somebody(Role.Community, name: "Ana Fox"), width, scripts: scripts);

        // Reads, and asks why it stands there.
        await page.GotoAsync("/ideas");
        await page.GetByRole(AriaRole.Link, new() { Name = "A lid that locks", Exact = true }).ClickAsync();
        await Browser.Arrived(page, $"/ideas/{board.Lid.Value}$");
        await page.GetByText("Why is this here?").ClickAsync();
        await Assertions.Expect(page.Locator(".why-body")).ToContainTextAsync("of the popular list");

        // Promotes, and takes it back.
        await page.GetByRole(AriaRole.Button, new() { Name = "Promote “A lid that locks”" }).ClickAsync();
        await Assertions.Expect(page.Locator(".vote-points").First).ToContainTextAsync("20");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Promote “A lid that locks”" });
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await button.ClickAsync();
        await Assertions.Expect(page.Locator(".vote-points").First).ToContainTextAsync("10");

        // Speaks below it.
        await page.GetByLabel("Your comment").FillAsync("Mine leaks *too*.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".comments em")).ToHaveTextAsync("too");

        // Posts an idea much like another, is asked whether it is that one, and posts it all the same.
        await page.GotoAsync("/ideas/new");
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("A lid that locks");
        await page.GetByLabel("What should there be?").FillAsync("A lid with a lock that holds upside down.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Is it one of these?" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Post mine all the same" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("A lid that locks");
        Assert.DoesNotContain(board.Lid.Value.ToString(), page.Url);

        // Answers a question of the brand.
        await page.GotoAsync("/ideas/storms");
        await page.GetByRole(AriaRole.Link, new() { Name = "What should your next pack do?" }).ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Stand by itself");
        await page.GetByLabel("Your idea").FillAsync("So that it does not fall into the mud.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post it into this storm" }).ClickAsync();
        await Assertions.Expect(page.Locator(".idea h2").First).ToHaveTextAsync("Stand by itself");
        await Assertions.Expect(page.Locator("[data-tally=ideas]")).ToHaveTextAsync("1");

        // Looks what came of it all, and at the ideas behind a number.
        await page.GotoAsync("/ideas/in-action");
        await page.Locator("a.tile").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("3 ideas submitted");
        await Assertions.Expect(page.Locator(".in-action li")).ToHaveCountAsync(3);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_promotes_comments_and_posts_with_the_keyboard_alone()
    {
        await using var server = await HearthServer.Start();
        var board = await Board.Of(server);
        var page = await browser.Open(server, await server.Somebody(Role.Community, name: "Ana Fox"));
        await page.GotoAsync("/ideas");

        await Browser.TabTo(page, "button[name=stance][value=Promote]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".vote-points").First).ToContainTextAsync("20");
        await Browser.Loaded(page); // a key pressed while the page that the vote led to is still coming may meet nothing
        await Browser.TabTo(page, $".idea h2 a[href='/ideas/{board.Lid.Value}']");
        await page.Keyboard.PressAsync("Enter");
        await Browser.Arrived(page, $"/ideas/{board.Lid.Value}$");
        await Browser.TabTo(page, ".why summary");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".why-body")).ToBeVisibleAsync();
        await Browser.TabTo(page, "#comments textarea");
        await page.Keyboard.TypeAsync("Mine leaks too.");
        await Browser.TabTo(page, "#comments button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".comments")).ToContainTextAsync("Mine leaks too.");

        await page.GotoAsync("/ideas/new");
        await page.Locator("[name='Input.Title']").WaitForAsync();
        await page.Locator("[name='Input.Title']").FocusAsync();
        await page.Keyboard.TypeAsync("Solar panels for tents");
        await Browser.TabTo(page, "[name='Input.What']");
        await page.Keyboard.TypeAsync("Panels sewn into the roof of the tent.");
        await Browser.TabTo(page, "form.idea-form button.btn-primary");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Solar panels for tents");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_tally_of_a_storm_changes_while_one_looks_and_still_does_where_events_do_not_come_through()
    {
        await using var server = await HearthServer.Start();
        var board = await Board.Of(server);
        var author = await server.Somebody(Role.Community);
        foreach (var events in new[] { true, false })
        {
            var page = await browser.Open(server);
            if (!events) await page.Context.AddInitScriptAsync("delete window.EventSource; const every = setInterval; window.setInterval = (what) => every(what, 200);");
            await page.GotoAsync($"/ideas/storms/{board.Storm.Value}");
            var before = int.Parse((await page.Locator("[data-tally=ideas]").TextContentAsync())!, System.Globalization.CultureInfo.InvariantCulture);
            await server.With<PostIntoStorm>(p => p.By(author, board.Storm, IdeaId.New(), "Float on water", "So that it can cross rivers.", default));
            await Assertions.Expect(page.Locator("[data-tally=ideas]")).ToHaveTextAsync($"{before + 1}");
            await Assertions.Expect(page.Locator("[data-tally=leading] a").First).ToHaveTextAsync("Float on water");
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Somebody_of_the_brand_asks_a_question_and_says_what_will_be_done_without_a_script()
    {
        await using var server = await HearthServer.Start();
        var page = await browser.Open(server, await server.Somebody(Role.Agent, Department.Product, "Priya Nair"), scripts: false);
        await page.GotoAsync("/ideas/desk/storms");
        await page.GetByLabel("Question").FillAsync("What should your next pack do?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What should your next pack do?");
        await page.GotoAsync($"/ideas/desk/storms/{page.Url.Split('/')[^1]}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It can be summed up once it is over.");
        await page.Context.CloseAsync();
    }

    private sealed record Board(IdeaId Lid, StormId Storm)
    {
        public static async Task<Board> Of(HearthServer server)
        {
            var lid = IdeaId.New();
            var author = await server.Somebody(Role.Community, name: "Ben Ode");
            Assert.IsType<PostedIdea.Stands>(await server.With<PostIdea, PostedIdea>(p => p.By(author, lid, new("A lid that locks", "So that nothing spills in the pack.", "general"), default)));
            await server.With<CastVote>(v => v.For(author, lid, Stance.Promote, default));
            var agent = await server.Somebody(Role.Agent, Department.Product, "Priya Nair");
            var storm = StormId.New();
            var now = TimeProvider.System.GetUtcNow();
            Assert.IsType<OpenedStorm.Stands>(await server.With<OpenStorm, OpenedStorm>(o => o.By(agent, storm, new("What should your next pack do?", "We build it *this* winter.", "general", now, now.AddDays(3)), default)));
            return new(lid, storm);
        }
    }
}
