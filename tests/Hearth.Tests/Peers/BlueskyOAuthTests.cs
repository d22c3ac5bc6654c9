using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Channels.Bluesky.OAuth;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>Signing an account in at its own server by OAuth with DPoP, against the real one.</summary>
public class BlueskyOAuthTests
{
    private const string Us = "http://127.0.0.1:5000";
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    /// <summary>The server's own name for itself.</summary>
    private static string Server => $"http://localhost:{BlueskyPeer.Address.Port}";

    internal static IServiceCollection Use(IServiceCollection services) => BlueskyPeer.Use(services)
        .Configure<SafeHttpOptions>(o => o.AllowPrivate.UnionWith(["localhost", "127.0.0.1"])).Configure<DidOptions>(o => o.Directory = $"http://localhost:{BlueskyPeer.Address.Port - 1}");

    /// <summary>Takes the way that a person takes: to the server's page, sign in, agree, and back.</summary>
    internal static async Task<ChannelAccountView> SignIn(TestHouse house, BlueskyPerson brand)
    {
        var back = await Agree(house, brand, "ada");
        var connection = await house.With<SignInBluesky, Connection>(s => s.End(back["state"], back["code"], back["iss"], "ada", default));
        return (connection as Connection.Connected ?? throw new InvalidOperationException(connection.ToString())).Account;
    }

