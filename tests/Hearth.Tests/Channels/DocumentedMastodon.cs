using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels;

/// <summary>
/// An instance as docs.joinmastodon.org describes its writing methods (statuses, media, instance; version 4.3), for what the real server of the tests (snac2) lacks: the
/// Idempotency-Key, deletion, pictures that are worked on, scopes.
/// </summary>
public sealed class DocumentedMastodon : HttpMessageHandler
{
    public const string Address = "https://mastodon.example";
    public const string Token = "a-good-token";

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private int _last = 100;

    /// <summary>What stands, by id.</summary>
    public Dictionary<string, JsonObject> Statuses { get; } = new(StringComparer.Ordinal);

    /// <summary>Every call that changes something, in order.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>How often a picture is still worked on when it is asked for.</summary>
    public int PictureTakes { get; set; }

    /// <summary>False forgets keys, as an instance does after an hour.</summary>
    public bool KeepsKeys { get; set; } = true;

    public bool MayWrite { get; set; } = true;

    /// <summary>Asked after each change was done; may throw as a lost connection does.</summary>
    public Action<string> Afterwards { get; set; } = _ => { };

    public IServiceCollection Plug(IServiceCollection services)
    {
        services.AddHttpClient(SafeHttp.Client).ConfigurePrimaryHttpMessageHandler(() => this);
        return services;
    }

    /// <summary>Somebody posts.</summary>
    public string Post(string who, string text, string visibility = "public")
    {
        var id = (++_last).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Statuses[id] = Status(id, who, text, null, visibility, null, []);
        return id;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (path, method) = (request.RequestUri!.AbsolutePath, request.Method.Method);
        if (request.Headers.Authorization?.Parameter != Token) return Error(HttpStatusCode.Unauthorized, "The access token is invalid");
        if (method == "GET") return Read(path);
        if (!MayWrite) return Error(HttpStatusCode.Forbidden, "This action is outside the authorized scopes");
        var form = request.Content is FormUrlEncodedContent ? System.Web.HttpUtility.ParseQueryString(await request.Content.ReadAsStringAsync(cancellationToken)) : new System.Collections.Specialized.NameValueCollection();
        Writes.Add(method + " " + path);
        var answer = Write(method, path, form, request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.First() : null);
        Afterwards(method + " " + path);
        return answer;
    }

    private HttpResponseMessage Read(string path) => path switch
    {
        "/api/v1/accounts/verify_credentials" => Answer(Account("brand")),
        "/api/v1/accounts/1/statuses" => Answer(new JsonArray([.. Statuses.Values.Where(s => (string?)s["account"]!["id"] == "1").Reverse().Select(s => s.DeepClone())])),
        "/api/v2/instance" => Answer(JsonNode.Parse("""{"configuration":{"statuses":{"max_characters":500,"max_media_attachments":4,"characters_reserved_per_url":23},"media_attachments":{"image_size_limit":16777216,"description_limit":1500,"supported_mime_types":["image/png","image/jpeg","video/mp4"]}}}""")!),
        _ when path.StartsWith("/api/v1/media/", StringComparison.Ordinal) => Answer(Picture(), PictureTakes-- > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK),
        _ when path.EndsWith("/source", StringComparison.Ordinal) && Statuses.TryGetValue(path.Split('/')[4], out var s) => Answer(new JsonObject { ["id"] = s["id"]!.DeepClone(), ["text"] = s["source"]!.DeepClone(), ["spoiler_text"] = "" }),
        _ when path.StartsWith("/api/v1/statuses/", StringComparison.Ordinal) && Statuses.TryGetValue(path.Split('/')[4], out var s) => Answer(s.DeepClone()),
        _ => Error(HttpStatusCode.NotFound, "Record not found"),
    };

    private HttpResponseMessage Write(string method, string path, System.Collections.Specialized.NameValueCollection form, string? key)
    {
        if (path == "/api/v2/media") return Answer(Picture(), PictureTakes > 0 ? HttpStatusCode.Accepted : HttpStatusCode.OK);
        if (path == "/api/v1/statuses")
        {
            if (KeepsKeys && key is not null && _keys.TryGetValue(key, out var made)) return Answer(Statuses[made].DeepClone());
            var id = (++_last).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Statuses[id] = Status(id, "brand", form["status"]!, form["in_reply_to_id"], form["visibility"]!, form["language"], form.GetValues("media_ids[]") ?? []);
            if (key is not null) _keys[key] = id;
            return Answer(Statuses[id].DeepClone());
        }

        if (!Statuses.TryGetValue(path.Split('/')[4], out var status)) return Error(HttpStatusCode.NotFound, "Record not found");
        if (method == "DELETE") Statuses.Remove((string)status["id"]!);
        else (status["source"], status["content"], status["edited_at"]) = (form["status"], "<p>" + form["status"] + "</p>", "2026-09-01T10:00:00.000Z");
        return Answer(status.DeepClone());
    }

    private static JsonObject Status(string id, string who, string text, string? replyTo, string visibility, string? language, string[] media) => new()
    {
        ["id"] = id, ["uri"] = $"{Address}/users/{who}/statuses/{id}", ["url"] = $"{Address}/@{who}/{id}", ["account"] = Account(who), ["created_at"] = "2026-09-01T09:00:00.000Z", ["content"] = "<p>" + text + "</p>",
        ["source"] = text, ["in_reply_to_id"] = replyTo, ["visibility"] = visibility, ["language"] = language, ["media_attachments"] = new JsonArray([.. media.Select(m => new JsonObject { ["id"] = m, ["type"] = "image" })]),
        ["mentions"] = new JsonArray(), ["tags"] = new JsonArray(), ["favourites_count"] = 2, ["reblogs_count"] = 1, ["replies_count"] = 0,
    };

    private static JsonObject Account(string who) => new() { ["id"] = who == "brand" ? "1" : "2", ["username"] = who.Split('@')[0], ["acct"] = who, ["display_name"] = who, ["url"] = $"{Address}/@{who}" };

    private static JsonObject Picture() => new() { ["id"] = "55", ["type"] = "image", ["url"] = null };

    private static HttpResponseMessage Answer(JsonNode body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Error(HttpStatusCode status, string error) => Answer(new JsonObject { ["error"] = error }, status);
}
