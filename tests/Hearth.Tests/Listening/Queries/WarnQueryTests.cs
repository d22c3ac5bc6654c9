using Hearth.Listening.Queries;

namespace Hearth.Tests.Listening.Queries;

public class WarnQueryTests
{
    [Theory]
    [InlineData("NOT dell", "This finds nearly everything: it only excludes")]
    [InlineData("-a -b -c", "it only excludes")]
    [InlineData("lang:en", "This finds nearly everything: it asks for no word")]
    [InlineData("lang:en is:original followers:>10", "it asks for no word")]
    [InlineData("the", "This finds nearly everything: it is one of the most common words")]
    [InlineData("dell OR lang:en", "since lang:en alone is enough and it asks for no word")]
    [InlineData("dell OR NOT hp", "since NOT hp alone is enough and it only excludes")]
    [InlineData("(dell OR the) lang:en", "since the alone is enough")]
    [InlineData("dell AND NOT dell", "This finds nothing: it asks for dell and excludes it")]
    [InlineData("dell or hp", "\"or\" is looked for as a word; write OR for the operator")]
    [InlineData("\"where is my order?\"", "order? wants exactly one more character after \"order\"")]
    public void A_query_that_says_something_else_than_was_meant_is_warned_of(string query, string warning) =>
        Assert.Contains(WarnQuery.Of(((Parsed.Ok)ParseQuery.Read(query)).Query), w => w.Contains(warning, StringComparison.Ordinal));

    [Theory]
    [InlineData("dell")]
    [InlineData("dell -job")]
    [InlineData("dell lang:en")]
    [InlineData("\"to be or not to be\"")]
    [InlineData("the NEAR/2 hinge")]
    [InlineData("site:dell.com")]
    [InlineData("author:ada sentiment:negative")]
    [InlineData("product:tent")]
    [InlineData("#the")]
    [InlineData("{The}")]
    [InlineData("organi?e OR (the hinge)")]
    public void A_query_with_something_rare_in_it_is_not(string query) => Assert.Empty(WarnQuery.Of(((Parsed.Ok)ParseQuery.Read(query)).Query));
}
