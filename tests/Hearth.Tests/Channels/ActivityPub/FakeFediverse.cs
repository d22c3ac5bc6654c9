using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels.ActivityPub;

/// <summary>Somebody on another server, with a key of their own.</summary>
internal sealed class Somebody(string server, string name) : IDisposable
{
    public string Server { get; } = server;

    public string Id => $"https://{Server}/users/{name}";

    public string KeyId => Id + "#main-key";

    public RSA Key { get; private set; } = RSA.Create(2048);

    public void ChangeKey() => Key = RSA.Create(2048);

    public JsonObject Document() => new()
    {
        ["id"] = Id, ["type"] = "Person", ["preferredUsername"] = name, ["name"] = "Somebody " + name, ["inbox"] = Id + "/inbox", ["endpoints"] = new JsonObject { ["sharedInbox"] = $"https://{Server}/inbox" },
        ["publicKey"] = new JsonObject { ["id"] = KeyId, ["owner"] = Id, ["publicKeyPem"] = Key.ExportSubjectPublicKeyInfoPem() },
    };

    public JsonObject Note(string id, string text, string to, string? inReplyTo = null, bool isPublic = true) => new()
    {
        ["id"] = $"https://{Server}/notes/{id}", ["type"] = "Note", ["attributedTo"] = Id, ["content"] = $"<p>{text}</p>", ["inReplyTo"] = inReplyTo, ["published"] = "2026-09-01T08:59:00Z",
        ["to"] = new JsonArray(isPublic ? "https://www.w3.org/ns/activitystreams#Public" : to), ["cc"] = new JsonArray(isPublic ? [to] : []), ["tag"] = new JsonArray(new JsonObject { ["type"] = "Mention", ["href"] = to }),
    };

    public JsonObject Does(string type, string id, JsonNode about) => new() { ["@context"] = "https://www.w3.org/ns/activitystreams", ["id"] = $"https://{Server}/activities/{id}", ["type"] = type, ["actor"] = Id, ["object"] = about };

    /// <summary>The request as its server would send it.</summary>
    public SignedRequest Sends(JsonObject activity, SignatureStyle style, DateTimeOffset now, string to = FakeFediverse.Inbox)
    {
        var request = new SignedRequest("POST", new(to), new Dictionary<string, string>(), Encoding.UTF8.GetBytes(activity.ToJsonString()));
        var headers = HttpSignatures.Sign(style, request, KeyId, Key, now).Append(("Host", new Uri(to).Authority));
        return request with { Headers = headers.ToDictionary(h => h.Item1.ToLowerInvariant(), h => h.Item2) };
    }

    public void Dispose() => Key.Dispose();
}

/// <summary>Other servers in memory: they show who is on them, and take what is sent, unless told otherwise.</summary>
internal sealed class FakeFediverse : HttpMessageHandler
{
    public const string Origin = "https://brand.example";
    public const string Actor = Origin + "/ap/actors/hearthside";
    public const string Inbox = Actor + "/inbox";

    public Dictionary<string, Somebody> People { get; } = [];

    public List<(string Inbox, JsonNode Activity)> Taken { get; } = [];

    /// <summary>How often each address was asked for.</summary>
    public Dictionary<string, int> Asked { get; } = [];

    /// <summary>Asked before each request; an answer takes the place of the server's.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Asked after what was sent was taken; may throw as a lost connection does.</summary>
    public Action Afterwards { get; set; } = () => { };

    public Somebody Add(string server, string name)
    {
        var somebody = new Somebody(server, name);
        People[somebody.Id] = somebody;
        return somebody;
    }

    /// <summary>A house with the brand's actor among these servers.</summary>
    public async Task<(TestHouse House, ChannelAccountView Account)> House(DatabaseKind kind)
    {
        var house = await TestHouse.Create(kind, s =>
        {
            foreach (var name in (string[])[SafeHttp.Client, SafeHttp.Unfollowed]) s.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => this);
        });
        var connection = await house.With<OpenActor, Connection>(o => o.With(Origin, "hearthside", "Hearthside", null, default));
        return (house, Assert.IsType<Connection.Connected>(connection).Account);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        lock (Asked) Asked[address] = Asked.GetValueOrDefault(address) + 1;
        if (Instead(request) is { } other) return other;
        if (request.Method == HttpMethod.Get) return People.TryGetValue(address.Split('#')[0], out var found) ? Say(found.Document()) : new(HttpStatusCode.NotFound);
        lock (Taken) Taken.Add((address, JsonNode.Parse(request.Content!.ReadAsStringAsync(cancellationToken).Result)!));
        Afterwards();
        return await Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted));
    }

    public static HttpResponseMessage Say(JsonObject document) => new(HttpStatusCode.OK) { Content = new StringContent(document.ToJsonString(), Encoding.UTF8, ActivityJson.Type) };
}
