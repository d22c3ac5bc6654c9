using Hearth.Listening.Queries;

namespace Hearth.Tests.Listening.Queries;

/// <summary>Expressions as they stand in the tools' own guides.</summary>
public class ImportQueryTests
{
    [Theory]
    [InlineData("(Christmas OR Xmas) NEAR/0f (“Mince Pie” OR Pudding)", "(christmas OR xmas) ONEAR/1 (\"mince pie\" OR pudding)")] // "Xmas Mince Pie": none between
    [InlineData("Summer NEAR/1f (Holiday OR Vacation)", "summer ONEAR/2 (holiday OR vacation)")] // "Summer sun holiday"
    [InlineData("(apple OR orange) NEAR/5 (smartphone OR phone)", "(apple OR orange) NEAR/6 (smartphone OR phone)")]
    [InlineData("site:twitter.com AND \"apple juice\"", "site:twitter.com AND \"apple juice\"")]
    [InlineData("url:msn.com/news AND \"Simon Cowell\"", "url:msn.com/news AND \"simon cowell\"")]
    [InlineData("links:msn.com", "url:msn.com")]
    [InlineData("author:bbc* AND language:en", "author:bbc* AND lang:en")]
    [InlineData("site:(facebook.com OR instagram.com) OR at_mentions:emberly", "site:facebook.com OR site:instagram.com OR @emberly")]
    [InlineData("hashtags:(sale OR #outlet)", "#sale OR #outlet")]
    [InlineData("raw:\"Apple Store\" AND {BrandWatch}", "{Apple Store} AND {BrandWatch}")]
    [InlineData("authorFollowers:[1000 TO 5000] AND complain*", "followers:>=1000 AND followers:<=5000 AND complain*")]
    [InlineData("authorFollowers:[1000 TO *] AND x", "followers:>=1000 AND x")]
    [InlineData("dell AND engagementType:(COMMENT OR RETWEET) NOT job", "dell AND (is:reply OR is:repost) AND NOT job")]
    [InlineData("dell <<< the brand >>> AND outlet", "dell AND outlet")]
    [InlineData("organi?e AND NOT \"head hunt*\"", "organi?e AND NOT \"head hunt*\"")]
    public void What_Brandwatch_asks_is_asked_here(string theirs, string ours) => Same(theirs, ours, Dialect.Brandwatch);

    [Theory]
    [InlineData("apple juice", 6, "an operator is missing before this")] // whether that means a phrase is theirs to say
    [InlineData("\"apple juice\"~5", 13, "a phrase with a distance")]
    [InlineData("apple AND city:\"deu.berlin.berlin\"", 10, "city: of Brandwatch has no counterpart here")]
    [InlineData("a AND title:dell", 6, "title: of Brandwatch has no counterpart here")]
    [InlineData("raw:Google+", 4, "punctuation is not searched here")]
    [InlineData("(a NEAR/2 b) NEAR/2 c", 0, "only words can be near one another")]
    [InlineData("a NEAR/100 b", 2, "the distance of NEAR")]
    [InlineData("a AND <<< remark", 6, "this remark is never closed")]
    [InlineData("engagementType:QUOTE AND a", 15, "engagementType:QUOTE has no counterpart here")]
    public void What_has_no_counterpart_of_Brandwatch_is_named_at_its_place(string theirs, int position, string reason) => Refused(theirs, position, reason, Dialect.Brandwatch);

    [Theory]
    [InlineData("snow day #NoSchool", "snow AND day AND #noschool")]
    [InlineData("(grumpy cat) OR (#meme has:images)", "grumpy AND cat OR #meme AND has:image")]
    [InlineData("cat #meme -grumpy", "cat AND #meme AND NOT grumpy")]
    [InlineData("\"X API\" has:media -is:retweet lang:en", "\"x api\" AND (has:image OR has:video) AND NOT is:repost AND lang:en")]
    [InlineData("from:XDevelopers OR @api", "author:xdevelopers OR @api")]
    [InlineData("url:\"https://developer.x.com\" has:links", "url:\"https://developer.x.com\" AND has:link")]
    [InlineData("dell followers_count:500", "dell AND followers:>=500")]
    [InlineData("dell followers_count:1000..10000", "dell AND (followers:>=1000 AND followers:<=10000)")]
    [InlineData("dell followers_count:1000..", "dell AND followers:>=1000")]
    [InlineData("\"where is my order?\" -(spam OR is:reply)", "\"where is my order\" AND NOT (spam OR is:reply)")]
    [InlineData("😬 has:videos", "😬 AND has:video")]
    public void What_X_asks_is_asked_here(string theirs, string ours) => Same(theirs, ours, Dialect.X);

    [Theory]
    [InlineData("dell to:dell", 5, "to: of X has no counterpart here")]
    [InlineData("dell is:quote", 8, "is:quote of X has no counterpart here")]
    [InlineData("dell has:hashtags", 9, "has:hashtags of X has no counterpart here")]
    [InlineData("\"social media\"~5", 14, "a phrase with a distance")]
    [InlineData("dell source:iphone", 5, "source: of X has no counterpart here")] // theirs is the program that posted
    [InlineData("dell NEAR/5 hp", 5, "X has no NEAR")]
    [InlineData("dell $DELL", 5, "the cashtag $DELL")]
    [InlineData("dell conversation_id:1", 5, "conversation_id: of X has no counterpart here")]
    public void What_has_no_counterpart_of_X_is_named_at_its_place(string theirs, int position, string reason) => Refused(theirs, position, reason, Dialect.X);

    private static void Same(string theirs, string ours, Dialect dialect)
    {
        var read = ParseQuery.Read(theirs, dialect);
        Assert.Equal(ours, read is Parsed.Ok ok ? ok.Query.ToString() : ((Parsed.Wrong)read).Sentence);
        Assert.IsType<Parsed.Ok>(ParseQuery.Read(ours));
    }

    private static void Refused(string theirs, int position, string reason, Dialect dialect)
    {
        var wrong = Assert.IsType<Parsed.Wrong>(ParseQuery.Read(theirs, dialect));
        Assert.Equal(position, wrong.Position);
        Assert.StartsWith(reason, wrong.Reason, StringComparison.Ordinal);
    }
}
