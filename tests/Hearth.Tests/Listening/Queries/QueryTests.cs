using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Tests.Listening.Queries;

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
    [InlineData("x https://dell.com", 2, "addresses of pages are not searched as words")]
    public void An_error_points_at_its_character(string query, int position, string reason)
    {
        var wrong = Assert.IsType<Parsed.Wrong>(ParseQuery.Read(query));

        Assert.Equal((position, reason), (wrong.Position, wrong.Reason));
        Assert.NotEmpty(wrong.Hint);
    }

    [Theory]
    [InlineData("deliver*", "delivery", true)]
    [InlineData("deliver*", "#Delivered", true)]
    [InlineData("deliver*", "deliver", true)]
    [InlineData("deliver*", "@delivery", false)]
    [InlineData("deliver*", "undelivered", false)]
    [InlineData("organi?e", "we ORGANISE it", true)]
    [InlineData("organi?e", "organie", false)]
    [InlineData("?ell", "my dell", true)]
    [InlineData("caf?", "un Café", true)]
    [InlineData("\"out of sto*\"", "out of stock", true)]
    [InlineData("#sal*", "#sales and more", true)]
    [InlineData("#sal*", "sales", false)]
    [InlineData("@del*", "ask @delloutlet", true)]
    [InlineData("{Apple}", "an Apple", true)]
    [InlineData("{Apple}", "an apple", false)]
    [InlineData("{Café}", "un Cafe", false)]
    [InlineData("{Apple Store}", "the Apple Store", true)]
    [InlineData("{Apple}", "#Apple", true)]
    [InlineData("\"buy {Apple} now\"", "Buy Apple now", true)]
    [InlineData("\"buy {Apple} now\"", "buy apple now", false)]
    [InlineData("stock NEAR/3 out", "out of the stock", true)]
    [InlineData("stock NEAR/2 out", "out of the stock", false)]
    [InlineData("out NEAR/1 of", "of out", true)]
    [InlineData("out ONEAR/1 of", "of out", false)]
    [InlineData("out ONEAR/2 stock", "out of stock", true)]
    [InlineData("\"out of\" NEAR/1 (stock OR luck)", "now out of luck", true)]
    [InlineData("a NEAR/5 a", "only one a", false)] // one word is not near itself
    [InlineData("a NEAR/5 a", "a then a", true)]
    [InlineData("\"a b\" NEAR/5 \"b c\"", "a b c", false)] // overlapping
    [InlineData("NOT a NEAR/2 b", "a b", false)]
    [InlineData("a NEAR/2 b AND c", "a b c", true)]
    [InlineData("iphone 15", "the iPhone 15 is here", true)]
    [InlineData("\"1,000 posts\"", "1,000 posts", true)]
    [InlineData("12:30", "at 12:30", true)]
    [InlineData("-(a OR b)", "c", true)]
    [InlineData("\"out of\"", "out https://x.example/1 of", false)] // a link stands between
    [InlineData("out NEAR/2 of", "out https://x.example/1 of", true)]
    [InlineData("has:link", "see https://x.example/1", true)]
    [InlineData("has:link", "see x", false)]
    [InlineData("url:x.example", "see https://X.Example/1", true)]
    [InlineData("url:\"shop?a=1\"", "see www.x.example/shop?A=1", true)]
    [InlineData("x", "see https://x.example/1", false)]
    public void Wildcards_case_and_nearness_find_what_they_say(string query, string text, bool expected) => A_query_finds_what_it_says(query, text, expected);

    [Theory]
    [InlineData("site:dell.com", true)]
    [InlineData("site:community.dell.com", true)]
    [InlineData("site:WWW.dell.com", true)]
    [InlineData("site:https://dell.com/", true)]
    [InlineData("site:ell.com", false)]
    [InlineData("url:/t/1", true)]
    [InlineData("url:elsewhere", true)]
    [InlineData("author:Ada", true)]
    [InlineData("from:@ada", true)]
    [InlineData("author:ad*", true)]
    [InlineData("author:ad", false)]
    [InlineData("lang:en", true)]
    [InlineData("lang:EN-US", true)]
    [InlineData("lang:(de OR en)", true)]
    [InlineData("lang:(de | fr)", false)]
    [InlineData("source:web", true)]
    [InlineData("source:\"dell forum\"", true)]
    [InlineData("source:file", false)]
    [InlineData("has:image", true)]
    [InlineData("has:video", false)]
    [InlineData("has:link", true)]
    [InlineData("is:reply", true)]
    [InlineData("is:original", false)]
    [InlineData("followers:>1000", true)]
    [InlineData("followers:>1500", false)]
    [InlineData("followers:>=1500", true)]
    [InlineData("followers:1500", true)]
    [InlineData("followers:=1.5k", true)]
    [InlineData("followers:<2K", true)]
    [InlineData("followers:1000..5000", true)]
    [InlineData("followers:2,000..", false)]
    [InlineData("followers:..1m", true)]
    [InlineData("sentiment:negative", true)]
    [InlineData("intent:(question OR praise)", true)]
    [InlineData("intent:praise", false)]
    [InlineData("product:\"trail stove\"", true)]
    [InlineData("product:ts-100", true)]
    [InlineData("product:tent", false)]
    [InlineData("Site:dell.com LANG:en hello", true)]
    public void Fields_ask_of_the_post(string query, bool expected)
    {
        var post = new AskedPost("hello", "Ada", "en-GB", "https://community.dell.com/t/1", ["https://elsewhere.example"], "Dell Forum", "web", 1_500, PostKind.Reply, Media.Image,
            Sentiment.Negative, new[] { Intent.Question, Intent.Complaint }.Bits(), ["trail stove", "ts 100"]);
        Assert.Equal(expected, Read(query).Matches(post, Tokens.Of(post.Text)));
    }

    [Theory]
    [InlineData("site:x.example")]
    [InlineData("url:x.example")]
    [InlineData("author:ada")]
    [InlineData("lang:und")]
    [InlineData("source:web")]
    [InlineData("has:link")]
    [InlineData("followers:>=0")]
    [InlineData("followers:<10")]
    [InlineData("sentiment:neutral")]
    [InlineData("intent:other")]
    [InlineData("product:tent")]
    public void What_is_not_known_of_a_post_passes_no_test(string query)
    {
        Assert.False(Read(query).Matches(new("words"), Tokens.Of("words")));
        Assert.True(Read("NOT " + query).Matches(new("words"), Tokens.Of("words")));
    }

    [Theory]
    [InlineData("langs:en", 0, "there is no field 'langs'", "did you mean lang:?")]
    [InlineData("a language:en", 2, "there is no field 'language'", "here it is lang:")]
    [InlineData("a hashtags:b", 2, "there is no field 'hashtags'", "here it is #tag")]
    [InlineData("a near/5 b", 2, "operators are written in capitals", "write NEAR/5")]
    [InlineData("a NEAR/5f b", 2, "an ordered NEAR is written ONEAR", "write ONEAR/5")]
    [InlineData("a NEAR b", 2, "NEAR needs a distance in words", "write NEAR/5")]
    [InlineData("a NEAR/0 b", 2, "the distance of NEAR must be a whole number from 1 to 100", "NEAR/1")]
    [InlineData("a NEAR/x b", 2, "the distance of NEAR must be a whole number from 1 to 100", "NEAR/1")]
    [InlineData("a NEAR/5 (b AND c)", 9, "only words can be near one another", "(a OR b)")]
    [InlineData("lang:en NEAR/5 b", 0, "only words can be near one another", "on both sides")]
    [InlineData("a NEAR/5 NOT b", 9, "only words can be near one another", "NOT (a NEAR/5 b)")]
    [InlineData("a NEAR/5 b NEAR/5 c", 11, "NEAR joins two sides only", "(b NEAR/5 c)")]
    [InlineData("a NEAR/5", 2, "there is nothing after NEAR/5", "write what")]
    [InlineData("a AND AND b", 6, "there is nothing before AND", "two operators")]
    [InlineData("a OR OR b", 5, "there is nothing before OR", "two operators")]
    [InlineData("a || b", 3, "there is nothing before |", "two operators")]
    [InlineData("a && b", 2, "&& is no operator here", "write AND")]
    [InlineData("has:gif", 4, "has: knows no 'gif'", "link, image, video")]
    [InlineData("has:images", 4, "has: knows no 'images'", "did you mean has:image?")]
    [InlineData("is:retweet", 3, "is: knows no 'retweet'", "did you mean is:repost?")]
    [InlineData("sentiment:negativ", 10, "sentiment: knows no 'negativ'", "did you mean sentiment:negative?")]
    [InlineData("intent:x", 7, "intent: knows no 'x'", "complaint")]
    [InlineData("lang:english", 5, "'english' is no code of a language", "write lang:en")]
    [InlineData("lang:", 5, "there is nothing after lang:", "right after the colon")]
    [InlineData("lang:(en de)", 9, "OR is missing between two values of lang", "lang:(a OR b)")]
    [InlineData("lang:(en", 5, "this bracket is never closed", "add a )")]
    [InlineData("lang:(en OR )", 12, "there is nothing after OR", "lang:(a OR b)")]
    [InlineData("site:dell.com/shop", 5, "site: takes a host, without a path", "url:\"dell.com/shop\"")]
    [InlineData("site:\"not a host\"", 6, "'not a host' is no host", "site:example.com")]
    [InlineData("followers:many", 10, "'many' is no count of followers", "followers:>1000")]
    [InlineData("followers:9..1", 10, "the range ends before it begins", "followers:1..9")]
    [InlineData("author:a*b", 7, "'a*b' is no handle", "at the end")]
    [InlineData("x d*", 2, "a word with * or ? needs at least 2 letters", "de*")]
    [InlineData("x *ell", 2, "a * can only stand at the end of a word", "deliver*")]
    [InlineData("de*ll", 2, "a * can only stand at the end of a word", "deliver*")]
    [InlineData("a * b", 2, "* alone stands for nothing", "deliver*")]
    [InlineData("缺*", 1, "* and ? work beside letters and digits only", "remove it")]
    [InlineData("a {b", 2, "this brace is never closed", "}")]
    [InlineData("a}", 1, "this brace closes nothing", "{Word}")]
    [InlineData("{de*}", 3, "* and ? do not work in braces", "exactly")]
    [InlineData("\"a https://x.example\"", 1, "addresses of pages are not searched as words", "url:")]
    public void An_error_says_what_would_be_right(string query, int position, string reason, string hint)
    {
        An_error_points_at_its_character(query, position, reason);
        Assert.Contains(hint, ((Parsed.Wrong)ParseQuery.Read(query)).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_too_deep_and_expressions_too_long_are_refused_not_overflown()
    {
        Assert.IsType<Parsed.Wrong>(ParseQuery.Read(new string('(', 2_000) + "x" + new string(')', 1_999)));
        Assert.IsType<Parsed.Wrong>(ParseQuery.Read(new string('x', ParseQuery.MaxLength + 1)));
        Assert.IsType<Parsed.Wrong>(ParseQuery.Read(new string('-', ParseQuery.MaxLength - 1) + "x"));
        Assert.IsType<Parsed.Wrong>(ParseQuery.Read(string.Join(' ', Enumerable.Repeat("x", ParseQuery.MaxParts + 1))));
        Assert.IsType<Parsed.Ok>(ParseQuery.Read(string.Concat(Enumerable.Repeat("NOT ", 90)) + "x"));
    }

    [Fact]
    public void The_largest_query_is_read_printed_compared_and_asked_on_a_small_stack()
    {
        foreach (var joint in (string[])[" ", " OR ", " -"])
        {
            var text = string.Join(joint, Enumerable.Range(0, 2_200).Select(n => "w" + n));
            Exception? failed = null;
            var thread = new Thread(() => failed = Record.Exception(() =>
            {
                var query = Read(text);
                Assert.Equal(query, Read(query.ToString()));
                Assert.Equal(query.GetHashCode(), Read(query.ToString()).GetHashCode());
                Assert.Equal(joint == " OR ", query.Matches(new("w7 x"), Tokens.Of("w7 x")));
                Assert.Equal(joint == " -" ? 0 : 1, query.Spans(new("w7 x"), Tokens.Of("w7 x")).Count());
            }), 1024 * 1024);
            thread.Start();
            thread.Join();
            Assert.Null(failed);
        }
    }

    [Fact]
    public void Any_text_at_all_is_read_or_refused()
    {
        var random = new Random(5);
        string[] pieces = ["a", "b", " ", " ", "\"", "(", ")", "|", "-", "#", "@", "AND", "OR", "NOT", "NEAR/", "ONEAR/2", "'", "é", "“", "+", "*", "?", "{", "}", "lang:", "site:", "followers:", "has:", "url:", "x:", "7", "..", ">", "😡", "缺", "https://", "[", "]", "~", "<<<", ">>>", "\ud83d", "\0"];
        foreach (var dialect in Enum.GetValues<Dialect>())
        {
            for (var n = 0; n < 50_000; n++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
                switch (ParseQuery.Read(text, dialect))
                {
                    case Parsed.Wrong wrong:
                        Assert.InRange(wrong.Position, 0, text.Length);
                        Assert.NotEmpty(wrong.Hint);
                        break;
                    case Parsed.Ok ok:
                        Assert.Equal(ok.Query, Read(ok.Query.ToString()));
                        break;
                }
            }
        }
    }

    [Fact]
    public void What_is_printed_reads_as_the_same_query()
    {
        var random = new Random(11);
        for (var n = 0; n < 50_000; n++)
        {
            var query = SomeQuery.Of(random, 5);
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

    private static Query Read(string text) => ParseQuery.Read(text) switch
    {
        Parsed.Ok ok => ok.Query,
        Parsed.Wrong wrong => throw new InvalidOperationException($"{text}: {wrong.Sentence}"),
        _ => throw new InvalidOperationException(text),
    };

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
