using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Reading;

/// <summary>A Discourse forum that gives the JSON of its pages, written from docs.discourse.org ("Posts", "Topics") and its posts.json as forums answer it.</summary>
public sealed class FakeDiscourse : IAsyncDisposable
{
    public const string Key = "a-good-key";

    private readonly SortedDictionary<long, JsonObject> _posts = [];
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private long _last = 100;

    private FakeDiscourse()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    public string Address => _app.Urls.First() + "/forum";

    public bool IsBroken { get; set; }

    public bool IsKeyGood { get; set; } = true;

    public static async Task<FakeDiscourse> Start()
    {
        var server = new FakeDiscourse();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Somebody posts.</summary>
    public long Post(string cooked, DateTimeOffset? at = null, Action<JsonObject>? also = null)
    {
        lock (_lock)
        {
            var post = New(++_last, cooked, at ?? TimeProvider.System.GetUtcNow());
            also?.Invoke(post);
            _posts[_last] = post;
            return _last;
        }
    }

    public void Edit(long id, string cooked)
    {
        lock (_lock) (_posts[id]["cooked"], _posts[id]["version"], _posts[id]["updated_at"]) = (cooked, (int)_posts[id]["version"]! + 1, Stamp(TimeProvider.System.GetUtcNow()));
    }

    public void Delete(long id)
    {
        lock (_lock) _posts.Remove(id);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>A post as the forum shows it.</summary>
    public static JsonObject New(long id, string cooked, DateTimeOffset at) => new()
    {
        ["id"] = id, ["name"] = "Ann", ["username"] = "ann", ["avatar_template"] = "/user_avatar/forum/ann/{size}/1.png", ["created_at"] = Stamp(at), ["updated_at"] = Stamp(at), ["cooked"] = cooked, ["version"] = 1,
        ["post_number"] = (int)(id - 99), ["post_type"] = 1, ["reply_to_post_number"] = null, ["topic_id"] = 45, ["topic_slug"] = "shoes", ["topic_title"] = "Shoes", ["hidden"] = false, ["user_deleted"] = false, ["deleted_at"] = null,
    };

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!.Replace("/forum", "", StringComparison.Ordinal);
        if (IsBroken) return FakeMastodon.Json(http, 502, new JsonObject());
        if (http.Request.Headers["Api-Key"] != Key || !IsKeyGood) return FakeMastodon.Json(http, 403, new JsonObject { ["errors"] = new JsonArray("You are not permitted to view the requested resource."), ["error_type"] = "invalid_access" });
        lock (_lock)
        {
            if (path == "/posts.json")
            {
                var before = http.Request.Query.TryGetValue("before", out var b) ? long.Parse(b!, CultureInfo.InvariantCulture) : long.MaxValue;
                return FakeMastodon.Json(http, 200, new JsonObject { ["latest_posts"] = new JsonArray([.. _posts.Where(p => p.Key <= before).Select(p => p.Value).Reverse().Take(50).Select(p => p.DeepClone())]) });
            }

            if (path.StartsWith("/posts/", StringComparison.Ordinal) && _posts.TryGetValue(long.Parse(path[7..^5], CultureInfo.InvariantCulture), out var one)) return FakeMastodon.Json(http, 200, one.DeepClone());
            if (path.StartsWith("/t/45", StringComparison.Ordinal))
            {
                var from = path == "/t/45.json" ? 1 : int.Parse(path[6..^5], CultureInfo.InvariantCulture);
                var page = _posts.Values.Where(p => (int)p["post_number"]! >= from).Take(20).Select(p => p.DeepClone());
                return FakeMastodon.Json(http, 200, new JsonObject { ["id"] = 45, ["title"] = "Shoes", ["slug"] = "shoes", ["archetype"] = "regular", ["post_stream"] = new JsonObject { ["posts"] = new JsonArray([.. page]) } });
            }

            return FakeMastodon.Json(http, 404, new JsonObject { ["errors"] = new JsonArray("The requested URL or resource could not be found.") });
        }
    }
}
