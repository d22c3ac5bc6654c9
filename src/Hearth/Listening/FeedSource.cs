using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Channels.Feeds;
using Hearth.Platform;
using Hearth.Platform.Http;

namespace Hearth.Listening;

/// <summary>RSS, Atom and JSON feeds, asked for with conditional GET: a feed that has not changed costs one short answer.</summary>
public sealed class FeedSource(IHttpClientFactory http, TimeProvider clock) : IMentionSource
{
    public const string Url = "url";

    private sealed record Cursor(string? ETag, DateTimeOffset? Modified);

    public string Kind => "feed";

    public string Title => "Feed (RSS, Atom, JSON Feed)";

    public string Network => "web";

    public IReadOnlyList<SourceField> Fields { get; } = [new(Url, "Address of the feed", SourceFieldKind.Address, IsRequired: true)];

    public bool EngageByDefault => false;

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Uri.TryCreate(settings.Values.GetValueOrDefault(Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) yield return new(Url, "must be the address of a feed, beginning with https://");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var address = new Uri(settings.Values[Url]);
        var known = cursor is null ? null : JsonSerializer.Deserialize<Cursor>(cursor, Json.Options);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5");
        if (known?.ETag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known.ETag);
        request.Headers.IfModifiedSince = known?.Modified;
        using var answer = await http.Outside().SendAsync(request, ct);
        if (answer.StatusCode == HttpStatusCode.NotModified) yield break;
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && answer.RetryAt(clock.Now()) is { } later) throw new LaterException(later, $"the server asked to come back later ({(int)answer.StatusCode})");
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.");
        var feed = ReadFeed.From(await answer.Content.ReadAsByteArrayAsync(ct), answer.RequestMessage?.RequestUri ?? address);
        var now = clock.Now();
        var posts = feed.Items.Select(i => Post(i, feed.Language, now)).Reverse().ToList();
        yield return new(posts, JsonSerializer.Serialize(new Cursor(answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified), Json.Options));
    }

    private static IncomingPost Post(FeedItem item, string? language, DateTimeOffset now)
    {
        var text = item.Title is null || item.Text?.StartsWith(item.Title, StringComparison.Ordinal) == true ? item.Text! : item.Text is null ? item.Title : $"{item.Title}\n\n{item.Text}";
        var at = PostDates.TryParse(item.At, out var published) && published <= now.AddDays(1) ? published : now;
        return new(item.Id.Length > 512 ? item.Id[..512] : item.Id, text.Length > 100_000 ? text[..100_000] : text, at,
            item.Author is null ? null : new(item.Author.ToLowerInvariant(), Name: item.Author), item.Url, language);
    }
}
