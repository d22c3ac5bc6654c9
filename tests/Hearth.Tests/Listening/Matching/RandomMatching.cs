using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Tests.Listening.Matching;

/// <summary>Queries over all operators and posts with all fields, from so few words that they often match.</summary>
internal static class RandomMatching
{
    private static readonly string[] Words =
    [
        "dell", "Dell", "DELL", "dells", "delta", "delicious", "stock", "out", "of", "café", "Cafe", "straße", "STRASSE", "don't", "dont", "ΟΔΟΣ", "οδός", "한국", "a", "b", "not", "extraordinarily", "Extraordinarily", "extraordinary", "x_1", "2026",
        "😡", "👍🏽", "漢", "字", "漢字", "東京", "ที่", "𝐀", "l’été", "-", "...", "https://dell.com/a", "www.x.org", "http://y.z", "for", "foz", "féz",
    ];

    private static readonly string[] Hosts = ["dell.com", "www.dell.com", "shop.dell.com", "x.org", "notdell.com", "xn--bcher-kva.de", "bücher.de", "1.2.3.4"];
    private static readonly string[] Authors = ["dell", "Dell", "delta.bsky.social", "ann", "Ánn"];
    private static readonly string?[] Tongues = [null, "en", "en-GB", "EN_us", "de", "und"];

    public static string Text(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(8) switch { 0 => "#", 1 => "@", _ => "" } + Words[random.Next(Words.Length)]);
        return string.Join(random.Next(6) == 0 ? ", " : " ", parts);
    }

    public static AskedPost Post(Random random) => new(
        Text(random), Maybe(random, Authors), Tongues[random.Next(Tongues.Length)], random.Next(3) == 0 ? null : $"{(random.Next(2) == 0 ? "https" : "HTTP")}://{Hosts[random.Next(Hosts.Length)]}{(random.Next(2) == 0 ? "/a?Q=Dell" : "")}",
        random.Next(3) == 0 ? ["https://dell.com/linked"] : null, Maybe(random, "My Feed", "Import"), Maybe(random, "bluesky", "web"), random.Next(3) == 0 ? null : random.Next(3) * 100, (PostKind)random.Next(3), (Media)random.Next(8),
        random.Next(3) == 0 ? null : (Sentiment)(random.Next(3) - 1), random.Next(64), random.Next(2) == 0 ? null : [FieldTest.Product.KeyOf("XPS 13"), "lantern"]);

    public static Query Query(Random random, int depth = 3) => (depth == 0 ? random.Next(3) : random.Next(10)) switch
    {
        0 => new Query.Field(Field(random)),
        1 or 2 => Phrase(random),
        3 => new Query.Near(Place(random, 1), Place(random, 1), random.Next(1, 5), random.Next(2) == 0),
        4 => new Query.Not(Query(random, depth - 1)),
        5 or 6 => new Query.Or(Query(random, depth - 1), Query(random, depth - 1)),
        _ => new Query.And(Query(random, depth - 1), Query(random, depth - 1)),
    };

    private static Query Place(Random random, int depth) => depth > 0 && random.Next(3) == 0 ? new Query.Or(Place(random, depth - 1), Place(random, depth - 1)) : Phrase(random);

    private static Query.Words Phrase(Random random) => new([.. Enumerable.Range(0, Math.Max(1, random.Next(6) - 2)).Select(_ => Term(random))]);

    private static Term Term(Random random)
    {
        var tokens = Tokens.Of((random.Next(8) switch { 0 => "#", 1 => "@", _ => "" }) + Words[random.Next(Words.Length)]);
        if (tokens.Count == 0) return new("dell", TokenKind.Word);
        var (token, kind) = (tokens[0], tokens[0].Kind);
        return random.Next(6) switch
        {
            0 => new(Written(random, kind), kind, TermMatch.Exact),
            1 => new(Pattern(random, token.Folded), kind, TermMatch.Pattern),
            _ => new(token.Folded, kind),
        };
    }

    // A word as it may stand in a text.
    private static string Written(Random random, TokenKind kind)
    {
        for (; ; )
        {
            var word = Words[random.Next(Words.Length)];
            if (Tokens.Of(word) is [var only] && only.Length == word.Length && (only.Kind == TokenKind.Symbol) == (kind == TokenKind.Symbol)) return word;
        }
    }

    private static string Pattern(Random random, string word)
    {
        var pattern = word.ToCharArray();
        if (random.Next(2) == 0) pattern[random.Next(pattern.Length)] = '?';
        return random.Next(3) == 0 ? new(pattern) : new string(pattern, 0, random.Next(pattern.Length + 1)) + "*";
    }

    private static FieldTest Field(Random random) => random.Next(12) switch
    {
        0 => new FieldTest.Site(random.Next(2) == 0 ? "dell.com" : "x.org"),
        1 => new FieldTest.Url(random.Next(2) == 0 ? "q=dell" : "y.z"),
        2 => new FieldTest.Author(random.Next(2) == 0 ? "dell" : "ann"),
        3 => new FieldTest.Author(random.Next(2) == 0 ? "del*" : "*"),
        4 => new FieldTest.Language(random.Next(2) == 0 ? "en" : "de"),
        5 => new FieldTest.Source(random.Next(2) == 0 ? "bluesky" : "my feed"),
        6 => new FieldTest.Has((Media)(1 << random.Next(3))),
        7 => new FieldTest.Is((PostKind)random.Next(3)),
        8 => new FieldTest.Followers((Comparison)random.Next(5), 100),
        9 => new FieldTest.Sentiment((Sentiment)(random.Next(3) - 1)),
        10 => new FieldTest.Intent((Intent)random.Next(6)),
        _ => new FieldTest.Product(random.Next(2) == 0 ? "xps 13" : "tent"),
    };

    private static T? Maybe<T>(Random random, params T[] values) where T : class => random.Next(3) == 0 ? null : values[random.Next(values.Length)];
}
