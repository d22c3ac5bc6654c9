using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations.Trackers;

/// <summary>
/// Issues of one repository as Forgejo and Gitea answer (API version 1: paths, status codes and names of fields from an instance's /api/swagger), kept in a file so that a process that dies
/// leaves it standing. What it does not know it answers with 404, so a call that the real ones do not have fails.
/// </summary>
internal sealed class FakeForge(string file) : HttpMessageHandler
{
    public const string Address = "https://forge.example";
    public const string Token = "good-token";
    public const string Repository = "brand/products";

    /// <summary>Every call, in order: method, path and query.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Asked before each call; an answer takes the place of the call's.</summary>
    public Func<string, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Called after each call was done; may throw as a lost connection does.</summary>
    public Action<string> Afterwards { get; set; } = _ => { };

    public JsonArray Issues => (JsonArray)JsonNode.Parse(File.Exists(file) ? File.ReadAllText(file) : "[]")!;

    public IServiceCollection Plug(IServiceCollection services)
    {
        services.AddHttpClient(SafeHttp.Client).ConfigurePrimaryHttpMessageHandler(() => this);
        return services;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, JsonNode body) => new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(HttpStatusCode status, string message) => Answer(status, new JsonObject { ["message"] = message, ["url"] = Address + "/api/swagger" });

    public void Keep(JsonArray issues) => File.WriteAllText(file, issues.ToJsonString());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Calls.Add(call);
        if (Instead(call) is { } other) return other;
        if (request.Headers.Authorization?.ToString() != "token " + Token) return Error(HttpStatusCode.Unauthorized, "invalid username, password or token");
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var answer = Do(request.Method, request.RequestUri, body);
        Afterwards(call);
        return answer;
    }

    private HttpResponseMessage Do(HttpMethod method, Uri uri, JsonNode? body)
    {
        if (uri.AbsolutePath == "/api/v1/user") return Answer(HttpStatusCode.OK, new JsonObject { ["id"] = 7, ["login"] = "hearth-bot", ["full_name"] = "", ["email"] = "bot@example.org" });
        var path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries); // api v1 repos owner name issues number comments
        if (path.Length < 5 || $"{path[3]}/{path[4]}" != Repository) return Error(HttpStatusCode.NotFound, "The target couldn't be found.");
        if (path.Length == 5) return Answer(HttpStatusCode.OK, new JsonObject { ["id"] = 1, ["full_name"] = Repository, ["has_issues"] = true, ["permissions"] = new JsonObject { ["admin"] = false, ["push"] = true, ["pull"] = true } });
        var query = System.Web.HttpUtility.ParseQueryString(uri.Query);
        var issues = Issues;
        if (path.Length == 6 && method == HttpMethod.Get)
        {
            var (limit, page) = (int.Parse(query["limit"]!, CultureInfo.InvariantCulture), int.Parse(query["page"]!, CultureInfo.InvariantCulture));
            Assert.Equal(("all", "issues"), (query["state"], query["type"]));
            Assert.True(DateTimeOffset.TryParse(query["since"], CultureInfo.InvariantCulture, out _));
            return Answer(HttpStatusCode.OK, new JsonArray([.. issues.Reverse().Skip((page - 1) * limit).Take(limit).Select(i => i!.DeepClone())]));
        }

        if (path.Length == 6 && method == HttpMethod.Post)
        {
            var issue = new JsonObject
            {
                ["id"] = 1000 + issues.Count, ["number"] = issues.Count + 1, ["title"] = (string)body!["title"]!, ["body"] = (string)body["body"]!, ["state"] = "open", ["user"] = new JsonObject { ["login"] = "hearth-bot" },
                ["html_url"] = $"{Address}/{Repository}/issues/{issues.Count + 1}", ["updated_at"] = "2026-09-01T09:00:00Z", ["comments"] = 0, ["said"] = new JsonArray(),
            };
            issues.Add(issue);
            Keep(issues);
            return Answer(HttpStatusCode.Created, issue.DeepClone());
        }

        if (path.Length < 7 || issues.FirstOrDefault(i => i!["number"]!.ToString() == path[6]) is not JsonObject found) return Error(HttpStatusCode.NotFound, "issue does not exist");
        var said = (JsonArray)found["said"]!;
        switch (method.Method, path.Length)
        {
            case ("PATCH", 7):
                found["state"] = (string)body!["state"]!;
                found["updated_at"] = "2026-09-01T10:00:00Z";
                Keep(issues);
                return Answer(HttpStatusCode.Created, found.DeepClone());
            case ("GET", 8):
                return Answer(HttpStatusCode.OK, said.DeepClone());
            case ("POST", 8):
                var comment = new JsonObject { ["id"] = 1 + said.Count, ["body"] = (string)body!["body"]!, ["user"] = new JsonObject { ["login"] = "hearth-bot" }, ["html_url"] = $"{Address}/c/{1 + said.Count}", ["updated_at"] = "2026-09-01T09:30:00Z" };
                said.Add(comment);
                Keep(issues);
                return Answer(HttpStatusCode.Created, comment.DeepClone());
            default:
                return Error(HttpStatusCode.NotFound, "not found");
        }
    }
}
