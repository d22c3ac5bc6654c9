using Hearth.Ideas.Likeness;

namespace Hearth.Tests.Ideas.Likeness;

public class LikeWordsTests
{
    // The samples that M. F. Porter gives for the steps of his algorithm.
    [Theory]
    [InlineData("caresses", "caress"), InlineData("ponies", "poni"), InlineData("cats", "cat"), InlineData("agreed", "agre"), InlineData("plastered", "plaster"), InlineData("motoring", "motor")]
    [InlineData("conflated", "conflat"), InlineData("hopping", "hop"), InlineData("falling", "fall"), InlineData("filing", "file"), InlineData("happy", "happi"), InlineData("sky", "sky")]
    [InlineData("relational", "relat"), InlineData("digitizer", "digit"), InlineData("operator", "oper"), InlineData("hopefulness", "hope"), InlineData("electrical", "electr"), InlineData("goodness", "good")]
    [InlineData("adoption", "adopt"), InlineData("effective", "effect"), InlineData("probate", "probat"), InlineData("cease", "ceas"), InlineData("controlling", "control"), InlineData("rolls", "roll")]
    public void A_word_has_the_stem_that_Porter_says(string word, string stem) => Assert.Equal(stem, EnglishStem.Of(word));

    [Theory]
    [InlineData("How do I log in?", "Signing in / sign in")]
    [InlineData("buy a cheap bottle", "purchase an inexpensive flask")]
    [InlineData("delete my account", "removing my profile")]
    public void Words_of_one_meaning_are_one_word(string one, string other) => Assert.NotEmpty(LikeWords.Of(one).Stems.Intersect(LikeWords.Of(other).Stems));

    [Fact]
    public void Small_words_count_only_when_there_are_no_others()
    {
        Assert.Equal(["lid"], LikeWords.Of("What about the lids?").Stems);
        Assert.Equal(["how", "to", "be"], LikeWords.Of("How to be").Stems);
    }

    [Fact]
    public void What_search_keeps_names_the_titles_words_by_meaning_and_all_words_by_stem() =>
        Assert.Equal("~lid ~bottl cap flask spill", LikeWords.Kept("Caps for flasks", "It spills. The cap!"));
}
