using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>
/// The fields of other tools that ask the same as something here. Sources: Brandwatch's "Advanced Query Operators", "Boolean explained" series and
/// "Mention metadata field definitions"; X's "Operators" of the filtered stream (docs.x.com). A field that is not here has no counterpart.
/// </summary>
internal static class ForeignFields
{
    public static readonly Dictionary<string, Func<FieldValue, Query>> Brandwatch = new(StringComparer.OrdinalIgnoreCase)
    {
        ["site"] = ReadValues.Site, ["url"] = ReadValues.Url, ["links"] = ReadValues.Url, ["author"] = ReadValues.Author, ["language"] = ReadValues.Language, ["lang"] = ReadValues.Language,
        ["hashtags"] = v => Marked(v, '#'), ["at_mentions"] = v => Marked(v, '@'), ["raw"] = Raw, ["authorFollowers"] = FollowerRange, ["engagementType"] = EngagementType, ["sentiment"] = ReadValues.Sentiment,
    };

    public static readonly Dictionary<string, Func<FieldValue, Query>> X = new(StringComparer.OrdinalIgnoreCase)
    {
        ["from"] = ReadValues.Author, ["url"] = ReadValues.Url, ["lang"] = ReadValues.Language, ["has"] = HasOfX, ["is"] = IsOfX, ["followers_count"] = FollowersOfX,
    };

    public static Func<FieldValue, Query> Of(string name, int start, Dialect dialect) => (dialect == Dialect.X ? X : Brandwatch).GetValueOrDefault(name)
        ?? throw new WrongException(start, $"{name}: of {dialect} has no counterpart here", "remove it, and see docs/queries.md for what can be asked");

    private static Query Marked(FieldValue value, char mark)
    {
        return Words(mark + value.Text.TrimStart(mark), value);
    }

    // As written, punctuation included; here punctuation is no part of a word, so only words can be taken over.
    private static Query Raw(FieldValue value)
    {
        var tokens = Tokens.Of(value.Text);
        var covered = tokens.Sum(t => t.Length);
        if (tokens.Count == 0 || covered < value.Text.Count(c => !char.IsWhiteSpace(c))) throw new WrongException(value.At, "punctuation is not searched here", "look for the words alone");
        return Words("{" + value.Text + "}", value);
    }

    private static Query.Words Words(string written, FieldValue value)
    {
        try
        {
            return ReadTerms.Words(written, 0, written.Length, Dialect.Hearth);
        }
        catch (WrongException e)
        {
            throw new WrongException(value.At, e.Wrong.Reason, e.Wrong.Hint);
        }
    }

    // [1000 TO 5000], with * for an open end; or one number.
    private static Query FollowerRange(FieldValue value)
    {
        if (!value.Text.StartsWith('[')) return ReadValues.Followers(value);
        var ends = value.Text.Trim('[', ']').Split(" TO ", StringSplitOptions.TrimEntries);
        return ends.Length == 2 ? ReadValues.Range(value, ends[0].Trim('*'), ends[1].Trim('*')) : throw new WrongException(value.At, "this is no range", "write authorFollowers:[1000 TO 5000]");
    }

    private static Query EngagementType(FieldValue value) => value.Text.ToUpperInvariant() switch
    {
        "REPLY" or "COMMENT" => new Query.Field(new FieldTest.Is(PostKind.Reply)),
        "RETWEET" or "SHARE" => new Query.Field(new FieldTest.Is(PostKind.Repost)),
        _ => throw new WrongException(value.At, $"engagementType:{value.Text} has no counterpart here", "replies, comments, retweets and shares have one"),
    };

    private static Query HasOfX(FieldValue value) => value.Text.ToLowerInvariant() switch
    {
        "links" => Has(Media.Link),
        "images" => Has(Media.Image),
        "videos" => Has(Media.Video),
        "media" => new Query.Or(Has(Media.Image), Has(Media.Video)),
        _ => throw new WrongException(value.At, $"has:{value.Text} of X has no counterpart here", "links, images, videos and media have one"),
    };

    private static Query.Field Has(Media kind) => new(new FieldTest.Has(kind));

    private static Query IsOfX(FieldValue value) => value.Text.ToLowerInvariant() switch
    {
        "retweet" => new Query.Field(new FieldTest.Is(PostKind.Repost)),
        "reply" => new Query.Field(new FieldTest.Is(PostKind.Reply)),
        _ => throw new WrongException(value.At, $"is:{value.Text} of X has no counterpart here", "retweet and reply have one"),
    };

    // One number is the least.
    private static Query FollowersOfX(FieldValue value) => value.Text.Contains("..", StringComparison.Ordinal) ? ReadValues.Followers(value) : ReadValues.Range(value, value.Text, "");
}
