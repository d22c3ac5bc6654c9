using System.Net;
using System.Text;
using Hearth.Platform;
using Hearth.Platform.Http;

namespace Hearth.Channels.Feeds;

/// <summary>What a look at a feed brought.</summary>
/// <param name="Feed">What it holds; null when it has not changed.</param>
/// <param name="Address">Where it stands for good: the address that was asked, or the one that it moved to (301, 308), or that a page named.</param>
/// <param name="ETag">To be asked with next time.</param>
/// <param name="Modified">Likewise.</param>
/// <param name="MaxAge">How long the server says that it may be kept.</param>
/// <param name="Hub">A hub that tells of changes (WebSub), by the answer's Link header or the feed itself.</param>
/// <param name="Self">The feed's address as the hub knows it.</param>
public sealed record FetchedFeed(Feed? Feed, Uri Address, string? ETag, DateTimeOffset? Modified, TimeSpan? MaxAge, string? Hub, string? Self);

/// <summary>Fetches a feed by conditional GET, follows where it moved, and looks for it on the page when the address is a page's.</summary>
public sealed class FetchFeed(IHttpClientFactory clients, TimeProvider clock)
{
    private const int MaxRedirects = 5;

    /// <summary>Fetches.</summary>
    /// <param name="address">A feed's address, or a page's.</param>
    /// <param name="etag">As the last look told; null for the first.</param>
    /// <param name="modified">Likewise.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="NoFeedException">There is no feed, or it cannot be read.</exception>
    /// <exception cref="ChannelRefusedException">It is gone for good (410).</exception>
    public async Task<FetchedFeed> From(Uri address, string? etag, DateTimeOffset? modified, CancellationToken ct)
    {
        var (bytes, at, fetched) = await Get(address, etag, modified, ct);
        if (bytes is null) return fetched;
        try
        {
            return Read(bytes, at, fetched);
        }
        catch (NoFeedException e) when (e.IsPage)
        {
            return await Find(bytes, at, ct) ?? throw new NoFeedException("This is a web page that names no feed, and none stands where feeds usually do.");
        }
    }

    private async Task<FetchedFeed?> Find(byte[] page, Uri at, CancellationToken ct)
    {
        var named = FindFeed.NamedOn(Encoding.UTF8.GetString(page), at);
        foreach (var candidate in named.Count > 0 ? named.Take(3) : FindFeed.UsuallyAt(at))
        {
            try
            {
                var (bytes, where, fetched) = await Get(candidate, null, null, ct);
                if (bytes is not null) return Read(bytes, where, fetched);
            }
            catch (Exception e) when (e is NoFeedException or HttpRequestException or ChannelRefusedException)
            {
                // not there; the next one may be
            }
        }

        return null;
    }

    private static FetchedFeed Read(byte[] bytes, Uri at, FetchedFeed fetched)
    {
        var feed = ReadFeed.From(bytes, at);
        return fetched with { Feed = feed, Hub = fetched.Hub ?? feed.Hub, Self = fetched.Self ?? feed.Self };
    }

    // The address is kept for good only while every step says so.
    private async Task<(byte[]? Bytes, Uri At, FetchedFeed Fetched)> Get(Uri address, string? etag, DateTimeOffset? modified, CancellationToken ct)
    {
        var (at, stands, forGood) = (address, address, true);
        for (var step = 0; step <= MaxRedirects; step++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            request.Headers.TryAddWithoutValidation("Accept", "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5");
            if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            request.Headers.IfModifiedSince = modified;
            using var answer = await clients.OutsideUnfollowed().SendAsync(request, ct);
            if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
                && answer.Headers.Location is { } to && new Uri(at, to) is { Scheme: "http" or "https" } next)
            {
                at = next;
                forGood &= answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
                if (forGood) stands = next;
                continue;
            }

            if (answer.StatusCode == HttpStatusCode.NotModified) return (null, at, new(null, stands, etag, modified, answer.Headers.CacheControl?.MaxAge, null, null));
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && answer.RetryAt(clock.Now()) is { } later) throw new LaterException(later, $"the server asked to come back later ({(int)answer.StatusCode})");
            if (answer.StatusCode == HttpStatusCode.Gone) throw new ChannelRefusedException("The feed is gone for good, says its server (410).");
            if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", null, answer.StatusCode);
            var links = answer.Headers.TryGetValues("Link", out var values) ? string.Join(',', values) : "";
            return (await answer.Content.ReadAsByteArrayAsync(ct), at, new(null, stands, answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified, answer.Headers.CacheControl?.MaxAge, Link(links, "hub", at), Link(links, "self", at)));
        }

        throw new HttpRequestException($"The server sends from one address to another ({MaxRedirects} times).");
    }

    // RFC 8288: <address>; rel="hub", <address>; rel="self"
    private static string? Link(string header, string rel, Uri at)
    {
        foreach (var part in header.Split('<', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('>', 2) is not [var address, var rest]) continue;
            var rels = rest.Split(';').Select(p => p.Trim().TrimEnd(',').Trim()).Where(p => p.StartsWith("rel=", StringComparison.OrdinalIgnoreCase)).SelectMany(p => p[4..].Trim('"').Split(' '));
            if (rels.Contains(rel, StringComparer.OrdinalIgnoreCase)) return ReadFeed.Absolute(address, at);
        }

        return null;
    }
}
