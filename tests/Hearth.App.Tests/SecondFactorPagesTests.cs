using System.Net;
using System.Text.RegularExpressions;
using Hearth.Governance;
using Hearth.Tests.Governance;

namespace Hearth.App.Tests;

public sealed class SecondFactorPagesTests
{
    [Fact]
    public async Task A_code_is_asked_for_once_the_second_factor_is_on_and_a_recovery_code_works_once()
    {
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody();
        var email = (await server.With<Staff, StaffMember?>(s => s.Find(ada.Id)))!.Email;
        using var home = await server.SignedIn(ada);

        var key = (await server.With<SecondFactor, SecondFactorView>(f => f.Read(ada))).Key;
        var on = await home.Submit("/account", "factor-on", [("Secrets.Code", Totp.Code(key, TimeProvider.System.GetUtcNow()))]);
        var codes = Regex.Matches(await on.Content.ReadAsStringAsync(), "class=\"recovery\">(?<code>[^<]+)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["code"].Value).ToArray();
        Assert.Equal(10, codes.Length);
        Assert.Equal(HttpStatusCode.OK, (await home.GetAsync("/council")).StatusCode);

        using var first = await PasswordOnly(server, email);
        Assert.Equal(HttpStatusCode.Redirect, (await first.GetAsync("/council")).StatusCode);
        Assert.Equal("/fix", (await first.Submit("/sign-in/code?to=/fix", "code", [("Input.Code", Totp.Code(key, TimeProvider.System.GetUtcNow()))])).Headers.Location!.AbsolutePath);

        using var second = await PasswordOnly(server, email);
        Assert.Equal(HttpStatusCode.OK, (await second.Submit("/sign-in/code", "recovery", [("Input.Recovery", "")])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await second.Submit("/sign-in/code", "recovery", [("Input.Recovery", codes[0])])).StatusCode);
        using var third = await PasswordOnly(server, email);
        Assert.Equal(HttpStatusCode.OK, (await third.Submit("/sign-in/code", "recovery", [("Input.Recovery", codes[0])])).StatusCode);
    }

    [Fact]
    public async Task Looking_at_the_account_page_signs_nobody_out()
    {
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody();
        using var home = await server.SignedIn(ada);
        var stamp = await Stamp();
        Assert.Equal(HttpStatusCode.OK, (await home.GetAsync("/account")).StatusCode);
        Assert.Equal(stamp, await Stamp());

        Task<string> Stamp() => server.With<Microsoft.AspNetCore.Identity.UserManager<Account>, string>(async users => (await users.FindByIdAsync(ada.Id.Value.ToString()))!.SecurityStamp!);
    }

    private static async Task<HttpClient> PasswordOnly(HearthServer server, string email)
    {
        var visitor = server.Visitor();
        var answer = await visitor.Submit("/sign-in", "sign-in", [("Input.Email", email), ("Input.Password", "a long enough password")]);
        Assert.Equal("/sign-in/code", answer.Headers.Location!.AbsolutePath);
        return visitor;
    }
}
