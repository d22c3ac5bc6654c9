using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Tests.Listening;

public class QueryTests
{
    [Theory]
    [InlineData("dell", "I like my Dell", true)]
    [InlineData("dell", "nice #Dell", true)]
    [InlineData("dell", "hello @dell", false)]
    [InlineData("dell", "dellish", false)]
    [InlineData("#dell", "nice #Dell", true)]
    [InlineData("#dell", "nice Dell", false)]
    [InlineData("@dell", "hello @Dell!", true)]
    [InlineData("cafe", "Un café.", true)]
    [InlineData("CAFÉ", "un cafe", true)]
    [InlineData("straße", "in der STRASSE", true)]
    [InlineData("\"out of stock\"", "It is out of stock.", true)]
    [InlineData("\"out of stock\"", "out of my stock", false)]
    [InlineData("\"love my dell\"", "love my #dell", true)]
    [InlineData("dell hell", "Dell, or rather hell", true)]
    [InlineData("dell OR hp", "my hp", true)]
    [InlineData("dell | hp", "my hp", true)]
    [InlineData("dell -outlet", "the dell outlet", false)]
    [InlineData("dell NOT outlet", "the dell shop", true)]
    [InlineData("dell AND (laptop OR \"all in one\")", "dell all-in-one", true)]
    [InlineData("a OR b c", "a", true)] // AND binds closer than OR
    [InlineData("(a OR b) c", "a", false)]
    [InlineData("NOT NOT dell", "dell", true)]
    [InlineData("don't", "I don’t know", true)]
    [InlineData("😡", "so 😡 now", true)]
    [InlineData("缺货", "已经缺货了", true)]
    [InlineData("dell", "https://dell.com/x", false)]
    [InlineData("\"and\"", "this and that", true)]
    [InlineData("and", "this and that", true)]
    [InlineData("all-in-one", "an all in one", true)]
    public void A_query_finds_what_it_says(string query, string text, bool expected) =>
        Assert.Equal(expected, Read(query).Matches(new(text), Tokens.Of(text)));

    [Theory]
    [InlineData("dell AND \"out of", 9, "this quote is never closed")]
    [InlineData("(dell OR hp", 0, "this bracket is never closed")]
    [InlineData("dell) hp", 4, "this bracket closes nothing")]
    [InlineData("dell AND", 5, "there is nothing after AND")]
    [InlineData("dell OR AND hp", 8, "there is nothing before AND")]
    [InlineData("OR dell", 0, "there is nothing before OR")]
    [InlineData("dell ()", 6, "there is nothing between the brackets")]
    [InlineData("(dell AND ) x", 10, "a word is missing before this bracket")]
    [InlineData("dell !!!", 5, "'!!!' holds no word")]
    [InlineData("", 0, "the query is empty")]
    [InlineData("  ", 0, "the query is empty")]
    [InlineData("dell -", 5, "there is nothing after -")]
    [InlineData("x https://dell.com", 2, "addresses of pages are not searched")]
    public void An_error_points_at_its_character(string query, int position, string reason)
    {
        var wrong = Assert.IsType<Parsed.Wrong>(ParseQuery.Read(query));

        Assert.Equal((position, reason), (wrong.Position, wrong.Reason));
        Assert.NotEmpty(wrong.Hint);
    }

    [Fact]
    public void Brackets_too_deep_and_expressions_too_long_are_refused_not_overflown()
    {
        Assert.IsType<Parsed.Wrong>(ParseQuery.Read(new string('(', 2_000) + "x" + new string(')', 1_999)));
        Assert.IsType<Parsed.Wrong>(ParseQuery.Read(new string('x', ParseQuery.MaxLength + 1)));
        Assert.IsType<Parsed.Ok>(ParseQuery.Read(string.Concat(Enumerable.Repeat("NOT ", 900)) + "x"));
    }

    [Fact]
    public void Any_text_at_all_is_read_or_refused()
    {
        var random = new Random(5);
        const string alphabet = "ab \"()|-#@ANDORNOT'é“”+";
        for (var n = 0; n < 20_000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            if (ParseQuery.Read(text) is Parsed.Wrong wrong) Assert.InRange(wrong.Position, 0, text.Length);
        }
    }

    [Fact]
    public void What_is_printed_reads_as_the_same_query()
    {
        var random = new Random(11);
        for (var n = 0; n < 20_000; n++)
        {
            var query = Some(random, 5);
            Assert.Equal(query, Read(query.ToString()));
        }
    }

    [Fact]
    public void Matching_equals_the_naive_oracle()
    {
        var random = new Random(13);
        var matched = 0;
        for (var n = 0; n < 50_000; n++)
        {
            var query = Some(random, 4);
            var words = Enumerable.Range(0, random.Next(9)).Select(_ => Marks[random.Next(4)] + Vocabulary[random.Next(Vocabulary.Length)]).ToArray();
            var expected = Oracle(query, words);
            Assert.Equal(expected, query.Matches(new(string.Join(' ', words)), Tokens.Of(string.Join(' ', words))));
            if (expected) matched++;
        }

        Assert.InRange(matched, 10_000, 40_000);
    }

    private static readonly string[] Marks = ["", "", "#", "@"];
    private static readonly string[] Vocabulary = ["a", "b", "c", "and", "not"];

    private static Query Read(string text) => Assert.IsType<Parsed.Ok>(ParseQuery.Read(text)).Query;

    private static Query Some(Random random, int depth) => (depth == 0 ? 0 : random.Next(6)) switch
    {
        3 => new Query.And(Some(random, depth - 1), Some(random, depth - 1)),
        4 => new Query.Or(Some(random, depth - 1), Some(random, depth - 1)),
        5 => new Query.Not(Some(random, depth - 1)),
        var n => new Query.Words([.. Enumerable.Range(0, n + 1).Select(_ => new Term(Vocabulary[random.Next(Vocabulary.Length)], (TokenKind)random.Next(3)))]),
    };

    // Written apart from the evaluator: on strings, by trying every place.
    private static bool Oracle(Query query, string[] words) => query switch
    {
        Query.And and => Oracle(and.Left, words) && Oracle(and.Right, words),
        Query.Or or => Oracle(or.Left, words) || Oracle(or.Right, words),
        Query.Not not => !Oracle(not.Inner, words),
        Query.Words phrase => Enumerable.Range(0, Math.Max(0, words.Length - phrase.Terms.Count + 1))
            .Any(i => phrase.Terms.Select((t, n) => words[i + n] == t.ToString() || words[i + n] == "#" + t).All(same => same)),
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };
}
