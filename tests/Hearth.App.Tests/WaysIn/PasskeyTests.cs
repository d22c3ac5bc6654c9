using Hearth.Governance;
using Microsoft.Playwright;

namespace Hearth.App.Tests.WaysIn;

/// <summary>Chromium's own virtual authenticator makes and shows the passkeys (Chrome DevTools Protocol, domain WebAuthn).</summary>
[Collection("browser")]
public sealed class PasskeyTests(Browser browser)
{
    [Fact]
    public async Task A_passkey_is_added_signs_in_alone_and_is_taken_away()
    {
        await using var server = await HearthServer.Start(); // asked for as localhost: a passkey is for a name, and an address is none (WebAuthn, section 5.1.2)
        var ada = await server.Somebody();
        var page = await browser.Open(server, ada);
        await Device(page);
        await page.GotoAsync(Local(server, "/account"));
        await page.GetByLabel("Name of the passkey").FillAsync("My phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys")).ToContainTextAsync("My phone");
        Assert.Equal("My phone", Assert.Single(await server.With<Passkeys, IReadOnlyList<PasskeyView>>(p => p.Of(ada))).Name);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Local(server, "/sign-in?to=/council"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Browser.Arrived(page, "^[^?]*/council(\\?|$)");

        await page.GotoAsync(Local(server, "/account"));
        await Assertions.Expect(page.Locator("#passkeys")).ToContainTextAsync("My phone");
        await page.Locator("#passkeys").GetByText("Remove").First.ClickAsync();
        await page.Locator("#passkeys button[type=submit]:visible").First.ClickAsync();
        await Assertions.Expect(page.GetByText("My phone is removed.")).ToBeVisibleAsync();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Local(server, "/sign-in"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This passkey is not known here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_who_was_shut_out_is_not_let_in_by_a_passkey()
    {
        await using var server = await HearthServer.Start();
        var (owner, ada) = (await server.Somebody(), await server.Somebody(Role.Agent));
        var page = await browser.Open(server, ada);
        await Device(page);
        await page.GotoAsync(Local(server, "/account"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys")).ToContainTextAsync("added");
        await server.With<ManageStaff, StaffOutcome>(m => m.SetActive(owner, ada.Id, false, default));
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Local(server, "/sign-in"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This passkey is not known here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_a_script_no_passkey_is_offered()
    {
        await using var server = await HearthServer.Start();
        using var visitor = server.Visitor();
        Assert.Matches("<form method=\"post\" action=\"/sign-in/passkey\"[^>]* hidden", await visitor.GetStringAsync("/sign-in"));
        using var nothing = new FormUrlEncodedContent([]);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await visitor.PostAsync("/sign-in/passkey", nothing)).StatusCode);
    }

    private static string Local(HearthServer server, string path) => $"http://localhost:{server.Address.Port}{path}";

    // The session's cookie is of 127.0.0.1; localhost is another host to the browser, so the page signs in there first.
    private static async Task Device(IPage page)
    {
        var cookies = await page.Context.CookiesAsync();
        await page.Context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = "localhost", Path = c.Path }));
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
    }
}
