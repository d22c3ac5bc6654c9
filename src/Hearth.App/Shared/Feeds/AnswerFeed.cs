using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Hearth.App.Shared.Feeds;

/// <summary>Answers with a feed in one of its formats.</summary>
internal static class AnswerFeed
{
    /// <summary>The route constraint of a feed's ending.</summary>
    public const string Kinds = "regex(^(atom|rss|json)$)";

    // The framework answers conditional and partial requests (RFC 9110, section 13) by the tag and the day given here.
    /// <param name="http">Asks for it.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="feed">What to write.</param>
    /// <param name="dated">Whether each change of the feed brings a later entry; if not, only its tag says whether it changed.</param>
    public static IResult With(HttpContext http, string kind, FeedPage feed, bool dated)
    {
        var (bytes, type) = kind switch
        {
            "rss" => (WriteFeed.AsRss(feed), "application/rss+xml; charset=utf-8"),
            "json" => (WriteFeed.AsJson(feed), "application/feed+json; charset=utf-8"),
            _ => (WriteFeed.AsAtom(feed), "application/atom+xml; charset=utf-8"),
        };
        http.Response.Headers.CacheControl = "public, max-age=60";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        return Results.Bytes(bytes, type, lastModified: dated ? feed.Updated : null, entityTag: tag);
    }
}
