using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Hearth.Tests.Peers;

namespace Hearth.App.Tests.WaysIn;

public sealed partial class MailedLinkPagesTests
{
    [Fact]
    public async Task Somebody_joins_by_mail_without_a_script_and_comes_back_by_mail()
    {
        await using var smtp = await SmtpPeer.Start();
        await using var server = await Server(smtp);
        using var visitor = server.Visitor();
        Assert.DoesNotContain("Input.Password", await visitor.GetStringAsync("/sign-up"));
        var asked = await visitor.Submit("/sign-up?to=/ideas/new", "sign-up", [("Input.Name", "Grace Hopper"), ("Input.Email", "grace@example.org")]);
        Assert.Contains("is on its way", await asked.Content.ReadAsStringAsync());
        var link = await Link(smtp, "Join Hearth");

        var page = await visitor.GetAsync(link);
        Assert.Contains("value=\"Grace Hopper\"", await page.Content.ReadAsStringAsync());
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("/ideas/new", (await visitor.Submit(link, "mail-link", [("Input.Name", "Grace Hopper")])).Headers.Location!.AbsolutePath);
        Assert.Contains("Grace Hopper", await visitor.GetStringAsync("/account"));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link)).StatusCode);

        using var later = server.Visitor();
        var again = await later.Submit("/sign-in", "sign-in", [("Input.Email", "grace@example.org"), ("Input.Link", "true")]);
        var way = await Link(smtp, "Sign in at Hearth");
        var stranger = await later.Submit("/sign-in", "sign-in", [("Input.Email", "stran@example.org"), ("Input.Link", "true")]);
        Assert.Equal((await again.Content.ReadAsStringAsync()).Replace("grace@", "stran@", StringComparison.Ordinal), await stranger.Content.ReadAsStringAsync());
        Assert.Equal("/ideas", (await later.Submit(way, "mail-link", [])).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_link_never_leads_to_where_a_request_claims_to_have_been_sent()
    {
        await using var smtp = await SmtpPeer.Start();
        await using var server = await Server(smtp);
        using var liar = server.Visitor();
        liar.DefaultRequestHeaders.Host = "evil.example";
        Assert.DoesNotContain("Send me a link", await liar.GetStringAsync("/sign-in"));
    }

    [Fact]
    public async Task A_stranger_goes_on_as_a_guest_where_the_board_allows_it_and_votes_without_a_script()
    {
        await using var server = await HearthServer.Start();
        var lead = await server.Somebody(Role.Lead);
        var author = await server.Somebody(Role.Community);
        var idea = IdeaId.New();
        await server.With<PostIdea, PostedIdea>(p => p.By(author, idea, new("A lid that locks", "So that nothing spills.", "general"), default));
        using var stranger = server.Visitor();
        Assert.DoesNotContain("/sign-up/guest", await stranger.GetStringAsync("/sign-in?to=/ideas"));
        await server.With<BoardSettings, IReadOnlyList<FieldError>>(b => b.Change(lead, BoardRules.Default with { GuestVotes = 500 }, default));

        var token = Token().Match(await stranger.GetStringAsync("/sign-in?to=/ideas")).Groups[1].Value;
        using var go = new FormUrlEncodedContent([new("__af", token), new("to", $"/ideas/{idea.Value}")]);
        Assert.Equal($"/ideas/{idea.Value}", (await stranger.PostAsync("/sign-up/guest", go)).Headers.Location!.ToString());
        token = Token().Match(await stranger.GetStringAsync($"/ideas/{idea.Value}")).Groups[1].Value;
        using var vote = new FormUrlEncodedContent([new("__af", token), new("stance", "Promote")]);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.PostAsync($"/ideas/{idea.Value}/vote", vote)).StatusCode);
        Assert.Equal(5, (await stranger.GetFromJsonAsync<IdeaView>($"/api/v1/ideas/{idea.Value}", Json.Options))!.Line.Points);
        Assert.Equal("/not-allowed", (await stranger.GetAsync("/account")).Headers.Location!.AbsolutePath);
    }

    private static async Task<HearthServer> Server(SmtpPeer smtp)
    {
        var server = await HearthServer.Start();
        Assert.Empty(await server.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", smtp.Port, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default)));
        return server;
    }

    private static async Task<string> Link(SmtpPeer smtp, string subject)
    {
        var mail = await smtp.Next();
        Assert.Equal(subject, mail.Header("Subject"));
        return Path().Match(mail.Body).Value;
    }

    [GeneratedRegex("/sign-in/mail/[0-9a-f]{64}")]
    private static partial Regex Path();

    [GeneratedRegex("name=\"__af\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
