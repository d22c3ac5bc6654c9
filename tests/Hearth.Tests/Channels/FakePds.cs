using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels;

/// <summary>A Bluesky server in memory, for what a real one cannot be made to do: lose answers, end sessions, meet limits. The real one is tested in Peers.</summary>
public sealed class FakePds : HttpMessageHandler
{
    public const string Address = "https://pds.example";
    public const string Password = "abcd-efgh-ijkl-mnop";
    public const string Did = "did:plc:brand";

    private readonly FakeClock? _clock;
    private int _tokens;

    public FakePds(FakeClock? clock = null) => _clock = clock;

    /// <summary>What stands, by key.</summary>
    public Dictionary<string, JsonNode> Posts { get; } = new(StringComparer.Ordinal);

    /// <summary>Every call, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Refresh tokens that are good.</summary>
    public HashSet<string> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Access tokens that are good.</summary>
    public HashSet<string> Access { get; } = new(StringComparer.Ordinal);

    public bool PasswordIsGood { get; set; } = true;

    public string Scope { get; set; } = "com.atproto.appPass";

    /// <summary>Asked before each call; an answer takes the place of the call's.</summary>
    public Func<string, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Asked after each call was done; may throw as a lost connection does.</summary>
    public Action<string> Afterwards { get; set; } = _ => { };

    public IServiceCollection Plug(IServiceCollection services)
    {
        services.AddHttpClient(SafeHttp.Client).ConfigurePrimaryHttpMessageHandler(() => this);
        return services;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, JsonNode body) => new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(HttpStatusCode status, string error, string message = "said the server") => Answer(status, new JsonObject { ["error"] = error, ["message"] = message });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var nsid = request.RequestUri!.Segments[^1];
        Calls.Add(nsid);
        if (Instead(nsid) is { } other) return other;
        var body = request.Content?.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken)) : null;
        var answer = Do(nsid, body, request.Headers.Authorization?.Parameter, System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query)["rkey"]);
        Afterwards(nsid);
        return answer;
    }

    private HttpResponseMessage Do(string nsid, JsonNode? body, string? token, string? rkey)
    {
        switch (nsid)
        {
            case "com.atproto.server.createSession":
                return PasswordIsGood && (string?)body!["password"] == Password ? Session() : Error(HttpStatusCode.Unauthorized, "AuthenticationRequired", "Invalid identifier or password");
            case "com.atproto.server.refreshSession":
                return token is not null && Sessions.Remove(token) ? Session() : Error(HttpStatusCode.BadRequest, "ExpiredToken", "Token has been revoked");
            case "com.atproto.server.deleteSession":
                Sessions.Remove(token!);
                return new(HttpStatusCode.OK);
        }

        if (token is null || !Access.Contains(token)) return Error(HttpStatusCode.BadRequest, "ExpiredToken", "Token has expired");
        var key = rkey ?? (string?)body?["rkey"] ?? "";
        switch (nsid)
        {
            case "com.atproto.repo.putRecord":
                Posts[key] = body!["record"]!.DeepClone();
                return Answer(HttpStatusCode.OK, new JsonObject { ["uri"] = $"at://{Did}/app.bsky.feed.post/{key}", ["cid"] = "cid-" + key });
            case "com.atproto.repo.uploadBlob":
                return Answer(HttpStatusCode.OK, new JsonObject { ["blob"] = new JsonObject { ["$type"] = "blob", ["ref"] = new JsonObject { ["$link"] = "bafkrei" }, ["mimeType"] = "image/png", ["size"] = 70 } });
            case "com.atproto.repo.deleteRecord":
                Posts.Remove(key);
                return Answer(HttpStatusCode.OK, new JsonObject());
            case "com.atproto.repo.getRecord":
                return Posts.TryGetValue(key, out var post)
                    ? Answer(HttpStatusCode.OK, new JsonObject { ["uri"] = $"at://{Did}/app.bsky.feed.post/{key}", ["cid"] = "cid-" + key, ["value"] = post.DeepClone() })
                    : Error(HttpStatusCode.BadRequest, "RecordNotFound");
            case "app.bsky.actor.getProfile":
                return Answer(HttpStatusCode.OK, new JsonObject { ["did"] = Did, ["handle"] = "brand.example", ["displayName"] = "Brand" });
            default:
                return Error(HttpStatusCode.NotImplemented, "MethodNotImplemented");
        }
    }

    private HttpResponseMessage Session()
    {
        var number = ++_tokens;
        var ends = (_clock?.GetUtcNow() ?? TimeProvider.System.GetUtcNow()).AddHours(2).ToUnixTimeSeconds();
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"scope":"{{Scope}}","exp":{{ends}}}""")).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var (access, refresh) = ($"a{number}.{claims}.x", $"r{number}.{claims}.x");
        Access.Clear();
        Access.Add(access);
        Sessions.Add(refresh);
        return Answer(HttpStatusCode.OK, new JsonObject { ["did"] = Did, ["handle"] = "brand.example", ["accessJwt"] = access, ["refreshJwt"] = refresh });
    }
}
