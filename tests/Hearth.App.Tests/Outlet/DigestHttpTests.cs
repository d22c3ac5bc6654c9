using System.Net;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Outlet.Cards;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.App.Tests.Outlet;

public sealed class DigestHttpTests
{
    [Fact]
    public async Task Asking_by_form_reading_the_link_changes_nothing_the_button_confirms_and_one_post_without_cookies_ends_it()
    {
        await using var server = await HearthServer.Start();
        using var stranger = server.Visitor();
        Assert.Contains("There is no digest at the moment", await stranger.GetStringAsync("/outlet/digest"), StringComparison.Ordinal);
        Assert.DoesNotContain("/outlet/digest", await stranger.GetStringAsync("/outlet"), StringComparison.Ordinal);
        await Open(server);
        Assert.Contains("/outlet/digest", await stranger.GetStringAsync("/outlet"), StringComparison.Ordinal);

        var bad = await stranger.Submit("/outlet/digest", "digest", [("Input.Contact", "nobody"), ("Input.Every", "Daily")]);
        Assert.Contains("Must be an e-mail address", await bad.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        var asked = await stranger.Submit("/outlet/digest", "digest", [("Input.Contact", "ann@example.org"), ("Input.Every", "Daily"), ("Input.Weekday", "Monday"), ("Input.Condition", "Refurbished")]);
        Assert.Equal("/outlet/digest?asked=1", asked.Headers.Location!.PathAndQuery());
        var again = await stranger.Submit("/outlet/digest", "digest", [("Input.Contact", "ann@example.org"), ("Input.Every", "Daily")]);
        Assert.Equal("/outlet/digest?asked=1", again.Headers.Location!.PathAndQuery());

        var ask = new Guid(await server.With<Database, byte[]>(db => db.Database.SqlQuery<byte[]>($"SELECT id AS \"Value\" FROM outlet_digest_asks").SingleAsync()), true);
        var link = $"/outlet/digest/confirm/{ask:N}";
        for (var n = 0; n < 2; n++) Assert.Contains("what is refurbished, every day", await stranger.GetStringAsync(link), StringComparison.Ordinal); // as a scanner of links does
        Assert.Equal(new DigestDesk(0, 0, 1, 0, 0, []), await Desk(server), Same);
        var confirmed = await stranger.Submit(link, "confirm", []);
        Assert.Equal(link + "?done=1", confirmed.Headers.Location!.PathAndQuery());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link)).StatusCode);

        var token = await server.With<Database, string>(db => db.Database.SqlQuery<string>($"SELECT end_token AS \"Value\" FROM outlet_digest_subscribers").SingleAsync());
        var end = "/outlet/digest/end/" + token;
        Assert.Equal("/outlet/digest/no-more?token=" + token, (await stranger.GetAsync(end)).Headers.Location!.PathAndQuery());
        Assert.Contains("One click", await stranger.GetStringAsync("/outlet/digest/no-more?token=" + token), StringComparison.Ordinal);
        Assert.Equal(new DigestDesk(1, 0, 0, 0, 0, []), await Desk(server), Same);

        using var provider = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        for (var n = 0; n < 2; n++)
        {
            var ended = await provider.PostAsync(end, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")])); // RFC 8058, section 3.2
            Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await provider.PostAsync("/outlet/digest/end/nobody", new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).StatusCode);
        Assert.Equal(new DigestDesk(0, 0, 0, 1, 0, []), await Desk(server), Same);
        Assert.Equal("/outlet/digest/no-more?ended=yes", (await stranger.PostAsync(end, new FormUrlEncodedContent([new("page", "1")]))).Headers.Location!.PathAndQuery());
    }

    [Fact]
    public async Task The_desk_shows_the_next_issue_and_a_link_in_an_issue_counts_as_its_click()
    {
        await using var server = await HearthServer.Start();
        await Open(server);
        var offer = await OutletHttpTests.Offer(server);
        using var staff = await server.SignedIn(Role.Agent);
        var desk = await staff.GetStringAsync("/offer/digest");
        Assert.Contains($"{offer.Title} for {offer.Price}", WebUtility.HtmlDecode(desk), StringComparison.Ordinal);
        using var viewer = await server.SignedIn(Role.Viewer);
        Assert.DoesNotContain("Send a test to me", await viewer.GetStringAsync("/offer/digest"), StringComparison.Ordinal);

        using var fan = server.Visitor();
        fan.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x64) Firefox/140.0");
        foreach (var query in new[] { "?digest=12", "?digest=-1", "?digest=x", "" }) Assert.Equal(HttpStatusCode.Redirect, (await fan.GetAsync($"/l/{offer.Link}{query}")).StatusCode);
        foreach (var log in await server.With<IEnumerable<FoldClicks>, List<FoldClicks>>(l => Task.FromResult(l.ToList()))) await log.Run(default);
        Assert.Equal(["", "", "", "e-mail digest 12"], (await server.With<CountTraffic, IReadOnlyList<ClickView>>(c => c.Latest(offer.Id, 10, default))).Select(c => c.From).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_picture_of_a_link_has_a_stable_address_and_is_sent_again_only_when_it_shows_something_else()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server);
        Assert.SkipUnless(OfferCards.Can(CardFacts.Of(offer, "")), "This machine has no font with these letters.");
        using var stranger = server.Visitor();
        var address = $"/outlet/{offer.Slug}/card.png";
        Assert.Contains($"<meta property=\"og:image\" content=\"{new Uri(server.Address, address).AbsoluteUri}\"", await stranger.GetStringAsync("/outlet/" + offer.Slug), StringComparison.Ordinal);
        var first = await stranger.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (first.StatusCode, first.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotModified, await Again());
        await server.With<HoldUnit, Held>(h => h.For(ClaimId.New(), offer.Id, VisitorId.New(), "fan@example.org", default));
        Assert.Equal(HttpStatusCode.OK, await Again());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/outlet/nothing/card.png")).StatusCode);
        Assert.Equal("image/png", (await stranger.GetAsync("/outlet/icon.png")).Content.Headers.ContentType!.MediaType);

        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            return (await stranger.SendAsync(request)).StatusCode;
        }
    }

    private static Task<DigestDesk> Desk(HearthServer server) => server.With<ReadDigest, DigestDesk>(r => r.Desk(default));

    private static bool Same(DigestDesk a, DigestDesk b) => (a.Daily, a.Weekly, a.Asked, a.Unsubscribed, a.Bounced) == (b.Daily, b.Weekly, b.Asked, b.Unsubscribed, b.Bounced);

    internal static async Task Open(HearthServer server)
    {
        await server.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", 1, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default));
        var (account, _) = await server.With<ConnectMailbox, (ChannelAccountId?, IReadOnlyList<FieldError>)>(c => c.Add(new("outlet@brand.example", "Brand Outlet"), default));
        using var lead = await server.SignedIn(Role.Lead);
        var human = (await server.With<Staff, IReadOnlyList<StaffMember>>(s => s.All())).First(s => s.Role >= Role.Agent);
        Assert.Empty(await server.With<KeepDigest, IReadOnlyList<FieldError>>(k => k.Set(new(account!.Value, human.Id, null, 8, false), server.Address, default)));
    }
}

internal static class Addresses
{
    /// <summary>Of a redirect, relative or not.</summary>
    public static string PathAndQuery(this Uri address) => address.IsAbsoluteUri ? address.PathAndQuery : address.OriginalString;
}
