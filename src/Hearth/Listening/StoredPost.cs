using System.Linq.Expressions;
using Hearth.Listening.Queries;
using Hearth.Listening.Understanding;

namespace Hearth.Listening;

/// <summary>What queries ask about, of a mention that is stored.</summary>
internal sealed record StoredPost(
    long Number, MentionId Id, DateTimeOffset At, string Text, string? AuthorHandle, string Language, string? Url, string? Links, SourceId Source, string Network, long? Followers,
    PostKind Kind, Media Has, Sentiment Sentiment, int Intents)
{
    public static readonly Expression<Func<MentionRow, StoredPost>> Columns = m => new StoredPost(
        m.Number, m.Id, m.At, m.Text, m.AuthorHandle, m.Language, m.Url, m.Links, m.Source, m.Network, m.Followers, m.Kind, m.Has, m.Sentiment, m.Intents);

    /// <summary>As queries see it.</summary>
    /// <param name="sources">The names of sources.</param>
    /// <param name="products">The keys of the products it names; null when nobody asks.</param>
    public AskedPost Asked(IReadOnlyDictionary<SourceId, string> sources, IReadOnlyCollection<string>? products) => new(
        Text, AuthorHandle, Language, Url, Links?.Split('\n'), sources.GetValueOrDefault(Source), Network, Followers, Kind, Has, Sentiment, Intents, products);
}
