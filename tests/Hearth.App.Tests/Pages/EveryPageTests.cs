using Microsoft.Playwright;

namespace Hearth.App.Tests.Pages;

[Collection("pages")]
public sealed class EveryPageTests(Browser browser, DemoServer demo)
{
    private static readonly (int Width, bool Dark)[] Looks = [(1440, false), (1440, true), (390, false), (390, true)];

    /// <summary>Statuses other than 200 that a page answers on purpose.</summary>
    private static readonly Dictionary<string, int> Otherwise = new(StringComparer.Ordinal) { ["/not-there"] = 404, ["/welcome/not-a-link"] = 410, ["/not-allowed"] = 403 };

    /// <summary>WCAG 2.2 AA as far as axe can tell, the content security policy, and nothing wider than the screen.</summary>
    [Fact]
    public async Task Every_page_opens_fits_and_is_accessible_in_both_themes_and_widths()
    {
        var page = await browser.Open(demo.Server, demo.Owner);
        var wrong = new List<string>();
        var at = "";
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)) wrong.Add($"{at}: {message.Text}"); };
        page.PageError += (_, error) => wrong.Add($"{at}: {error}");
        var pages = await demo.Pages(page);
        foreach (var path in pages)
        {
            at = path;
            await page.SetViewportSizeAsync(1440, 900);
            var answer = await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            if (answer!.Status != Otherwise.GetValueOrDefault(path, 200)) wrong.Add($"{path}: answered {answer.Status}");
            foreach (var (width, dark) in Looks)
            {
                at = $"{path} {width}{(dark ? " dark" : "")}";
                await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
                await page.SetViewportSizeAsync(width, 900);
                var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (over > 0) wrong.Add($"{at}: {over} px wider than the screen");
                wrong.AddRange((await Browser.Violations(page)).Select(v => $"{at}: {v}"));
            }
        }

        Assert.True(wrong.Count == 0, $"{pages.Count} pages, {wrong.Count} faults:\n" + string.Join("\n", wrong));
        Assert.True(pages.Count > 35, $"only {pages.Count} pages were found");
    }

    /// <summary>Pictures of all pages, for people to look at, into the folder that HEARTH_PICTURES names (docs/screenshots sets it).</summary>
    [Fact]
    public async Task Every_page_can_be_pictured()
    {
        var folder = Environment.GetEnvironmentVariable("HEARTH_PICTURES");
        var full = Environment.GetEnvironmentVariable("HEARTH_PICTURES_FULL") == "1";
        var page = await browser.Open(demo.Server, demo.Owner);
        var only = Environment.GetEnvironmentVariable("HEARTH_PICTURES_ONLY") is { Length: > 0 } paths ? paths.Split(' ') : null;
        var pages = folder is null ? ["/"] : only ?? await demo.Pages(page);
        foreach (var path in pages)
        {
            await page.SetViewportSizeAsync(1440, 900);
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            foreach (var (width, dark) in Looks)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
                await page.SetViewportSizeAsync(width, width == 390 ? 844 : 900);
                var picture = await page.ScreenshotAsync(new() { FullPage = full, Path = folder is null ? null : Path.Combine(folder, $"{(only is null ? Name(path) : Array.IndexOf(only, path).ToString(System.Globalization.CultureInfo.InvariantCulture))}-{width}{(dark ? "-dark" : "")}.png") });
                Assert.NotEmpty(picture);
            }
        }
    }

    // "/fix/0198..." becomes "fix-one", whatever the id.
    private static string Name(string path)
    {
        var parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "today" : string.Join('-', parts.Select((p, i) => i > 0 && p.Any(char.IsAsciiDigit) ? "one" : p));
    }
}
