using Hearth.Listening.Understanding;

namespace Hearth.Listening.Queries;

/// <summary>A post as queries see it. What is null is unknown, and an unknown thing passes no test that asks for it.</summary>
/// <param name="Text">As written.</param>
/// <param name="Author">The handle of its author, without @.</param>
/// <param name="Language">BCP 47, ISO 639-1 or "und".</param>
/// <param name="Url">Its own address.</param>
/// <param name="Links">Addresses it points at, beside those in its text.</param>
/// <param name="Source">The name of the source that brought it.</param>
/// <param name="Network">"bluesky", "mastodon", "web", "file" ...</param>
/// <param name="Followers">Of its author.</param>
/// <param name="Kind">What it is to its network.</param>
/// <param name="Has">What it carries.</param>
/// <param name="Sentiment">As read or corrected.</param>
/// <param name="Intents">Bit n is <see cref="Intent"/> n.</param>
/// <param name="Products">The keys (<see cref="FieldTest.Product.KeyOf"/>) of SKU, name and words of each product it names.</param>
public sealed record AskedPost(
    string Text, string? Author = null, string? Language = null, string? Url = null, IReadOnlyList<string>? Links = null, string? Source = null, string? Network = null,
    long? Followers = null, PostKind Kind = PostKind.Original, Media Has = Media.None, Sentiment? Sentiment = null, int Intents = 0, IReadOnlyCollection<string>? Products = null);
