using System.Reflection;
using Hearth.Governance;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Pages;

/// <summary>What somebody sees who has just installed it.</summary>
[Collection("browser")]
public sealed class EmptyHouseTests(Browser browser)
{
    /// <summary>Pages that are not for the owner of a house: they refuse, or ask for something else first.</summary>
    private static readonly string[] Apart = ["/not-allowed", "/sign-in/code", "/ideas/desk/raise"];

    [Fact]
    public async Task Every_page_of_an_empty_house_opens_is_accessible_and_says_what_to_do_next()
    {
        await using var server = await HearthServer.Start();
        var page = await browser.Open(server, await server.Somebody(department: Department.Marketing));
        var wrong = new List<string>();
        var pages = typeof(Shared.Document).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template)
            .Where(template => !template.Contains('{')).Except(Apart).Order(StringComparer.Ordinal).ToList();
        foreach (var path in pages)
        {
            await page.SetViewportSizeAsync(1440, 900);
            var answer = await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            if (answer!.Status != 200) wrong.Add($"{path}: answered {answer.Status}");
            if (await page.Locator("main form:not([method=get]), main a[href], main .nothing-text").CountAsync() == 0) wrong.Add($"{path}: says nothing of what to do");
            if (await page.Locator("main .nothing:not(:has(.nothing-text))").CountAsync() is var silent and > 0 && path != "/") wrong.Add($"{path}: {silent} empty places that do not say what would fill them");
            wrong.AddRange((await Browser.Violations(page)).Select(v => $"{path}: {v}"));
            await page.SetViewportSizeAsync(390, 844);
            var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0) wrong.Add($"{path}: {over} px wider than a phone");
            if (Environment.GetEnvironmentVariable("HEARTH_PICTURES") is { } folder)
                await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(folder, "empty" + path.Replace('/', '-') + ".png") });
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(pages.Count > 25, $"only {pages.Count} pages were found");
    }

    [Fact]
    public async Task The_first_steps_lead_to_the_brands_name_and_are_ticked_once_done()
    {
        await using var server = await HearthServer.Start();
        var page = await browser.Open(server, await server.Somebody(department: Department.Marketing));
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Name the brand" }).ClickAsync();
        await page.GetByLabel("Brand", new() { Exact = true }).FillAsync("Emberly");
        await page.GetByLabel("Brand", new() { Exact = true }).PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Marketing at Emberly")).ToBeVisibleAsync();
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator(".step-done")).ToContainTextAsync("Name the brand");
        await page.GotoAsync("/ideas");
        await Assertions.Expect(page.Locator(".public-head .wordmark")).ToContainTextAsync("Emberly");
    }
}
