using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Hearth.Channels.Trackers;

/// <summary>
/// Issues of Forgejo and Gitea by their common API, version 1 (/api/swagger of an instance), and their webhooks of the type "Forgejo" or "Gitea" with JSON bodies
/// (forgejo.org/docs/latest/user/webhooks): the signature is the HMAC-SHA256 of the body in lower-case hexadecimal digits.
/// </summary>
internal sealed class ForgejoTracker(IHttpClientFactory clients, TimeProvider clock) : ITrackerAdapter
{
    private const int PageSize = 50;

    /// <summary>How far back is looked for an issue: 1,000 changed since it was first tried.</summary>
    private const int MostPages = 20;

    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(5);

    public string Kind => "forgejo";

    public string Title => "Forgejo or Gitea";

    public async Task<string> Check(TrackerSeat seat, CancellationToken ct)
    {
        var repository = await Ask<Repository>(seat, HttpMethod.Get, "", null, ct);
        if (repository.HasIssues == false) throw new TrackerException("The repository has its issues switched off.", isPassing: false);
        return (await Send<User>(seat, HttpMethod.Get, "/api/v1/user", null, ct)).Login;
    }

    public async Task<TrackerIssue?> Find(TrackerSeat seat, string mark, DateTimeOffset since, CancellationToken ct)
    {
        for (var page = 1; page <= MostPages; page++)
        {
            var issues = await Ask<List<Issue>>(seat, HttpMethod.Get, $"/issues?state=all&type=issues&since={Instant(since)}&limit={PageSize}&page={page}", null, ct);
            if (issues.Find(i => i.Body?.Contains(mark, StringComparison.Ordinal) == true) is { } found) return Seen(found);
            if (issues.Count < PageSize) return null;
        }

        return null;
    }

    public async Task<TrackerIssue> Open(TrackerSeat seat, string title, string body, CancellationToken ct) => Seen(await Ask<Issue>(seat, HttpMethod.Post, "/issues", new { title, body }, ct));

    public async Task<TrackerIssue> Set(TrackerSeat seat, long number, bool open, CancellationToken ct) =>
        Seen(await Ask<Issue>(seat, HttpMethod.Patch, Invariant($"/issues/{number}"), new { state = open ? "open" : "closed" }, ct));

    public async Task<bool> HasComment(TrackerSeat seat, long number, string mark, DateTimeOffset since, CancellationToken ct) =>
        (await Ask<List<Comment>>(seat, HttpMethod.Get, Invariant($"/issues/{number}/comments?since={Instant(since)}"), null, ct)).Exists(c => c.Body?.Contains(mark, StringComparison.Ordinal) == true);

    public Task Say(TrackerSeat seat, long number, string body, CancellationToken ct) => Ask<Comment>(seat, HttpMethod.Post, Invariant($"/issues/{number}/comments"), new { body }, ct);

