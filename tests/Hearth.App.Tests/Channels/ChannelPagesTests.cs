using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Governance;

namespace Hearth.App.Tests.Channels;

public class ChannelPagesTests
{
    private static (string, string)[] Account(string service, string handle = "brand.example", string password = "abcd-efgh-ijkl-mnop") =>
        [("Input.Service", service), ("Input.Handle", handle), ("Input.Password", password)];

    [Fact]
    public async Task A_server_that_cannot_be_one_is_told_at_its_field_and_the_handle_is_kept()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        var answer = await lead.Submit("/council/channels", "connect", Account("http://plain.example", "brand.example"));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Must begin with https://", html, StringComparison.Ordinal);
        Assert.Contains("value=\"brand.example\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("abcd-efgh-ijkl-mnop", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_sees_the_accounts_and_connects_none()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        Assert.DoesNotContain("Input.Password", await agent.GetStringAsync("/council/channels"), StringComparison.Ordinal);
        using var program = await server.Program("read", "write");
        using var refused = await program.PostAsJsonAsync("/api/v1/channels/bluesky", new { service = "https://bsky.social", handle = "a.b", password = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("[]", await program.GetStringAsync("/api/v1/channels"));
    }

    [Fact]
    public async Task The_country_that_an_account_serves_is_set_and_taken_back_on_its_page()
    {
        await using var server = await HearthServer.Start(s => s with { PublicUrl = "https://brand.example" });
        using var lead = await server.SignedIn(Role.Lead);
        await lead.Submit("/council/channels", "actor", [("Own.Name", "hearthside"), ("Own.Title", "Hearthside")]);
        using var program = await server.Program("read");
        var account = (string)JsonNode.Parse(await program.GetStringAsync("/api/v1/channels"))![0]!["id"]!;

        var wrong = await lead.Submit("/council/channels", "country-" + account, [("country", "D1")]);
        Assert.Contains("Must be two letters like DE, or empty", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/council/channels", "country-" + account, [("country", "de")])).StatusCode);
        Assert.Contains("serves DE", await lead.GetStringAsync("/council/channels"), StringComparison.Ordinal);
        Assert.Equal("DE", (string?)JsonNode.Parse(await program.GetStringAsync("/api/v1/channels"))![0]!["country"]);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/council/channels", "country-" + account, [("country", "")])).StatusCode);
        Assert.Null((string?)JsonNode.Parse(await program.GetStringAsync("/api/v1/channels"))![0]!["country"]);
    }

    [Fact]
    public async Task A_private_server_is_not_reached_unless_the_operator_allowed_it()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        var answer = await lead.Submit("/council/channels", "connect", Account("https://127.0.0.1:1"));
        Assert.Contains("is a private address", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_brand_becomes_an_actor_that_other_servers_find_only_at_an_address_that_can_be_one()
    {
        await using var server = await HearthServer.Start(s => s with { PublicUrl = "https://brand.example" });
        using var lead = await server.SignedIn(Role.Lead);
        var wrong = await lead.Submit("/council/channels", "actor", [("Own.Name", "The Brand!"), ("Own.Title", "The Brand")]);
        Assert.Contains("Must have 1 to 30 of a to z", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var opened = await lead.Submit("/council/channels", "actor", [("Own.Name", "Hearthside"), ("Own.Title", "Hearthside"), ("Own.Summary", "Humans answer <here>.")]);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Contains("@hearthside@brand.example", await lead.GetStringAsync("/council/channels"), StringComparison.Ordinal);

        using var anybody = server.Visitor();
        var found = (await anybody.GetFromJsonAsync<JsonNode>("/.well-known/webfinger?resource=acct:hearthside@brand.example"))!;
        Assert.Equal("https://brand.example/ap/actors/hearthside", (string?)found["links"]![0]!["href"]);
        var actor = JsonNode.Parse(await anybody.GetStringAsync("/ap/actors/hearthside"))!;
        Assert.Equal(("Organization", "hearthside", "<p>Humans answer &lt;here&gt;.</p>"), ((string?)actor["type"], (string?)actor["preferredUsername"], (string?)actor["summary"]));
        Assert.DoesNotContain("PRIVATE", actor.ToJsonString(), StringComparison.Ordinal);
        foreach (var empty in (string[])["followers", "following", "outbox"]) Assert.Equal(0, (int)JsonNode.Parse(await anybody.GetStringAsync("/ap/actors/hearthside/" + empty))!["totalItems"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/.well-known/webfinger?resource=acct:nobody@brand.example")).StatusCode);
        using var unsigned = await anybody.PostAsJsonAsync("/ap/inbox", new { id = "https://a.example/1", actor = "https://a.example/u", type = "Follow" });
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);

        var blocked = await lead.Submit("/council/channels", "block", [("Blocking.Host", "spam.example")]);
        Assert.Equal(HttpStatusCode.Redirect, blocked.StatusCode);
        using var program = await server.Program("read");
        Assert.Equal("spam.example", (string?)(await program.GetFromJsonAsync<JsonNode>("/api/v1/channels/activitypub/blocks"))![0]!["host"]);
        Assert.Equal("https://brand.example/bluesky-client.json", (string?)(await anybody.GetFromJsonAsync<JsonNode>("/bluesky-client.json"))!["client_id"]);
    }

    [Fact]
    public async Task The_rule_of_disclosure_is_kept_or_refused_with_its_reason()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        var refused = await lead.Submit("/council/channels", "disclosure", [("Rule.Brand", "Acme"), ("Rule.Format", "the team")]);
        Assert.Contains("Must name the author", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var kept = await lead.Submit("/council/channels", "disclosure", [("Rule.Brand", "Acme"), ("Rule.Format", "{name}, {brand}")]);
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        using var program = await server.Program("read");
        Assert.Equal("Acme", (string?)(await program.GetFromJsonAsync<JsonNode>("/api/v1/disclosure"))!["brand"]);
    }

    [Fact]
    public async Task A_post_that_cannot_be_is_refused_with_field_and_reason()
    {
        await using var server = await HearthServer.Start();
        using var program = await server.Program("read", "write");
        async Task<(HttpStatusCode, string)> Post(object body)
        {
            using var answer = await program.PostAsJsonAsync("/api/v1/messages", body);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        var account = Guid.NewGuid();
        Assert.Contains("must not be empty", (await Post(new { account, text = " " })).Item2, StringComparison.Ordinal);
        Assert.Contains("card.url", (await Post(new { account, text = "x", card = new { url = "ftp://x", title = "y" } })).Item2, StringComparison.Ordinal);
        var (status, problem) = await Post(new { account, text = "x" });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("/problems/not-connected", problem, StringComparison.Ordinal);
        using var unknown = await program.PostAsync($"/api/v1/messages/{Guid.NewGuid()}/retry", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var place = await program.GetAsync("/api/v1/messages?after=rubbish");
        Assert.Equal(HttpStatusCode.BadRequest, place.StatusCode);
    }
}
