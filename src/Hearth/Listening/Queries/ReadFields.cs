namespace Hearth.Listening.Queries;

/// <summary>Reads <c>name:value</c> and <c>name:(a OR b)</c>.</summary>
internal static class ReadFields
{
    /// <summary>The fields by their names here.</summary>
    private static readonly Dictionary<string, Func<FieldValue, Query>> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        ["site"] = ReadValues.Site, ["url"] = ReadValues.Url, ["author"] = ReadValues.Author, ["from"] = ReadValues.Author, ["lang"] = ReadValues.Language, ["source"] = ReadValues.Source,
        ["has"] = ReadValues.Has, ["is"] = ReadValues.Is, ["followers"] = ReadValues.Followers, ["sentiment"] = ReadValues.Sentiment, ["intent"] = ReadValues.Intent, ["product"] = ReadValues.Product,
    };

    // What people of other tools write, and what it is here.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["language"] = "lang:", ["domain"] = "site:", ["host"] = "site:", ["link"] = "url:", ["links"] = "url:", ["by"] = "author:", ["user"] = "author:", ["network"] = "source:", ["hashtag"] = "#tag",
        ["hashtags"] = "#tag", ["tag"] = "#tag", ["mention"] = "@handle", ["mentions"] = "@handle", ["at_mentions"] = "@handle", ["to"] = "@handle", ["followers_count"] = "followers:", ["authorFollowers"] = "followers:",
        ["filter"] = "has: or is:", ["raw"] = "{As Written}", ["title"] = "a \"phrase\"", ["text"] = "a \"phrase\"",
    };

    public static bool Knows(string name, Dialect dialect) => dialect switch
    {
        Dialect.Brandwatch => ForeignFields.Brandwatch.ContainsKey(name),
        Dialect.X => ForeignFields.X.ContainsKey(name),
        _ => Own.ContainsKey(name),
    };

    /// <summary>Reads the field at which the scanner stands, up to the end of its value.</summary>
    public static Query Of(QueryScanner at, Dialect dialect)
    {
        var (name, start) = (at.FieldName, at.Start);
        var read = dialect == Dialect.Hearth ? Own.GetValueOrDefault(name) ?? throw Unknown(name, start) : ForeignFields.Of(name, start, dialect);
        return at.Values().Select(read).Aggregate((left, right) => new Query.Or(left, right));
    }

    private static WrongException Unknown(string name, int start) => new(start, $"there is no field '{name}'",
        (Elsewhere.TryGetValue(name, out var here) ? $"here it is {here}." : Likeness.Nearest(name, Own.Keys) is { } near ? $"did you mean {near}:?" : $"the fields are {string.Join(", ", Own.Keys)}.")
        + " Put it in \"quotes\" to look for the words");
}
