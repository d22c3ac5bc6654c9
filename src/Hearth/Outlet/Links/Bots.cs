using System.Buffers;

namespace Hearth.Outlet;

/// <summary>Tells crawlers, link previews and prefetchers from people, by what they say of themselves.</summary>
public static class Bots
{
    // What the fetchers' own documentation gives as their user agents; "bot", "crawl", "spider" and "preview" catch the long tail.
    private static readonly SearchValues<string> Names = SearchValues.Create(
    [
        "bot", "crawl", "spider", "preview", "slurp", "facebookexternalhit", "facebookcatalog", "meta-externalagent", "whatsapp", "telegram", "skypeuri", "vkshare",
        "cardyb", "bluesky", "atproto", "mastodon", "pleroma", "akkoma", "misskey", "friendica", "lemmy", "synapse", "embedly", "iframely", "quora link", "outbrain",
        "pinterest/", "bitlybot", "flipboard", "nuzzel", "w3c_validator", "google-read-aloud", "google-inspectiontool", "apis-google", "mediapartners", "feedfetcher",
        "lighthouse", "pagespeed", "headlesschrome", "phantomjs", "wget", "curl", "python-", "aiohttp", "go-http-client", "okhttp", "java/", "libwww", "httpclient",
        "node-fetch", "undici", "axios", "scrapy", "monitor", "uptime", "pingdom", "statuscake", "datadog", "validator", "ahrefs", "semrush", "yandex", "baidu",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a known fetcher, for no user agent at all, and for a browser that says it only prefetches.</summary>
    /// <param name="userAgent">The User-Agent header.</param>
    /// <param name="purpose">Sec-Purpose, Purpose or X-Moz, joined; empty when none is sent.</param>
    public static bool Is(string? userAgent, string? purpose = null) => string.IsNullOrWhiteSpace(userAgent)
        || userAgent.AsSpan().ContainsAny(Names)
        || purpose?.Contains("prefetch", StringComparison.OrdinalIgnoreCase) == true
        || purpose?.Contains("preview", StringComparison.OrdinalIgnoreCase) == true;
}
