using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Reading;

/// <summary>
/// A Mastodon instance written from its documentation (docs.joinmastodon.org/methods and /entities, version 4.3), for what the real server of the tests (snac2) lacks: streaming,
/// edits, deletions, paging by Link, rate limits. It knows one account, @brand.
/// </summary>
public sealed class FakeMastodon : IAsyncDisposable
{
    public const string Token = "a-good-token";

    private readonly List<JsonObject> _statuses = [];
    private readonly List<JsonObject> _notifications = [];
    private readonly List<(string? Tag, Channel<string> Events)> _listeners = [];
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private CancellationTokenSource _open = new();
    private int _last = 1000;

    private FakeMastodon(bool streams)
    {
        Streams = streams;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    public string Address => _app.Urls.First();

    public bool Streams { get; }

    public bool IsBroken { get; set; }

    public bool IsTokenGood { get; set; } = true;

    /// <summary>Every path that was asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Asked before each call; an answer takes the place of the call's.</summary>
    public Func<HttpContext, bool> Instead { get; set; } = _ => false;

    public static async Task<FakeMastodon> Start(bool streams = true)
    {
        var server = new FakeMastodon(streams);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Somebody posts a status that mentions the brand; it stands in its notifications, at home and under its tags.</summary>
    public string Post(string html, DateTimeOffset? at = null, Action<JsonObject>? also = null, bool mentions = true)
    {
        lock (_lock)
        {
            var id = (++_last).ToString(CultureInfo.InvariantCulture);
            var status = new JsonObject
            {
                ["id"] = id, ["uri"] = $"{Address}/users/ann/statuses/{id}", ["url"] = $"{Address}/@ann/{id}", ["created_at"] = Stamp(at ?? TimeProvider.System.GetUtcNow()), ["edited_at"] = null,
                ["visibility"] = "public", ["language"] = "en", ["content"] = html, ["spoiler_text"] = "", ["account"] = Account("ann", 42), ["in_reply_to_id"] = null, ["reblog"] = null, ["card"] = null, ["poll"] = null,
                ["media_attachments"] = new JsonArray(), ["tags"] = new JsonArray(), ["mentions"] = mentions ? new JsonArray(new JsonObject { ["id"] = "1", ["acct"] = "brand", ["url"] = $"{Address}/@brand" }) : new JsonArray(),
            };
            also?.Invoke(status);
            _statuses.Add(status);
            Tell("update", status.ToJsonString(), status);
            if (mentions) Notify("mention", status);
            return id;
        }
    }

    public void Notify(string type, JsonObject? status)
    {
        lock (_lock)
        {
            var notification = new JsonObject { ["id"] = (++_last).ToString(CultureInfo.InvariantCulture), ["type"] = type, ["created_at"] = Stamp(TimeProvider.System.GetUtcNow()), ["account"] = Account("ann", 42), ["status"] = status?.DeepClone() };
            _notifications.Add(notification);
            Tell("notification", notification.ToJsonString(), null);
        }
    }

    public void Edit(string id, string html)
    {
        lock (_lock)
        {
            foreach (var status in Copies(id)) (status["content"], status["edited_at"]) = (html, Stamp(TimeProvider.System.GetUtcNow()));
            var now = _statuses.Single(s => (string?)s["id"] == id);
            Tell("status.update", now.ToJsonString(), now);
        }
    }

    public void Delete(string id)
    {
        lock (_lock)
        {
            _statuses.RemoveAll(s => (string?)s["id"] == id);
            _notifications.RemoveAll(n => (string?)n["status"]?["id"] == id);
            Tell("delete", id, null);
        }
    }

    /// <summary>Sends bytes down every open stream as they are.</summary>
    public void Raw(string text)
    {
        lock (_lock) _listeners.ForEach(l => l.Events.Writer.TryWrite(text));
    }

    /// <summary>Ends what is open.</summary>
    public void Disconnect() => Interlocked.Exchange(ref _open, new()).Cancel();

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        await _app.DisposeAsync();
    }

    private IEnumerable<JsonObject> Copies(string id) => [.. _statuses.Where(s => (string?)s["id"] == id), .. _notifications.Select(n => n["status"]).OfType<JsonObject>().Where(s => (string?)s["id"] == id)];

    private JsonObject Account(string name, int followers) => new()
    {
        ["id"] = name == "brand" ? "1" : "2", ["username"] = name, ["acct"] = name, ["display_name"] = name, ["url"] = $"{Address}/@{name}", ["avatar"] = $"{Address}/{name}.png", ["followers_count"] = followers,
    };

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Tell(string kind, string data, JsonObject? status)
    {
        var tags = (status?["tags"] as JsonArray ?? []).Select(t => (string)t!["name"]!).ToHashSet(StringComparer.Ordinal);
        foreach (var (tag, events) in _listeners.Where(l => l.Tag is null || kind == "delete" || tags.Contains(l.Tag))) events.Writer.TryWrite($"event: {kind}\ndata: {data}\n\n");
    }

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        lock (Asked) Asked.Add(path + http.Request.QueryString);
        if (Instead(http)) return;
        if (IsBroken) await Json(http, 503, new JsonObject { ["error"] = "We are broken" });
        else if (path == "/api/v2/instance") await Json(http, 200, new JsonObject { ["version"] = "4.3.0", ["configuration"] = new JsonObject { ["urls"] = Streams ? new JsonObject { ["streaming"] = Address.Replace("http", "ws", StringComparison.Ordinal) } : [] } });
        else if (path == "/api/v1/apps") await Json(http, 200, new JsonObject { ["client_id"] = "client", ["client_secret"] = "secret" });
        else if (path == "/oauth/token") await Exchange(http);
        else if (http.Request.Headers.Authorization != "Bearer " + Token || !IsTokenGood) await Json(http, 401, new JsonObject { ["error"] = "The access token is invalid" });
        else if (path.StartsWith("/api/v1/streaming/", StringComparison.Ordinal) && Streams) await Stream(http, path.EndsWith("hashtag", StringComparison.Ordinal) ? (string?)http.Request.Query["tag"] : null);
        else await Read(http, path);
    }

