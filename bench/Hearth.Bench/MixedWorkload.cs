using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Bench;

/// <summary>The percolation workload made as mixed as life: accents, capitals, apostrophes, emoji, tags, handles and Chinese in the posts, with fields; every operator in the queries.</summary>
internal static class MixedWorkload
{
    public static List<AskedPost> Posts(List<AskedPost> plain)
    {
        var random = new Random(43);
        return plain.ConvertAll(p => new AskedPost(
            string.Join(' ', p.Text.Split(' ').Select(w => Word(w, random))), $"author{random.Next(5_000)}", random.Next(3) == 0 ? "de" : "en-GB", $"https://site{random.Next(2_000)}.example.com/p/{random.Next(100_000)}", null,
            random.Next(2) == 0 ? "My feed" : null, "bluesky", random.Next(10_000), (PostKind)random.Next(3), (Media)random.Next(8)));
    }

    public static List<(int Id, Query Query)> Queries(List<(int Id, Query Query)> plain)
    {
        var random = new Random(47);
        return plain.ConvertAll(q => (q.Id, Fielded(Mixed(q.Query, random), random)));
    }

    private static string Word(string word, Random random) => word.StartsWith("http", StringComparison.Ordinal) ? word : random.Next(40) switch
    {
        0 or 1 or 2 => word.Replace('a', 'á').Replace('e', 'É'),
        3 => "#" + word,
        4 => "@" + word,
        5 => word + " 😡",
        6 => word + "’s",
        7 => "缺货 " + word,
        8 => word.ToUpperInvariant(),
        _ => word,
    };

    private static Query Mixed(Query query, Random random) => query switch
    {
        Query.Words { Terms: [var one] } => new Query.Words([Mixed(one, random)]),
        Query.And { Left: Query.Words left, Right: Query.Words right } when random.Next(2) == 0 => new Query.Near(left, right, random.Next(2, 10), random.Next(2) == 0),
        Query.And and => new Query.And(Mixed(and.Left, random), Mixed(and.Right, random)),
        Query.Or or => new Query.Or(Mixed(or.Left, random), Mixed(or.Right, random)),
        Query.Not not => new Query.Not(Mixed(not.Inner, random)),
        _ => query,
    };

    private static Term Mixed(Term term, Random random) => random.Next(40) switch
    {
        0 when term.Text.Length > 4 => new(term.Text[..^1] + "*", term.Kind, TermMatch.Pattern),
        1 when term.Text.Length > 4 => new(term.Text[..^2] + "?" + term.Text[^1], term.Kind, TermMatch.Pattern),
        2 => new(term.Text.ToUpperInvariant(), term.Kind, TermMatch.Exact),
        3 => new(term.Text, TokenKind.Tag),
        4 => new(term.Text, TokenKind.Handle),
        _ => term,
    };

    private static Query Fielded(Query query, Random random) => random.Next(20) switch
    {
        0 => new Query.And(query, new Query.Field(new FieldTest.Language("en"))),
        1 => new Query.And(query, new Query.Field(new FieldTest.Followers(Comparison.Greater, random.Next(10) * 1_000))),
        2 => new Query.Or(query, new Query.Field(new FieldTest.Author($"author{random.Next(5_000)}"))),
        3 => new Query.And(new Query.Field(new FieldTest.Site($"site{random.Next(2_000)}.example.com")), new Query.Not(query)),
        4 => new Query.And(query, new Query.Not(new Query.Field(new FieldTest.Is(PostKind.Repost)))),
        _ => query,
    };
}
