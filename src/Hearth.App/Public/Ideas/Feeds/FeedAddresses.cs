using Hearth.App.Shared.Feeds;
using Hearth.Ideas;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Http.Extensions;

namespace Hearth.App.Public.Ideas.Feeds;

/// <summary><c>/ideas/feed.atom</c>, <c>.rss</c> and <c>.json</c>, by <c>category</c> and <c>status</c>; the same below each idea.</summary>
internal static class FeedAddresses
{
    /// <summary>The address of the board's feed, for the head of a page.</summary>
    public static string Of(string kind, string? category, string? status) => With("/ideas/feed." + kind, category, status);

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/ideas/feed.{{kind:{AnswerFeed.Kinds}}}", OfBoard).AllowAnonymous().ExcludeFromDescription();
        app.MapGet($"/ideas/{{idea:guid}}/feed.{{kind:{AnswerFeed.Kinds}}}", OfIdea).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> OfBoard(string kind, string? category, string? status, HttpContext http, ReadBoardNews news, IdeaCategories categories, DisclosurePolicy policy, PublicAddress address, CancellationToken ct)
    {
        (category, status) = (Said(category), Said(status));
        var names = (await categories.All(ct)).ToDictionary(c => c.Slug, c => c.Name);
        Word<IdeaStatus> word = default;
        if (status is not null && !Word<IdeaStatus>.TryParse(status, out word)) return Results.NotFound();
        if (category is not null && !names.ContainsKey(category)) return Results.NotFound();
        var items = await news.OfBoard(category, status is null ? null : word.Value, ct);
        var brand = (await policy.Read(ct)).Brand ?? "Hearth";
        var home = address.Of(http);
        var title = $"{brand}: ideas" + (status is null ? "" : $", {word.Value.Words().ToLowerInvariant()}") + (category is null ? "" : $", {names[category]}");
        var what = status is null or "submitted" ? "The latest ideas of the board." : "What the brand decided, with its reasons.";
        return AnswerFeed.With(http, kind, new(title, what, home + With("/ideas", category, status), home + Of(kind, category, status), [.. items.Select(i => IdeaEntries.Of(i, home, names))]), dated: true);
    }

    private static async Task<IResult> OfIdea(string kind, Guid idea, HttpContext http, ReadBoardNews news, IdeaCategories categories, PublicAddress address, CancellationToken ct)
    {
        if (await news.OfIdea(new(idea), ct) is not { } found) return Results.NotFound();
        if (found.MergedInto is { } target) return Results.Redirect($"/ideas/{target.Value}/feed.{kind}", permanent: true);
        var names = (await categories.All(ct)).ToDictionary(c => c.Slug, c => c.Name);
        var home = address.Of(http);
        return AnswerFeed.With(http, kind, new(found.Title, "What becomes of this idea and what is said about it.", $"{home}/ideas/{idea}", $"{home}/ideas/{idea}/feed.{kind}", [.. found.News.Select(i => IdeaEntries.Of(i, home, names))]), dated: true);
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string With(string path, string? category, string? status)
    {
        var query = new QueryBuilder();
        if (!string.IsNullOrEmpty(category)) query.Add("category", category);
        if (!string.IsNullOrEmpty(status)) query.Add("status", status);
        return path + query.ToQueryString();
    }
}
