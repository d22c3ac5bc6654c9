using Hearth.Catalog;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>A post with what was made of it: words, meaning and the saved queries it matches.</summary>
internal sealed record ReadPost(IncomingPost Post, string Text, List<Token> Tokens, Reading Reading, PostKind Kind, Media Has, string? Links, bool IsOwn, IReadOnlyList<QueryId> Queries, float? Sure)
{
    /// <summary>Reads and matches a post.</summary>
    /// <param name="post">As the source gave it.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="reader">Reads by the lexicon and by what the house has learned.</param>
    /// <param name="queries">The saved queries now.</param>
    /// <param name="products">The names of products; null when nobody asks for them.</param>
    /// <param name="promises">All that the brand ever promised.</param>
    /// <param name="isOwn">True when its author is known as the brand, whatever the source says.</param>
    /// <param name="stored">The mention of which this is an edit: queries are asked of what a person corrected, and of what an edit does not change.</param>
    public static ReadPost Of(IncomingPost post, SourceRow source, Reader reader, QuerySnapshot queries, ProductNames? products, IReadOnlyList<PromiseView> promises, bool isOwn, MentionRow? stored = null)
    {
        var text = KeptText.Of(post.Text);
        var tokens = Listening.Text.Tokens.Of(text);
        var named = products?.Places(tokens) ?? [];
        var reading = ReadProducts.About(reader.Read(text, tokens, post.Language, out var sure), named, promises.Count == 0 ? PromisesThen.None : new(promises, post.At));
        var kind = post.Kind ?? (post.ParentId is null ? PostKind.Original : PostKind.Reply);
        var has = post.Has | (post.Links is { Count: > 0 } || Listening.Text.Links.In(text).Any() ? Media.Link : Media.None);
        var links = post.Links is { Count: > 0 } more ? KeptText.Of(string.Join('\n', more)) : null;
        var asked = new AskedPost(text, KeptText.Of(post.Author?.Handle), reading.Language, KeptText.Of(post.Url), post.Links, source.Name, source.Network, post.Followers, kind, has, reading.Sentiment, reading.Intents.Bits(), products?.In(tokens));
        if (stored is not null) asked = Edited(asked, stored);
        return new(post, text, tokens, reading, kind, has, links, post.IsOwn || isOwn, queries.Matching(asked), sure);
    }

    private static AskedPost Edited(AskedPost asked, MentionRow stored) => asked with
    {
        Author = stored.AuthorHandle, Url = stored.Url, Followers = stored.Followers, Kind = stored.Kind, Network = stored.Network,
        Language = stored.Corrected.HasFlag(Corrected.Language) ? stored.Language : asked.Language,
        Sentiment = stored.Corrected.HasFlag(Corrected.Sentiment) ? stored.Sentiment : asked.Sentiment,
        Intents = stored.Corrected.HasFlag(Corrected.Intents) ? stored.Intents : asked.Intents,
    };
}