    private async Task Exchange(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var isGood = form["code"] == "a-good-code" && form["client_id"] == "client" && form["client_secret"] == "secret" && form["code_verifier"].ToString().Length == 43;
        await Json(http, isGood ? 200 : 400, isGood ? new JsonObject { ["access_token"] = Token, ["token_type"] = "Bearer" } : new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "The code is not known" });
    }

    private Task Read(HttpContext http, string path)
    {
        lock (_lock)
        {
            if (path == "/api/v1/accounts/verify_credentials") return Json(http, 200, Account("brand", 9));
            if (path == "/api/v1/notifications") return Page(http, _notifications.Where(n => !http.Request.Query.ContainsKey("types[]") || http.Request.Query["types[]"].Contains((string?)n["type"])));
            if (path == "/api/v1/timelines/home") return Page(http, _statuses);
            if (path.StartsWith("/api/v1/timelines/tag/", StringComparison.Ordinal)) return Page(http, _statuses.Where(s => s["tags"]!.AsArray().Any(t => (string?)t!["name"] == path[22..])));
            if (path == "/api/v2/search") return Json(http, 200, new JsonObject { ["statuses"] = new JsonArray([.. _statuses.Where(s => ((string)s["content"]!).Contains(http.Request.Query["q"]!, StringComparison.Ordinal)).Select(s => s.DeepClone())]) });
            if (path == "/api/v1/statuses") return Json(http, 200, new JsonArray([.. _statuses.Where(s => http.Request.Query["id[]"].Contains((string?)s["id"])).Select(s => s.DeepClone())]));
            if (path.EndsWith("/context", StringComparison.Ordinal)) return Json(http, 200, new JsonObject { ["ancestors"] = new JsonArray([.. Ancestors(path.Split('/')[4]).Reverse().Select(s => s.DeepClone())]), ["descendants"] = new JsonArray() });
            return Json(http, 404, new JsonObject { ["error"] = "Record not found" });
        }
    }

    private IEnumerable<JsonObject> Ancestors(string id)
    {
        for (var parent = (string?)_statuses.Find(s => (string?)s["id"] == id)?["in_reply_to_id"]; parent is not null;)
        {
            if (_statuses.Find(s => (string?)s["id"] == parent) is not { } status) yield break;
            yield return status;
            parent = (string?)status["in_reply_to_id"];
        }
    }

    // docs.joinmastodon.org/api/guidelines/#pagination: min_id from the oldest on, since_id and max_id from the newest.
    private static Task Page(HttpContext http, IEnumerable<JsonObject> all)
    {
        var query = http.Request.Query;
        long? Id(string name) => query.TryGetValue(name, out var v) ? long.Parse(v!, CultureInfo.InvariantCulture) : null;
        var limit = (int)(Id("limit") ?? 20);
        var items = all.Select(i => (Id: long.Parse((string)i["id"]!, CultureInfo.InvariantCulture), Item: i)).Where(i => !(i.Id <= (Id("min_id") ?? Id("since_id"))) && !(i.Id >= Id("max_id"))).OrderByDescending(i => i.Id).ToList();
        var page = Id("min_id") is null ? items.Take(limit).ToList() : items.TakeLast(limit).ToList();
        if (page.Count > 0) http.Response.Headers.Link = $"<http://x{http.Request.Path}?max_id={page[^1].Id}>; rel=\"next\", <http://x{http.Request.Path}?min_id={page[0].Id}>; rel=\"prev\"";
        return Json(http, 200, new JsonArray([.. page.Select(p => p.Item.DeepClone())]));
    }

    private async Task Stream(HttpContext http, string? tag)
    {
        var events = Channel.CreateUnbounded<string>();
        lock (_lock) _listeners.Add((tag, events));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_open.Token, http.RequestAborted);
        http.Response.ContentType = "text/event-stream";
        try
        {
            await http.Response.WriteAsync(":)\n", end.Token);
            await http.Response.Body.FlushAsync(end.Token);
            await foreach (var one in events.Reader.ReadAllAsync(end.Token))
            {
                await http.Response.WriteAsync(one, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
        finally
        {
            lock (_lock) _listeners.Remove((tag, events));
        }
    }

    public static async Task Json(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
