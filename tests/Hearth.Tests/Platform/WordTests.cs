using Hearth.Platform;

namespace Hearth.Tests.Platform;

public class WordTests
{
    [Theory]
    [InlineData("postgres", true)]
    [InlineData("Postgres", true)]
    [InlineData("SQLITE", true)]
    [InlineData("1", false)]
    [InlineData("-1", false)]
    [InlineData("sqlite,postgres", false)]
    [InlineData("oracle", false)]
    [InlineData("", false)]
    public void A_word_in_an_address_is_read_in_any_case_and_is_never_a_number(string text, bool known) => Assert.Equal(known, Word<DatabaseKind>.TryParse(text, out _));

    [Fact]
    public void It_is_written_as_in_json() => Assert.Equal("inOrder", new Word<TestEnum>(TestEnum.InOrder).ToString());

    private enum TestEnum
    {
        InOrder,
    }
}