    public string? Refuse(string secret, IHeaderDictionary headers, byte[] body)
    {
        var given = (Header(headers, "Signature") ?? "").Trim();
        if (given.Length == 0) return "the header X-Forgejo-Signature or X-Gitea-Signature is missing: give the webhook the secret";
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), body));
        return CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(expected), System.Text.Encoding.ASCII.GetBytes(given.ToLowerInvariant())) ? null : "the signature does not fit";
    }

    public TrackerNews? Read(IHeaderDictionary headers, byte[] body)
    {
        var kind = Header(headers, "Event");
        if (kind is not ("issues" or "issue_assign" or "issue_comment")) return null;
        var told = JsonSerializer.Deserialize<Hook>(body, Json.Options) ?? throw new JsonException("must be an object");
        if (told.Issue is not { } issue || told.Repository?.FullName is not { } repository) throw new JsonException("lacks issue or repository");
        var by = told.Sender is { } sender ? Name(sender) : "somebody";
        if (kind == "issue_comment")
        {
            if (told.Comment is not { } comment) throw new JsonException("lacks comment");
            TrackerNewsKind? what = told.Action switch { "created" => TrackerNewsKind.Commented, "edited" => TrackerNewsKind.CommentEdited, "deleted" => TrackerNewsKind.CommentDeleted, _ => null };
            if (what is null || told.IsPull) return null;
            return new(what.Value, repository, issue.Number, comment.User is { } writer ? Name(writer) : by, comment.UpdatedAt ?? clock.Now(), comment.Id.ToString(CultureInfo.InvariantCulture), comment.Body, comment.HtmlUrl);
        }

        TrackerNewsKind? happened = told.Action switch
        {
            "closed" => TrackerNewsKind.Closed, "reopened" => TrackerNewsKind.Reopened, "assigned" => TrackerNewsKind.Assigned, "deleted" => TrackerNewsKind.Deleted, _ => null,
        };
        return happened is null ? null : new(happened.Value, repository, issue.Number, by, issue.UpdatedAt ?? clock.Now(), null, null, issue.HtmlUrl);
    }

    // Gitea's names of headers are sent by Forgejo too; only Forgejo sends its own.
    private static string? Header(IHeaderDictionary headers, string name) => headers.TryGetValue("X-Forgejo-" + name, out var own) ? own.ToString()
        : headers.TryGetValue("X-Gitea-" + name, out var common) ? common.ToString() : null;

    private static string Name(User user) => string.IsNullOrWhiteSpace(user.FullName) ? user.Login : user.FullName;

    private static TrackerIssue Seen(Issue issue) => new(issue.Number, issue.HtmlUrl ?? "", issue.State != "closed", issue.UpdatedAt ?? DateTimeOffset.UnixEpoch);

    private static string Instant(DateTimeOffset at) => Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private Task<T> Ask<T>(TrackerSeat seat, HttpMethod method, string path, object? body, CancellationToken ct) =>
        Send<T>(seat, method, "/api/v1/repos/" + string.Join('/', seat.Repository.Split('/').Select(Uri.EscapeDataString)) + path, body, ct);

    private async Task<T> Send<T>(TrackerSeat seat, HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, seat.Service + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("token", seat.Token);
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await clients.Outside().SendAsync(request, ct);
        var now = clock.Now();
        if (answer.StatusCode == HttpStatusCode.TooManyRequests) throw new LaterException(answer.RetryAt(now) ?? now + UnknownPause, "The tracker's rate limit is met.");
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode) throw new TrackerException(Why(answer.StatusCode, text), (int)answer.StatusCode >= 500);
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json.Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new TrackerException("The tracker's answer is not what Forgejo and Gitea say.", isPassing: false);
        }
    }

    private static string Why(HttpStatusCode status, string text) => status switch
    {
        HttpStatusCode.Unauthorized => "The tracker does not accept the token.",
        HttpStatusCode.Forbidden => "The token may not do this; it needs the scope write:issue. " + Said(text),
        HttpStatusCode.NotFound => "The tracker has no such repository or issue, or hides it from this token.",
        HttpStatusCode.Locked => "The tracker's repository is archived.",
        _ => $"The tracker answered {(int)status}. {Said(text)}",
    };

    private static string Said(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var said) && said.ValueKind == JsonValueKind.String
                ? Cut(said.GetString()!) : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];

    private sealed record Repository([property: JsonPropertyName("has_issues")] bool? HasIssues);

    private sealed record User(string Login, [property: JsonPropertyName("full_name")] string? FullName);

    private sealed record Issue(long Number, string? Body, string? State, [property: JsonPropertyName("html_url")] string? HtmlUrl, [property: JsonPropertyName("updated_at")] DateTimeOffset? UpdatedAt);

    private sealed record Comment(long Id, string? Body, User? User, [property: JsonPropertyName("html_url")] string? HtmlUrl, [property: JsonPropertyName("updated_at")] DateTimeOffset? UpdatedAt);

    private sealed record HookRepository([property: JsonPropertyName("full_name")] string? FullName);

    private sealed record Hook(string? Action, Issue? Issue, Comment? Comment, HookRepository? Repository, User? Sender, [property: JsonPropertyName("is_pull")] bool IsPull);
}
