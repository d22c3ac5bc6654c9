using System.Globalization;
using System.Text;
using Hearth.Channels.Files;
using Hearth.Listening;
using Hearth.Platform;

namespace Hearth.Tests.Listening;

public class ImportPostsTests
{
    private const string Good = "nr,who,written,body\n1,ann,2026-08-01T10:00:00Z,\"Two lines\nof text\"\n2,ben,2026-08-01 12:00:00 +0200,Plain\n3,@ann,1785585600,Unix\n";

    private static readonly PostColumns Columns = PostColumns.Parse("text=body,at=written,id=nr,author=who");

    [Theory, EveryDatabase]
    public async Task A_second_import_of_the_same_file_adds_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var first = await Import(house, Good);
        var second = await Import(house, Good);

        Assert.Equal((3, 3, 0, 0), (first.Read, first.Kept, first.Repeated, first.Rejected));
        Assert.Equal((3, 0, 3, 0), (second.Read, second.Kept, second.Repeated, second.Rejected));
    }

    [Theory, EveryDatabase]
    public async Task A_bad_row_is_named_by_its_line_and_the_rest_goes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var done = await Import(house, Good + "4,ben,yesterday,Bad date\n5,ben,2026-08-01\n6,ben,2026-08-01,Good\n7,ben,2026-08-01,\n,ben,2026-08-01,No id\n");

        Assert.Equal((8, 4, 0, 4), (done.Read, done.Kept, done.Repeated, done.Rejected));
        Assert.Equal([6, 7, 9, 10], done.Errors.Select(e => e.Line));
        Assert.Contains("'yesterday'", done.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_missing_column_is_named_with_what_is_there_and_nothing_is_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => Import(house, "id,message\n1,hello\n"));

        Assert.Equal("Column 'body', 'written', 'nr', 'who' is not in the file. It has: id, message.", error.Message);
        Assert.Empty(await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default)));
    }

    [Theory, EveryDatabase]
    public async Task Without_ids_the_same_author_time_and_text_are_the_same_post(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var columns = Columns with { Id = null };

        var done = await Import(house, Good + "9,ann,2026-08-01T10:00:00Z,\"Two lines\nof text\"\n", columns);

        Assert.Equal((4, 3, 1), (done.Read, done.Kept, done.Repeated));
    }

    [Theory]
    [InlineData("2015-02-16 23:36:05 -0800", "2015-02-17T07:36:05Z")]
    [InlineData("2015-02-16T23:36:05.123456+05:30", "2015-02-16T18:06:05.123456Z")]
    [InlineData("2015-02-16T23:36:05Z", "2015-02-16T23:36:05Z")]
    [InlineData("2015-02-16 23:36:05", "2015-02-16T23:36:05Z")]
    [InlineData("2015-02-16", "2015-02-16T00:00:00Z")]
    [InlineData("Mon Feb 16 23:36:05 -0800 2015", "2015-02-17T07:36:05Z")]
    [InlineData("Mon, 16 Feb 2015 23:36:05 GMT", "2015-02-16T23:36:05Z")]
    [InlineData("Mon, 16 Feb 2015 23:36:05 -0800", "2015-02-17T07:36:05Z")]
    [InlineData("1424158565", "2015-02-17T07:36:05Z")]
    [InlineData("1424158565000", "2015-02-17T07:36:05Z")]
    [InlineData("1424158565000000", "2015-02-17T07:36:05Z")]
    public void An_instant_is_read_however_it_is_written(string text, string expected)
    {
        Assert.True(PostDates.TryParse(text, out var at));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), at);
    }

    [Theory]
    [InlineData("yesterday"), InlineData("02/03/2015"), InlineData("2015-13-01"), InlineData(""), InlineData("12"), InlineData("2015-02-30T00:00:00Z")]
    public void What_is_no_instant_is_refused(string text) => Assert.False(PostDates.TryParse(text, out _));

    private static Task<ImportedPosts> Import(TestHouse house, string file, PostColumns? columns = null) => house.With<ImportPosts, ImportedPosts>(
        i => i.Run(new MemoryStream(Encoding.UTF8.GetBytes(file)), "file", null, columns ?? Columns, false, null, default));
}
