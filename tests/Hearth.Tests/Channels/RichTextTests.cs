using System.Text;
using Hearth.Channels.Bluesky;

namespace Hearth.Tests.Channels;

public class RichTextTests
{
    private static string[] Marked(string text) => [.. RichText.Facets(text).Select(f =>
        $"{f.Kind}:{f.Value}={Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)[f.ByteStart..f.ByteEnd])}")];

    [Theory]
    [InlineData("see https://example.org/a", "Link:https://example.org/a=https://example.org/a")]
    [InlineData("(https://example.org/a)", "Link:https://example.org/a=https://example.org/a")]
    [InlineData("https://example.org/a_(b).", "Link:https://example.org/a_(b)=https://example.org/a_(b)")]
    [InlineData("\"https://example.org/a\", he said", "Link:https://example.org/a=https://example.org/a")]
    [InlineData("hello @Brand.Example.com!", "Mention:brand.example.com=@Brand.Example.com")]
    [InlineData("hi @a.test, @b.test", "Mention:a.test=@a.test|Mention:b.test=@b.test")]
    [InlineData("#outlet #50off. #1", "Tag:outlet=#outlet|Tag:50off=#50off")]
    [InlineData("grüße 👩‍👩‍👧 an @käse.de und #läden", "Tag:läden=#läden")]
    [InlineData("👋 @a.test https://e.org", "Mention:a.test=@a.test|Link:https://e.org=https://e.org")]
    public void Links_handles_and_tags_are_marked_by_bytes(string text, string expected) => Assert.Equal(expected.Split('|'), Marked(text));

    [Theory]
    [InlineData("mail@example.com"), InlineData("@nodot"), InlineData("a#b"), InlineData("#123"), InlineData("ftp://x.org"), InlineData("https://"), InlineData("# space"), InlineData("")]
    public void What_only_looks_like_one_stays_plain(string text) => Assert.Empty(RichText.Facets(text));

    [Fact]
    public void A_tag_of_more_than_64_graphemes_is_no_tag()
    {
        Assert.Single(RichText.Facets("#" + new string('a', 64)));
        Assert.Empty(RichText.Facets("#" + new string('a', 65)));
    }

    [Theory]
    [InlineData("abc", 3), InlineData("é", 1), InlineData("e\u0301", 1), InlineData("👩‍👩‍👧‍👦", 1), InlineData("🇩🇪🇫🇷", 2), InlineData("👍🏽", 1), InlineData("\r\n", 1), InlineData("", 0)]
    public void A_letter_as_a_person_sees_it_counts_once(string text, int graphemes) => Assert.Equal(graphemes, RichText.Graphemes(text));

    [Fact]
    public void Three_hundred_graphemes_fit_and_one_more_does_not()
    {
        Assert.True(RichText.Measure(new string('x', 300)).Fits);
        Assert.Equal(new(301, 300, "graphemes"), RichText.Measure(new string('x', 301)));
    }

    [Fact]
    public void A_family_of_emoji_meets_the_limit_of_bytes_first()
    {
        var family = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 150)); // 25 bytes each
        Assert.Equal(new(3750, 3000, "bytes"), RichText.Measure(family));
    }
}
