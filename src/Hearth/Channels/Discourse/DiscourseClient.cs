using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Hearth.Platform.Http;

namespace Hearth.Channels.Discourse;

/// <summary>Whom to ask, and as whom.</summary>
/// <param name="Address">The forum, without a slash at the end; it may stand in a folder ("https://brand.example/forum").</param>
/// <param name="Key">An API key; null reads as anybody.</param>
/// <param name="User">The user that the key speaks for.</param>
public sealed record DiscourseForum(string Address, string? Key = null, string? User = null);

/// <summary>Posts as they came, and how many could not be read.</summary>
public sealed record DiscoursePage(IReadOnlyList<DiscoursePost> Posts, int Unreadable);

/// <summary>Reads the JSON that every Discourse forum gives of its pages.</summary>
public sealed class DiscourseClient(IHttpClientFactory clients, TimeProvider clock)
{
    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(1);

    /// <summary>The latest fifty posts of all topics, the newest first.</summary>
    /// <param name="forum">Whom to ask.</param>
    /// <param name="before">Not newer than this id; null for the newest.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<DiscoursePage> Latest(DiscourseForum forum, long? before, CancellationToken ct)
    {
        var answer = await Get(forum, "/posts.json" + (before is { } id ? $"?before={id}" : ""), ct) ?? throw new ChannelRefusedException("There is no Discourse forum at this address.");
        return Page(answer["latest_posts"] as JsonArray ?? throw new ChannelRefusedException("The forum did not answer as Discourse does."), null);
    }

    /// <summary>The posts of a topic from a place on, about twenty; null when the topic is gone.</summary>
    public async Task<DiscoursePage?> Topic(DiscourseForum forum, long topic, int from, CancellationToken ct)
    {
        var answer = await Get(forum, from > 1 ? $"/t/{topic}/{from}.json" : $"/t/{topic}.json", ct);
        return answer is JsonObject t ? Page(t["post_stream"]?["posts"] as JsonArray ?? [], t) : null;
    }

    /// <summary>One post as it stands now; null when it is gone, or nobody but the staff may see it.</summary>
    public async Task<DiscoursePost?> Post(DiscourseForum forum, long id, CancellationToken ct) => DiscoursePost.Read(await Get(forum, $"/posts/{id}.json", ct)) is { IsGone: false } post ? post : null;

    private static DiscoursePage Page(JsonArray list, JsonObject? topic)
    {
        var posts = new List<DiscoursePost>();
        var unreadable = 0;
        foreach (var item in list)
        {
            if (item is JsonObject o && topic is not null)
            {
                // A topic's own JSON says these once for all of its posts.
                o["topic_title"] ??= DiscoursePost.Word(topic, "title");
                o["topic_slug"] ??= DiscoursePost.Word(topic, "slug");
                o["topic_archetype"] ??= DiscoursePost.Word(topic, "archetype");
            }

            if (DiscoursePost.Read(item) is { } post) posts.Add(post);
            else if (item is not JsonObject one || DiscoursePost.Whole(one, "post_type") is null or 1 or 2) unreadable++;
        }

        return new(posts, unreadable);
    }

    // Null when there is none.
    private async Task<JsonNode?> Get(DiscourseForum forum, string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, forum.Address + path);
        request.Headers.Accept.ParseAdd("application/json");
        if (forum.Key is not null)
        {
            request.Headers.Add("Api-Key", forum.Key);
            request.Headers.Add("Api-Username", forum.User ?? "system");
        }

        using var response = await clients.Outside().SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var body = Parse(text);
        if (response.IsSuccessStatusCode) return body ?? throw new HttpRequestException("The forum's answer was not JSON.");
        var now = clock.Now();
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return null;
            case HttpStatusCode.TooManyRequests:
                // "extras": {"wait_seconds": n} says the same as Retry-After.
                var wait = body?["extras"] is JsonObject extras && DiscoursePost.Whole(extras, "wait_seconds") is { } seconds ? now + TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400)) : (DateTimeOffset?)null;
                throw new LaterException(response.RetryAt(now) ?? wait ?? now + UnknownPause, "the forum's rate limit is met");
            case HttpStatusCode.ServiceUnavailable when response.RetryAt(now) is { } at:
                throw new LaterException(at, "the forum is not available");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new ChannelRefusedException(forum.Key is null ? "The forum shows nothing to strangers; give an API key." : $"The forum does not accept the API key: {Said(body) ?? response.StatusCode.ToString()}");
            default:
                throw new HttpRequestException($"The forum answered {(int)response.StatusCode} {response.ReasonPhrase}.", null, response.StatusCode);
        }
    }

    private static string? Said(JsonNode? body) => (body?["errors"] as JsonArray)?.OfType<JsonValue>().FirstOrDefault()?.ToString();

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
