using System.Globalization;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Listening.Queries;

/// <summary>Reads the value of each field, or says what it should have been.</summary>
internal static class ReadValues
{
    private static readonly Dictionary<string, string> LanguageNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en", ["german"] = "de", ["deutsch"] = "de", ["french"] = "fr", ["francais"] = "fr", ["spanish"] = "es", ["espanol"] = "es", ["portuguese"] = "pt", ["italian"] = "it", ["dutch"] = "nl",
        ["japanese"] = "ja", ["chinese"] = "zh", ["korean"] = "ko", ["arabic"] = "ar", ["russian"] = "ru", ["turkish"] = "tr", ["polish"] = "pl", ["hindi"] = "hi", ["unknown"] = "und",
    };

    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["links"] = "link", ["images"] = "image", ["photo"] = "image", ["photos"] = "image", ["picture"] = "image", ["videos"] = "video", ["retweet"] = "repost", ["boost"] = "repost", ["answer"] = "reply",
        ["comment"] = "reply", ["post"] = "original", ["bad"] = "negative", ["good"] = "positive", ["neg"] = "negative", ["pos"] = "positive",
    };

    public static Query Site(FieldValue value)
    {
        var host = value.Text.Contains("://", StringComparison.Ordinal) ? value.Text[(value.Text.IndexOf("://", StringComparison.Ordinal) + 3)..] : value.Text;
        host = host.TrimEnd('/').TrimStart('*').TrimStart('.');
        if (host.Contains('/', StringComparison.Ordinal)) throw new WrongException(value.At, "site: takes a host, without a path", $"write url:\"{host}\"");
        if (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) host = host[4..];
        return TestField.HostOf("https://" + host) is { } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && !name.StartsWith('.')
            ? new Query.Field(new FieldTest.Site(name))
            : throw new WrongException(value.At, $"'{value.Text}' is no host", "write it as in site:example.com");
    }

    public static Query Url(FieldValue value) => value.Text.Any(char.IsLetterOrDigit)
        ? new Query.Field(new FieldTest.Url(value.Text.ToLowerInvariant()))
        : throw new WrongException(value.At, "url: needs a letter or a digit", "write a part of the address, as in url:example.com/shop");

    public static Query Author(FieldValue value)
    {
        var handle = Tokens.Fold(value.Text.TrimStart('@'));
        if (handle.Trim('*').Length == 0 || handle.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < handle.Length - 1 || handle.Contains('?', StringComparison.Ordinal))
            throw new WrongException(value.At, $"'{value.Text}' is no handle", "write it as in author:name or author:name*, with the * at the end");
        return new Query.Field(new FieldTest.Author(handle));
    }

    public static Query Language(FieldValue value)
    {
        var code = TestField.LanguageOf(value.Text);
        if (code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower)) return new Query.Field(new FieldTest.Language(code));
        var hint = LanguageNames.TryGetValue(Tokens.Fold(value.Text), out var meant) ? $"write lang:{meant}" : "write two or three letters, as in lang:en or lang:de; lang:und is unknown";
        throw new WrongException(value.At, $"'{value.Text}' is no code of a language", hint);
    }

    public static Query Source(FieldValue value) => new Query.Field(new FieldTest.Source(value.Text.ToLowerInvariant()));

    public static Query Has(FieldValue value) => new Query.Field(new FieldTest.Has(Word<Media>(value, "has", Media.Link, Media.Image, Media.Video)));

    public static Query Is(FieldValue value) => new Query.Field(new FieldTest.Is(Word<PostKind>(value, "is", PostKind.Original, PostKind.Reply, PostKind.Repost)));

    public static Query Sentiment(FieldValue value) => new Query.Field(new FieldTest.Sentiment(Word(value, "sentiment", Enum.GetValues<Sentiment>())));

    public static Query Intent(FieldValue value) => new Query.Field(new FieldTest.Intent(Word(value, "intent", Enum.GetValues<Intent>())));

    public static Query Product(FieldValue value) => FieldTest.Product.KeyOf(value.Text) is { Length: > 0 } key
        ? new Query.Field(new FieldTest.Product(key))
        : throw new WrongException(value.At, $"'{value.Text}' holds no word", "write a product's SKU, its name or one of its words, as in product:\"Trail Stove\"");

    /// <summary>">1000", "&lt;=10k", "500", "1000..5000", "1m.." .</summary>
    public static Query Followers(FieldValue value)
    {
        var written = value.Text;
        if (written.IndexOf("..", StringComparison.Ordinal) is >= 0 and var dots)
        {
            return Range(value, written[..dots], written[(dots + 2)..]);
        }

        var (how, skip) = written switch
        {
            ['>', '=', ..] => (Comparison.GreaterOrEqual, 2), ['<', '=', ..] => (Comparison.LessOrEqual, 2), ['>', ..] => (Comparison.Greater, 1), ['<', ..] => (Comparison.Less, 1), ['=', ..] => (Comparison.Equal, 1),
            _ => (Comparison.Equal, 0),
        };
        return Test(how, Count(written[skip..], value));
    }

    /// <summary>From one count to another, both included; an empty end is open.</summary>
    public static Query Range(FieldValue value, string from, string to)
    {
        if (from.Length == 0 && to.Length == 0) throw NoCount(value);
        if (to.Length == 0) return Test(Comparison.GreaterOrEqual, Count(from, value));
        if (from.Length == 0) return Test(Comparison.LessOrEqual, Count(to, value));
        var (least, most) = (Count(from, value), Count(to, value));
        if (least > most) throw new WrongException(value.At, "the range ends before it begins", string.Create(CultureInfo.InvariantCulture, $"write followers:{most}..{least}"));
        return new Query.And(Test(Comparison.GreaterOrEqual, least), Test(Comparison.LessOrEqual, most));
    }

    private static Query.Field Test(Comparison how, long count) => new(new FieldTest.Followers(how, count));

    // 1000, 1,000, 10k, 1.5m
    private static long Count(string written, FieldValue value)
    {
        var number = written.Trim().Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        var unit = number.Length == 0 ? ' ' : char.ToLowerInvariant(number[^1]);
        var times = unit switch { 'k' => 1_000, 'm' => 1_000_000, _ => 1 };
        if (times > 1) number = number[..^1];
        return decimal.TryParse(number, times > 1 ? NumberStyles.AllowDecimalPoint : NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 0 and <= 1_000_000_000_000
            ? (long)(count * times) : throw NoCount(value);
    }

    private static WrongException NoCount(FieldValue value) => new(value.At, $"'{value.Text}' is no count of followers", "write followers:>1000, followers:<=10k or followers:1000..5000");

    private static T Word<T>(FieldValue value, string field, params T[] allowed) where T : struct, Enum
    {
        foreach (var one in allowed)
        {
            if (value.Text.Equals(one.ToString(), StringComparison.OrdinalIgnoreCase)) return one;
        }

        var names = allowed.Select(a => a.ToString().ToLowerInvariant()).ToArray();
        var meant = OtherWords.GetValueOrDefault(value.Text) is { } other && names.Contains(other) ? other : Likeness.Nearest(value.Text, names);
        throw new WrongException(value.At, $"{field}: knows no '{value.Text}'", (meant is null ? "" : $"did you mean {field}:{meant}? ") + $"It is one of {string.Join(", ", names)}");
    }
}
