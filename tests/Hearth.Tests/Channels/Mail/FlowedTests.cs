using System.Text;
using Hearth.Channels.Mail.Mime;

namespace Hearth.Tests.Channels.Mail;

public class FlowedTests
{
    [Fact]
    public void What_is_broken_for_sending_is_the_same_text_when_it_is_read()
    {
        var random = new Random(3676);
        string[] words = ["a", "word", "https://shop.example/a/very/long/address/that/is/longer/than/any/line/of/a/letter/may/be/and/still/is/one", "From", "naïve", ">", "mittel", "--", "Donaudampfschifffahrt", "🙂"];
        for (var n = 0; n < 2_000; n++)
        {
            var text = new StringBuilder();
            foreach (var line in Enumerable.Range(0, random.Next(1, 8)))
            {
                if (line > 0) text.Append('\n');
                var depth = random.Next(4) == 0 ? random.Next(1, 4) : 0;
                if (depth > 0) text.Append('>', depth).Append(' ');
                var said = string.Join(random.Next(9) == 0 ? "  " : " ", Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
                text.Append(depth > 0 || said.Length == 0 || said[0] != '>' ? depth > 0 ? said.TrimStart('>', ' ') : said : "x" + said);
            }

            var sent = Flowed.Write(text.ToString());
            Assert.Equal(text.ToString(), Flowed.Read(sent, deletesSpace: false));
            foreach (var line in sent.Split("\r\n")) Assert.True(line.Length <= 78 || !line.TrimEnd().Contains(' ', StringComparison.Ordinal) || line.Contains("https://", StringComparison.Ordinal), line);
        }
    }

    [Theory] // the cases of RFC 3676 sections 4.1 to 4.5
    [InlineData("one \ntwo", "one two")]
    [InlineData("> one \n> two", "> one two")]
    [InlineData(">> one \n> two", ">> one \n> two")]
    [InlineData(" From here", "From here")]
    [InlineData(" > no quote", "> no quote")]
    [InlineData("-- \nAnn", "-- \nAnn")]
    [InlineData("said \n-- \nAnn", "said \n-- \nAnn")]
    public void What_others_broke_is_joined_as_the_standard_says(string sent, string read) => Assert.Equal(read, Flowed.Read(sent, deletesSpace: false));

    [Fact]
    public void Where_the_space_is_none_of_the_text_it_goes() => Assert.Equal("日本語", Flowed.Read("日本 \n語", deletesSpace: true));
}
