using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Tests.Listening.Queries;

/// <summary>Random queries over all operators, and random posts that they often match.</summary>
internal static class SomeQuery
{
    private static readonly string[] Words = ["a", "b", "ab", "abc", "and", "near", "dell", "delta", "café", "Straße", "7", "not"];
    private static readonly string[] Patterns = ["de*", "d?l*", "ab?", "?ell", "caf?", "del?a", "ab*"];
    private static readonly string[] Handles = ["ada", "ada.example.com", "bob", "Bob_7"];
    private static readonly string[] Hosts = ["example.com", "shop.example.com", "example.org"];
    private static readonly string[] Languages = ["en", "de", "und"];
    private static readonly string[] Sources = ["web", "bluesky", "Our Feed"];
    private static readonly string[] Products = ["Trail Stove", "TS-100", "tent"];
    private static readonly string[] Links = ["https://example.com/shop?a=1", "http://shop.example.com/X", "www.example.org"];

    public static Query Of(Random random, int depth) => (depth == 0 ? random.Next(7) : random.Next(14)) switch
    {
        < 4 => Phrase(random, random.Next(4) == 0 ? 2 + random.Next(2) : 1),
        4 => new Query.Near(Operand(random, 2), Operand(random, 2), 1 + random.Next(4), random.Next(2) == 0),
        5 or 6 => new Query.Field(Field(random)),
        7 or 8 or 9 => new Query.And(Of(random, depth - 1), Of(random, depth - 1)),
        10 or 11 => new Query.Or(Of(random, depth - 1), Of(random, depth - 1)),
        _ => new Query.Not(Of(random, depth - 1)),
    };

    public static AskedPost Post(Random random)
    {
        var words = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(12) switch
        {
            0 => Pick(random, Links),
            1 => "😡",
            2 => "缺货",
            3 => "@" + Pick(random, Handles),
            4 => "#" + Pick(random, Words),
            5 => Pick(random, Words).ToUpperInvariant(),
            _ => Pick(random, Words),
        });
        return new(string.Join(random.Next(5) == 0 ? ", " : " ", words), Maybe(random, Handles), Maybe(random, [.. Languages, "en-GB"]), Maybe(random, Links[..2]), random.Next(3) == 0 ? [Pick(random, Links)] : null,
            Maybe(random, Sources), Maybe(random, Sources[..2]), random.Next(3) == 0 ? null : random.Next(5) * 500L, (PostKind)random.Next(3), (Media)random.Next(8),
            random.Next(4) == 0 ? null : (Sentiment)(random.Next(3) - 1), random.Next(64), random.Next(3) == 0 ? null : [.. Products.Where(_ => random.Next(2) == 0).Select(FieldTest.Product.KeyOf)]);
    }

    private static Query Operand(Random random, int depth) => depth == 0 || random.Next(3) > 0 ? Phrase(random, 1 + random.Next(5) / 4) : new Query.Or(Operand(random, depth - 1), Operand(random, depth - 1));

    private static Query.Words Phrase(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => Term(random))]);

    private static Term Term(Random random) => random.Next(12) switch
    {
        0 => new("😡", TokenKind.Symbol),
        1 => new("缺", TokenKind.Word),
        2 => new(Tokens.Fold(Pick(random, Handles)), TokenKind.Handle),
        3 => new(Tokens.Fold(Pick(random, Words)), TokenKind.Tag),
        4 => new(Pick(random, ["dell", "DELL", "Straße", "A"]), random.Next(4) == 0 ? TokenKind.Tag : TokenKind.Word, TermMatch.Exact),
        5 => new(Pick(random, Patterns), TokenKind.Word, TermMatch.Pattern),
        6 => new("ad*", random.Next(2) == 0 ? TokenKind.Handle : TokenKind.Tag, TermMatch.Pattern),
        _ => new(Tokens.Fold(Pick(random, Words)), TokenKind.Word),
    };

    private static FieldTest Field(Random random) => random.Next(11) switch
    {
        0 => new FieldTest.Site(Pick(random, Hosts)),
        1 => new FieldTest.Url(Pick(random, ["example", "shop?a", "/x", "www.example.org"])),
        2 => new FieldTest.Author(Pick(random, ["ada", "ada*", "bob", "bob_*"])),
        3 => new FieldTest.Language(Pick(random, Languages)),
        4 => new FieldTest.Source(Pick(random, Sources).ToLowerInvariant()),
        5 => new FieldTest.Has(Pick(random, [Media.Link, Media.Image, Media.Video])),
        6 => new FieldTest.Is((PostKind)random.Next(3)),
        7 => new FieldTest.Followers((Comparison)random.Next(5), random.Next(5) * 500),
        8 => new FieldTest.Sentiment((Sentiment)(random.Next(3) - 1)),
        9 => new FieldTest.Intent((Intent)random.Next(6)),
        _ => new FieldTest.Product(FieldTest.Product.KeyOf(Pick(random, Products))),
    };

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static string? Maybe(Random random, string[] from) => random.Next(3) == 0 ? null : Pick(random, from);
}
