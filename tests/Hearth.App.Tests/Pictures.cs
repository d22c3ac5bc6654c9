using Hearth.Governance;
using Microsoft.Playwright;

namespace Hearth.App.Tests;

/// <summary>
/// Pictures of pages, for people to look at and for the docs. Runs only when HEARTH_PICTURES names a folder (docs/screenshots sets it), since pictures assert nothing.
/// HEARTH_PICTURES_OF may name a running server ("http://127.0.0.1:7070 /sign-in/...") whose data should be on them; else the pages are empty.
/// </summary>
[Collection("browser")]
public sealed class Pictures(Browser browser)
{
    /// <summary>Every page that opens without an id.</summary>
    public static readonly string[] Console =
        ["/", "/listen", "/listen/queries", "/listen/sources", "/engage", "/fix", "/offer", "/offer/stock", "/ideas/desk", "/learn", "/council", "/council/people", "/council/keys", "/council/channels", "/council/record", "/account"];

    public static readonly string[] Public = ["/sign-in", "/sign-up", "/outlet", "/ideas", "/not-there"];

    [Fact]
    public async Task Of_every_page_in_both_themes_and_widths()
    {
        if (Environment.GetEnvironmentVariable("HEARTH_PICTURES") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody();
        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (390, false), (390, true) })
        {
            var page = await browser.Open(server, ada, width, dark);
            foreach (var path in Console.Concat(Public))
            {
                await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{Name(path)}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
            }

            await page.Context.CloseAsync();
        }
    }

    private static string Name(string path) => path == "/" ? "today" : path.Trim('/').Replace('/', '-');
}