    private static async Task<System.Collections.Specialized.NameValueCollection> Agree(TestHouse house, BlueskyPerson brand, string who)
    {
        var sending = await house.With<SignInBluesky, Sending>(s => s.Begin(Server, brand.Handle, Us, who, default));
        var page = new Uri((sending as Sending.To ?? throw new InvalidOperationException(sending.ToString())).Address);

        // As a browser: its cookies (which say "secure" although this server has no certificate), and where each request comes from.
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        await Send(HttpMethod.Get, page, null, null, "navigate", "none");
        var account = await Send(HttpMethod.Post, Api("sign-in"), new JsonObject { ["locale"] = "en", ["username"] = brand.Handle, ["password"] = "a-long-password", ["remember"] = false }, null, "same-origin", "same-origin");
        var agreed = await Send(HttpMethod.Post, Api("consent"), new JsonObject { ["did"] = brand.Did }, (string)account!["ephemeralToken"]!, "same-origin", "same-origin");
        return HttpUtility.ParseQueryString(new Uri((string)agreed!["url"]!).Query);

        Uri Api(string step) => new(page, "/@atproto/oauth-provider/~api/" + step);

        async Task<JsonNode?> Send(HttpMethod method, Uri to, JsonObject? body, string? token, string mode, string site)
        {
            using var request = new HttpRequestMessage(method, to) { Content = body is null ? null : JsonContent.Create(body) };
            foreach (var (name, value) in new[] { ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Site", site), ("Sec-Fetch-Dest", body is null ? "document" : "empty"), ("Accept", body is null ? "text/html" : "application/json"), ("User-Agent", "Mozilla/5.0") }) request.Headers.TryAddWithoutValidation(name, value);
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            if (body is not null)
            {
                request.Headers.Referrer = page;
                request.Headers.Add("Origin", page.GetLeftPart(UriPartial.Authority));
                request.Headers.Add("x-csrf-token", cookies["csrf-token"]);
            }

            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await browser.SendAsync(request);
            var said = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{to.AbsolutePath}: {(int)answer.StatusCode} {said}");
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
            {
                var pair = set.Split(';')[0].Split('=', 2);
                cookies[pair[0].Trim()] = pair[1];
            }

            return body is null ? null : JsonNode.Parse(said);
        }
    }

    [Theory, EveryDatabase]
    public async Task An_account_that_was_signed_in_at_its_server_hears_and_answers_and_its_tokens_are_good_with_its_key_alone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => Use(s));
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        var account = await SignIn(house, brand);
        Assert.Equal((brand.Did, brand.Handle, ChannelState.Connected, Server), (account.ExternalId, account.Handle, account.State, account.Service));

        var post = await fan.Post($"@{brand.Handle} the lace broke", brand);
        var row = await house.Until(async () => (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 50, default)))!.Items.SingleOrDefault(), "the post is a conversation");
        var reply = Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, "A new one is on its way.", 0, Ada, null, default)));
        await house.Until(async () => (await house.With<ReadMessages, MessageView?>(r => r.Find(reply.Message, default))) is { Status: MessageStatus.Sent } m ? m : null, "the answer is sent");
        Assert.Equal(post.Uri, (string?)(await brand.Posts()).Single()["value"]!["reply"]!["parent"]!["uri"]);

        // What is stored can be read by nobody, and what leaks is of no use without the key.
        var session = await house.With<BlueskySessions, BlueskySession>(s => s.Open(account.Id, null, default));
        var kept = await house.With<Database, ChannelAccount>(db => db.Set<ChannelAccount>().AsNoTracking().SingleAsync());
        Assert.Null(kept.Password);
        Assert.DoesNotContain(session.AccessToken.Value, kept.Session!, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", kept.Session!, StringComparison.Ordinal);
        using var thief = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken.Value) } };
        Assert.InRange((int)(await thief.GetAsync($"{Server}/xrpc/com.atproto.server.getSession")).StatusCode, 400, 401);
        thief.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("DPoP", session.AccessToken.Value);
        thief.DefaultRequestHeaders.Add("DPoP", house.Services.GetRequiredService<Dpop>().Proof(Dpop.NewKey(), "GET", new($"{Server}/xrpc/com.atproto.server.getSession"), session.AccessToken.Value));
        Assert.InRange((int)(await thief.GetAsync($"{Server}/xrpc/com.atproto.server.getSession")).StatusCode, 400, 401);
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_find_the_token_ended_one_renews_it_and_all_go_on(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => Use(s));
        var brand = await BlueskyPeer.Join("brand");
        var account = await SignIn(house, brand);

        // On PostgreSQL two nodes; each has its own memory of nonces and turns.
        await using var second = Use(new ServiceCollection().AddLogging().AddHearth(house.Location)).BuildServiceProvider();
        BlueskySessions[] nodes = kind == DatabaseKind.Postgres ? [house.Services.GetRequiredService<BlueskySessions>(), second.GetRequiredService<BlueskySessions>()] : [house.Services.GetRequiredService<BlueskySessions>()];
        for (var round = 0; round < 3; round++)
        {
            var ended = (await nodes[0].Open(account.Id, null, default)).AccessToken.Value;
            var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => nodes[n % nodes.Length].Open(account.Id, ended, default))));
            var token = Assert.Single(opened.Select(o => o.AccessToken.Value).Distinct(StringComparer.Ordinal));
            Assert.NotEqual(ended, token);
        }

        Assert.Equal(brand.Did, (await house.Services.GetRequiredService<BlueskyClient>().Profile(account.Id, brand.Did, default))?.Did ?? brand.Did);
        Assert.Null((await house.With<ChannelAccounts, ChannelAccountView?>(a => a.Find(account.Id, default)))!.Error);
    }

    [Fact]
    public async Task An_answer_that_belongs_to_another_person_or_another_server_is_refused_and_a_code_is_good_once()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite, s => Use(s));
        var brand = await BlueskyPeer.Join("brand");
        var back = await Agree(house, brand, "ada");
        Task<Connection> End(string? state, string? code, string? issuer, string who) => house.With<SignInBluesky, Connection>(s => s.End(state, code, issuer, who, default));
        Assert.Equal("state", Assert.IsType<Connection.Invalid>(await End(back["state"], back["code"], back["iss"], "eve")).Field);
        Assert.Equal("state", Assert.IsType<Connection.Invalid>(await End(back["state"], back["code"], "https://evil.example", "ada")).Field);
        Assert.Equal("state", Assert.IsType<Connection.Invalid>(await End("made-up", back["code"], back["iss"], "ada")).Field);
        Assert.Equal("code", Assert.IsType<Connection.Invalid>(await End(back["state"], null, back["iss"], "ada")).Field);
        Assert.Empty(await house.With<ChannelAccounts, IReadOnlyList<ChannelAccountView>>(a => a.All(default)));
        Assert.IsType<Connection.Connected>(await End(back["state"], back["code"], back["iss"], "ada"));
        Assert.IsType<Connection.WrongPassword>(await End(back["state"], back["code"], back["iss"], "ada"));
        Assert.IsType<Sending.Invalid>(await house.With<SignInBluesky, Sending>(s => s.Begin("http://elsewhere.example", null, Us, "ada", default)));
    }

    [Fact]
    public void A_server_of_the_world_is_known_by_its_document_and_one_on_this_machine_by_its_address()
    {
        Assert.Equal(new OAuthClient("https://hearth.brand.example/bluesky-client.json", "https://hearth.brand.example/council/channels/bluesky"), OAuthClient.At("https://hearth.brand.example", SignInBluesky.Back));
        Assert.Equal("http://127.0.0.1:5000/council/channels/bluesky", OAuthClient.At("http://localhost:5000", SignInBluesky.Back).Redirect);
        var document = OAuthClient.Describe("https://hearth.brand.example", SignInBluesky.Back);
        Assert.Equal(("https://hearth.brand.example/bluesky-client.json", true), ((string?)document["client_id"], (bool?)document["dpop_bound_access_tokens"]));
    }
}
