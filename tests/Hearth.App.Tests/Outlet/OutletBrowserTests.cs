using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Outlet;

[Collection("browser")]
public class OutletBrowserTests(Browser browser)
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("HEARTH_TEST_SHOTS");
    private readonly List<string> _wrong = [];

    [Fact]
    public async Task A_follower_goes_from_link_to_page_to_code_and_no_page_of_the_outlet_breaks_accessibility()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server);
        await OutletHttpTests.Offer(server, 3, "STV-010", "Trailfire stove", 15, 8900, 5900);
        await OutletHttpTests.Offer(server, 12, "PAK-028", "Ridge 28 backpack", 15, 11900, 7900);
        var quick = await OutletHttpTests.Offer(server, 1, "KET-009", "Whistle kettle", 15, 3900, 1900);
        await server.With<HoldUnit, Held>(s => s.For(ClaimId.New(), quick.Id, VisitorId.New(), "early@example.org", default));

        var fan = await browser.Open(server);
        await fan.GotoAsync("/l/" + offer.Link);
        Assert.EndsWith("/outlet/" + offer.Slug, fan.Url, StringComparison.Ordinal);
        await Seen(fan, "outlet-offer");
        await fan.FillAsync("[name='Input.Contact']", "fan@example.org");
        await fan.ClickAsync("button:has-text('Hold one for')");
        await fan.WaitForSelectorAsync("text=One is kept for you");
        await fan.WaitForFunctionAsync("() => /^1[45]:\\d\\d$/.test(document.querySelector('.countdown').textContent)");
        await Seen(fan, "outlet-held");
        await fan.ClickAsync("text=Get my code");
        await fan.WaitForSelectorAsync("text=It is yours");
        await Seen(fan, "outlet-code");
        await fan.GotoAsync("/outlet");
        await Seen(fan, "outlet");
        await fan.GotoAsync("/outlet/" + quick.Slug);
        await Seen(fan, "outlet-sold-out");
        Assert.Empty(_wrong);
    }

    [Fact]
    public async Task A_merchandiser_counts_offers_publishes_and_reads_what_it_earned()
    {
        await using var server = await HearthServer.Start();
        var desk = await browser.Open(server, await server.Somebody(Role.Agent, Department.Marketing, "Mara Lindqvist"));
        await desk.GotoAsync("/offer");
        await Seen(desk, "offer-empty");
        await desk.GotoAsync("/offer/stock");
        await desk.SetInputFilesAsync("#file", new FilePayload
        {
            Name = "stock.csv", MimeType = "text/csv",
            Buffer = "sku,title,condition,quantity,list_price,price,currency\nLAN-400,Beacon 400 lantern,refurbished,40,69.00,44.00,EUR\nSTV-010,Trailfire stove,returned,12,89.00,59.00,EUR\nBAD,Bag,lost,1,1,1,EUR\n"u8.ToArray(),
        });
        await desk.ClickAsync("button:has-text('Import')");
        await desk.WaitForSelectorAsync("text=3 rows read: 2 kept");
        await Seen(desk, "offer-stock");

        await desk.ClickAsync("[aria-label='Offer Beacon 400 lantern']");
        await desk.FillAsync("[name='Input.Units']", "25");
        await Seen(desk, "offer-new");
        await desk.FillAsync("[name='Input.Closes']", "2020-01-01T00:00");
        await desk.ClickAsync("button:has-text('Save the draft')");
        await desk.WaitForSelectorAsync("text=must be after the opening");
        await desk.FillAsync("[name='Input.Closes']", TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await desk.ClickAsync("button:has-text('Save the draft')");
        await desk.ClickAsync("button:has-text('Publish')");
        await desk.WaitForSelectorAsync("text=the units are set aside");
        var offer = (await server.With<ReadOffers, Page<OfferView>?>(s => s.List([], null, null, default)))!.Items[0];

        var click = (await server.With<FollowLink, Followed?>(s => s.By(offer.Link, null, "Mozilla/5.0 Firefox/140.0", null, "https://bsky.app/", default)))!;
        await server.With<HoldUnit, Held>(s => s.For(ClaimId.New(), offer.Id, click.Visitor!.Value, "fan@example.org", default));
        for (var i = 0; i < 4; i++)
        {
            await server.With<PlaceOrder, Placed>(s => s.Take(new($"A{i}", TimeProvider.System.GetUtcNow(), [new("LAN-400", 1, new(4400, "EUR")), new("PAK-028", 1, new(11900 + i, "EUR"))], Click: i < 3 ? click.Click : null), default));
        }

        await server.With<RefundOrder, Refunded>(s => s.Take(new("A0", "R1", TimeProvider.System.GetUtcNow(), [new(2, new(1900, "EUR"))]), default));
        await server.Settle();
        await desk.ReloadAsync();
        await Seen(desk, "offer-one");
        await desk.GotoAsync("/offer");
        await Seen(desk, "offer");
        await desk.GotoAsync($"/offer/stock/{offer.Item.Value}");
        await Seen(desk, "offer-ledger");
        await desk.GotoAsync("/offer/orders");
        await Seen(desk, "offer-orders");
        await desk.ClickAsync("a:text-is('A0')");
        await desk.WaitForSelectorAsync("text=Lines and their credit");
        await Seen(desk, "offer-order");
        await desk.GotoAsync("/learn");
        await desk.WaitForSelectorAsync("text=By offer");
        await Seen(desk, "learn");
        await desk.ClickAsync("text=direct: offered items");
        await desk.WaitForSelectorAsync("text=sum of all lines below");
        Assert.Contains("132.00 EUR", await desk.InnerTextAsync(".tiles"), StringComparison.Ordinal);
        await Seen(desk, "learn-credits");
        Assert.Empty(_wrong);
    }

    // What axe finds at both widths, in light and dark; pictures for a person to look at when a folder is named.
    private async Task Seen(IPage page, string name)
    {
        foreach (var (width, dark) in new[] { (1440, false), (390, false), (390, true), (1440, true) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
            foreach (var violation in await Browser.Violations(page)) _wrong.Add($"{name} at {width}: {violation}");
            if (!await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")) _wrong.Add($"{name} scrolls sideways at {width}");
        }

        await page.SetViewportSizeAsync(1440, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
