using Hearth.App.Shared;
using Hearth.App.Shared.Feeds;
using Hearth.Ideas;

namespace Hearth.App.Public.Ideas.Feeds;

/// <summary>News of the board as entries of a feed.</summary>
internal static class IdeaEntries
{
    public static FeedEntry Of(BoardNews news, string address, IReadOnlyDictionary<string, string> categories) => new(
        $"{address}/ideas/{news.Idea.Value}{(news.Part.Length == 0 ? "" : "#" + news.Part)}", FeedEntry.Clean(news.Title), FeedEntry.Clean(SafeMarkdown.Html(news.Text).Value), FeedEntry.Clean(news.By),
        [.. ((string?[])[categories.GetValueOrDefault(news.Category), news.Status?.Words()]).OfType<string>()], news.At);
}
