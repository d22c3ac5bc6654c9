using Hearth.Governance;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Engage;

/// <summary>Answering people without a mouse.</summary>
[Collection("browser")]
public sealed class KeyboardTests(Browser browser)
{
    [Fact]
    public async Task Somebody_goes_from_today_to_a_sent_answer_with_the_keyboard_alone()
    {
        await using var server = await HearthServer.Start();
        await EngageTests.Said(server, "ann", "Where is my parcel?");
        var page = await browser.Open(server, await server.Somebody(Role.Agent));
        await page.GotoAsync("/");
        await Browser.TabTo(page, "a[href^='/engage/']");
        await page.Keyboard.PressAsync("Enter");
        await Browser.Arrived(page, "/engage/[^/]+$");
        await Browser.TabTo(page, "textarea[name='Answer.Text']");
        await page.Keyboard.TypeAsync("Hello Ann, it leaves tonight.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".said-us")).ToContainTextAsync("it leaves tonight");
        await Assertions.Expect(page.Locator("textarea[name='Answer.Text']")).ToHaveValueAsync("");
    }
}
