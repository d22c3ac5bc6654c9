using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Hearth.Channels;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>The real server with Mastodon's client API (snac2) that ./test starts.</summary>
internal static class SnacPeer
{
    private const string Missing = "No snac2 to test against. Run ./test, or: tests/peers/snac2 start DIR; and export what that prints.";

    public static string Address => Environment.GetEnvironmentVariable("HEARTH_TEST_SNAC") is { Length: > 0 } given ? given : throw new InvalidOperationException(Missing);

    private static string Folder => Environment.GetEnvironmentVariable("HEARTH_TEST_SNAC_DIR") is { Length: > 0 } given ? given : throw new InvalidOperationException(Missing);

    /// <summary>The real clock and leave to reach the peer.</summary>
    public static IServiceCollection Use(IServiceCollection services) => services.AddSingleton(TimeProvider.System)
        .Configure<SafeHttpOptions>(o => o.AllowPrivate.Add(new Uri(Address).Authority)).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1));

    /// <summary>A new account of the server, signed in with a client of its own.</summary>
    public static async Task<SnacPerson> Join(string name)
    {
        var user = name + Guid.NewGuid().ToString("N")[..8];
        for (var tries = 0; tries < 5; tries++)
        {
            var password = await Snac(tries == 0 ? "adduser" : "resetpwd", user);
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero /* it closes each connection without saying so */ }) { BaseAddress = new Uri(Address) };
            var app = await Post(client, "/api/v1/apps", ("client_name", "test"), ("redirect_uris", "http://127.0.0.1/back"), ("scopes", "read write"));
            if (await Login(client, user, password, (string)app["client_id"]!, "http://127.0.0.1/back", "x") is not { } back) continue;
            var token = await Post(client, "/oauth/token", ("grant_type", "authorization_code"), ("code", back.Code), ("client_id", (string)app["client_id"]!),
                ("client_secret", (string)app["client_secret"]!), ("redirect_uri", "http://127.0.0.1/back"));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
            return new(client, user, password, (string)token["access_token"]!);
        }

        throw new InvalidOperationException("snac2 let nobody in.");
    }

    /// <summary>Connects an account by the way a person takes: to the server's page, and back with a code.</summary>
    public static async Task<ChannelAccountView> Connect(this TestHouse house, SnacPerson brand)
    {
        const string Back = "http://127.0.0.1/council/channels/mastodon";
        var sending = Assert.IsType<Sending.To>(await house.With<ConnectMastodon, Sending>(c => c.Begin(Address, Back, "ada", default)));
        var asked = HttpUtility.ParseQueryString(new Uri(sending.Address).Query);
        var agreed = await Login(brand.Client, brand.User, brand.Password, asked["client_id"]!, asked["redirect_uri"]!, asked["state"]!) ?? throw new InvalidOperationException("snac2 did not agree.");
        var connection = await house.With<ConnectMastodon, Connection>(c => c.End(agreed.State, agreed.Code, "ada", default));
        return (connection as Connection.Connected ?? throw new InvalidOperationException(connection.ToString())).Account;
    }

    internal static async Task<JsonNode> Post(HttpClient client, string path, params (string Name, string Value)[] form)
    {
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonNode>())! : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    // Its own page of signing in, as a browser would send it.
    private static async Task<(string Code, string State)?> Login(HttpClient client, string user, string password, string app, string redirect, string state)
    {
        var form = new Dictionary<string, string> { ["login"] = user, ["passwd"] = password, ["cid"] = app, ["redir"] = redirect, ["state"] = state };
        using var answer = await client.PostAsync("/oauth/x-snac-login", new FormUrlEncodedContent(form));
        if (answer.StatusCode != HttpStatusCode.SeeOther) return null;
        var back = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        return back["code"] is { } code ? (code, back["state"]!) : null;
    }

    private static async Task<string> Snac(string command, string user)
    {
        using var process = Process.Start(new ProcessStartInfo("snac") { ArgumentList = { command, Folder, user }, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await said + await wrong).Split('\n').First(l => l.Contains(" is ", StringComparison.Ordinal)).Split(" is ")[1].Trim();
    }
}

/// <summary>Somebody on the server, by their own client.</summary>
internal sealed record SnacPerson(HttpClient Client, string User, string Password, string Token)
{
    public string Url => $"{SnacPeer.Address}/{User}";

    /// <summary>Posts; "@user" in the text is a mention.</summary>
    public async Task<JsonNode> Post(string text, string? replyTo = null, string visibility = "public") => await SnacPeer.Post(Client, "/api/v1/statuses",
        [("status", text), ("visibility", visibility), .. replyTo is null ? Array.Empty<(string, string)>() : [("in_reply_to_id", replyTo)]]);

    public async Task<JsonNode> Get(string path) => (await Client.GetFromJsonAsync<JsonNode>(path))!;
}
