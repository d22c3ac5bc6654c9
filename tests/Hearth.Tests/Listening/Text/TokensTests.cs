using Hearth.Listening.Text;

namespace Hearth.Tests.Listening.Text;

public class TokensTests
{
    [Theory]
    [InlineData("It's out of stock!", "its out of stock")]
    [InlineData("Café, STRASSE straße", "cafe strasse strasse")]
    [InlineData("#Dell's @dell's @fan.bsky.social.", "#dell s @dell s @fan.bsky.social")]
    [InlineData("a#b ##c b@d.e", "a b #c b d e")]
    [InlineData("so 😡👍🏽 ☀️ now", "so 😡 👍 ☀ now")]
    [InlineData("已经缺货了", "已 经 缺 货 了")]
    [InlineData("#東京 #東京tokyo ＠ユーザ", "#東 #京 #東 #京 #tokyo @ユ @ー @サ")]
    [InlineData("ที่นี่", "ท ี ่ น ี ่")]
    [InlineData("see https://dell.com/x_y'z, www.x.org now HTTP://A", "see now")]
    [InlineData("x'http://y.z #http://y 漢www.x", "xhttp y z #http y 漢 www x")]
    [InlineData("ΟΔΟΣ οδός", "οδοσ οδοσ")]
    [InlineData("a''b 'c' d’e’ ’f", "a b c de f")]
    [InlineData("\u0301 #\u0301 x", "x")]
    public void Text_is_split_as_people_read_it(string text, string expected) => Assert.Equal(expected, Shown(Tokens.Of(text)));

    [Fact]
    public void A_link_is_no_word_but_takes_a_position()
    {
        var tokens = Tokens.Of("out https://x.y/z of #stock");

        Assert.Equal([0, 2, 3], tokens.Select(t => t.Position));
        Assert.Equal([(0, 3), (18, 2), (21, 6)], tokens.Select(t => (t.Start, t.Length)));
        Assert.Equal(["https://x.y/z"], Links.In("out https://x.y/z of #stock"));
    }

    [Fact]
    public void Words_longer_than_a_hundred_letters_are_cut()
    {
        Assert.Equal(new string('x', 100), Tokens.Of(new string('X', 300))[0].Folded);
        Assert.Equal(new string('e', 100), Tokens.Of(new string('é', 101))[0].Folded);
    }

    // Characters that mean something to the splitter, and the edges of its tables.
    private static readonly string[] Pieces =
    [
        "a", "Z", "9", "_", " ", "  ", "'", "’", "#", "@", "＃", "＠", ".", "-", "é", "ß", "Ł", "İ", "ı", "ﬁ", "ς", "\u0301", "\u3099", "が", "・", "ー", "漢", "ท", "ี", "ำ", "។", "ក", "한", "ع", "हि", "😡", "👨‍👩‍👧", "☀️", "™", "Ⓐ", "½", "²", "ﷺ", "ŉ",
        "𝐀", "𠮷", "\ud83d", "\udc00", "\uFFFE", "\uFFFF", "\uFE0F", "\0", "\t", "\n", "\"", "<", ">", "http://", "HTTPS://", "www.", "http", "https:/", "wwW", "ſ", "K", "dell", "Dell's", "abcdefgh", "abcdefghi", new('x', 63), new('y', 120),
    ];

    [Fact]
    public void The_scanner_splits_any_text_as_the_plain_rules_do()
    {
        var random = new Random(17);
        var words = 0;
        for (var n = 0; n < 60_000; n++)
        {
            var text = Some(random);
            var expected = PlainSplitting.Of(text);
            var found = Tokens.Of(text);
            if (!expected.SequenceEqual(found)) Assert.Fail($"{string.Join(' ', text.Select(c => $"{(int)c:X4}"))}\n{text}\n{Shown(expected)}\n{Shown(found)}");
            words += found.Count;
        }

        Assert.InRange(words, 300_000, int.MaxValue);
    }

    [Fact]
    public void Every_character_alone_and_in_a_word_is_split_as_the_plain_rules_do()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = $"{(char)c} a{(char)c}b #{(char)c}";
            Assert.Equal(PlainSplitting.Of(text), Tokens.Of(text));
        }
    }

    [Fact]
    public void Equal_words_have_equal_keys_and_short_ones_are_their_own()
    {
        var scanner = new Scanner();
        var keys = new Dictionary<ulong, string>();
        var random = new Random(3);
        for (var n = 0; n < 20_000; n++)
        {
            foreach (var token in scanner.Scan(Some(random)))
            {
                if (token.Kind == Scanned.Link) continue;
                var word = scanner.Folded(token);
                Assert.Equal(WordKey.Of(word), token.Key);
                Assert.Equal(word, keys.TryAdd(token.Key, word) ? word : keys[token.Key]);
                Assert.Equal(word.Length > 8 || word.Any(c => c > 127), WordKey.IsLong(token.Key));
            }
        }
    }

    [Fact]
    public void Scanning_allocates_nothing()
    {
        var scanner = new Scanner();
        var random = new Random(4);
        var texts = Enumerable.Range(0, 500).Select(_ => Some(random)).ToArray();
        foreach (var text in texts) scanner.Scan(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var text in texts) scanner.Scan(text);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Some(Random random) => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ =>
        random.Next(12) == 0 ? ((char)random.Next(char.MaxValue + 1)).ToString() : Pieces[random.Next(Pieces.Length)]));

    private static string Shown(List<Token> tokens) => string.Join(' ', tokens.Select(t => t.Kind switch { TokenKind.Tag => "#", TokenKind.Handle => "@", _ => "" } + t.Folded));
}
