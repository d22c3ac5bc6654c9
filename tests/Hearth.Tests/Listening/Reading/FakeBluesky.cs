using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Reading;

/// <summary>
/// A Bluesky server with one account, as its lexicons say (com.atproto.server, app.bsky.notification, app.bsky.feed), for what the real one of the tests cannot be made to do: send what
/// cannot be read, take a password back, be away. Whatever is posted mentions the account.
/// </summary>
public sealed class FakeBluesky : IAsyncDisposable
{
    public const string Password = "abcd-efgh-ijkl-mnop";
    public const string Did = "did:plc:brand";

    private readonly List<JsonObject> _notifications = [];
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private string? _access;
    private string? _refresh;
    private int _last;

    private FakeBluesky()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    public string Address => _app.Urls.First();

    public bool IsBroken { get; set; }

    public bool IsPasswordGood { get; set; } = true;

    /// <summary>Items of an answer at most.</summary>
    public int PageSize { get; set; } = 100;

    public static async Task<FakeBluesky> Start()
    {
        var server = new FakeBluesky();
        await server._app.StartAsync();
        return server;
    }

    public static string Uri(string key) => $"at://did:plc:ann/app.bsky.feed.post/{key}";

    public void Post(string key, string text, DateTimeOffset? at = null, DateTimeOffset? indexed = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        Notify(new JsonObject
        {
            ["uri"] = Uri(key), ["cid"] = NewCid(), ["reason"] = "mention", ["isRead"] = false, ["indexedAt"] = Stamp(indexed ?? now),
            ["author"] = new JsonObject { ["did"] = "did:plc:ann", ["handle"] = "ann.example", ["displayName"] = "Ann" },
            ["record"] = new JsonObject { ["$type"] = "app.bsky.feed.post", ["text"] = text, ["createdAt"] = Stamp(at ?? now), ["langs"] = new JsonArray("en") },
        });
    }

    public void Notify(JsonObject notification)
    {
        lock (_lock) _notifications.Insert(0, notification);
    }

    public void Edit(string key, string text)
    {
        lock (_lock)
        {
            foreach (var post in Copies(key)) (post["record"]!["text"], post["cid"]) = (text, NewCid());
        }
    }

    public void Delete(string key)
    {
        lock (_lock) _notifications.RemoveAll(n => Copies(key).Contains(n));
    }

    /// <summary>The record is written anew with the text it had: another hash of the same words.</summary>
    public string Renew(string key)
    {
        lock (_lock)
        {
            var cid = NewCid();
            foreach (var post in Copies(key)) post["cid"] = cid;
            return cid;
        }
    }

    /// <summary>Its author blocks the account: no list shows the post any more, and asked for it the server says so.</summary>
    public void Block(string key)
    {
        lock (_lock)
        {
            _notifications.RemoveAll(n => Copies(key).Contains(n));
            _blocked.Add(Uri(key));
        }
    }

    /// <summary>The server forgets its sessions, as after an app password was taken back or its signing key was changed.</summary>
    public void EndSessions()
    {
        lock (_lock) (_access, _refresh) = (null, null);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private List<JsonObject> Copies(string key) => _notifications.FindAll(n => n["uri"] is JsonValue v && v.TryGetValue(out string? uri) && uri == Uri(key));

    private string NewCid() => $"cid-{Interlocked.Increment(ref _last)}";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private Task Answer(HttpContext http)
    {
        if (IsBroken) return Json(http, 503, Error("NotAvailable", "We are broken"));
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        lock (_lock)
        {
            switch (http.Request.Path.Value![6..])
            {
                case "com.atproto.server.createSession": return IsPasswordGood ? Session(http) : Json(http, 401, Error("AuthenticationRequired", "Invalid identifier or password"));
                case "com.atproto.server.refreshSession": return token == _refresh ? Session(http) : Json(http, 400, Error("ExpiredToken", "Token has been revoked"));
            }

            if (token != _access) return Json(http, 400, Error("InvalidToken", "Token could not be verified"));
            var query = http.Request.Query;
            return http.Request.Path.Value[6..] switch
            {
                "app.bsky.notification.listNotifications" => Page(http, "notifications", _notifications),
                "app.bsky.feed.searchPosts" => Page(http, "posts", _notifications.FindAll(n => Text(n)?.Contains(query["q"].ToString(), StringComparison.OrdinalIgnoreCase) == true)),
                "app.bsky.feed.getPosts" => Json(http, 200, new JsonObject { ["posts"] = new JsonArray([.. _notifications.Where(n => query["uris"].Contains(n["uri"]?.ToString())).Select(n => n.DeepClone())]) }),
                "app.bsky.feed.getPostThread" => _notifications.Find(n => n["uri"]?.ToString() == query["uri"]) is { } post
                    ? Json(http, 200, new JsonObject { ["thread"] = new JsonObject { ["$type"] = "app.bsky.feed.defs#threadViewPost", ["post"] = post.DeepClone() } })
                    : _blocked.Contains(query["uri"].ToString())
                        ? Json(http, 200, new JsonObject { ["thread"] = new JsonObject { ["$type"] = "app.bsky.feed.defs#blockedPost", ["uri"] = query["uri"].ToString(), ["blocked"] = true } })
                        : Json(http, 400, Error("NotFound", "Post not found")),
                "app.bsky.actor.getProfile" => Json(http, 200, new JsonObject { ["did"] = Did, ["handle"] = "brand.example", ["displayName"] = "Brand" }),
                _ => Json(http, 501, Error("MethodNotImplemented", "No")),
            };
        }
    }

    private static string? Text(JsonObject post) => (post["record"] as JsonObject)?["text"]?.ToString();

    private Task Page(HttpContext http, string name, List<JsonObject> all)
    {
        // The cursor counts from the oldest, so that what comes meanwhile moves no page.
        var skip = http.Request.Query.TryGetValue("cursor", out var cursor) ? all.Count - int.Parse(cursor!, CultureInfo.InvariantCulture) : 0;
        var items = all.Skip(skip).Take(PageSize).ToList();
        var answer = new JsonObject { [name] = new JsonArray([.. items.Select(i => i.DeepClone())]) };
        if (skip + items.Count < all.Count) answer["cursor"] = $"{all.Count - skip - items.Count}";
        return Json(http, 200, answer);
    }

    private Task Session(HttpContext http)
    {
        var number = ++_last;
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"scope":"com.atproto.appPass","exp":{{TimeProvider.System.GetUtcNow().AddHours(2).ToUnixTimeSeconds()}}}""")).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        (_access, _refresh) = ($"a{number}.{claims}.x", $"r{number}.{claims}.x");
        return Json(http, 200, new JsonObject { ["did"] = Did, ["handle"] = "brand.example", ["accessJwt"] = _access, ["refreshJwt"] = _refresh });
    }

    private static JsonObject Error(string error, string message) => new() { ["error"] = error, ["message"] = message };

    private static async Task Json(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
