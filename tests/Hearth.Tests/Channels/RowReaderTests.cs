using System.IO.Compression;
using System.Text;
using Hearth.Channels.Files;

namespace Hearth.Tests.Channels;

public class RowReaderTests
{
    [Fact]
    public async Task Lines_stay_right_after_fields_that_span_several()
    {
        var rows = await Read("a,b\r\n1,\"x\r\ny \"\"quoted\"\"\r\n\"\r\n2,z\n\n3,w");

        Assert.Equal([2, 5, 7], rows.Select(r => r.Line));
        Assert.Equal("x\ny \"quoted\"\n", rows[0]["b"]);
        Assert.Equal("w", rows[2]["b"]);
    }

    [Theory]
    [InlineData("a;b\n1;x,y"), InlineData("a\tb\n1\tx,y"), InlineData("\uFEFFa,b\n1,\"x,y\"")]
    public async Task Commas_semicolons_and_tabs_separate(string file) => Assert.Equal("x,y", Assert.Single(await Read(file))["b"]);

    [Fact]
    public async Task Bytes_that_are_not_UTF8_refuse_their_row_by_line_and_the_rest_goes_in()
    {
        byte[] file = [.. "a,b\n1,fine\n2,\"two\nlines "u8, 0xff, 0xfe, .. "\"\n3,grün\n"u8];

        var rows = await Read(file);

        Assert.Equal([null, "bytes on line 4 are not UTF-8", null], rows.Select(r => r.Error));
        Assert.Equal("grün", rows[2]["b"]);
    }

    [Fact]
    public async Task A_field_too_long_refuses_its_row_and_the_rest_goes_in()
    {
        var rows = await Read($"a,b\n1,{new string('x', RowReader.MaxField + 1)}\n2,y\n");

        Assert.Contains("longer than 1,048,576 characters", rows[0].Error, StringComparison.Ordinal);
        Assert.Equal("y", rows[1]["b"]);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_named_by_the_line_it_opens_on()
    {
        var rows = await Read("a,b\n1,x\n2,\"never\n3,y\n");

        Assert.Equal([null, "the quote opened on line 3 is never closed"], rows.Select(r => r.Error));
    }

    [Fact]
    public async Task A_row_with_too_few_fields_is_refused() =>
        Assert.Equal("1 fields where the header has 2", (await Read("a,b\n1\n"))[0].Error);

    [Fact]
    public async Task A_missing_column_is_named_with_what_is_there()
    {
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => Read("a,b\n1,2\n", "text", "a"));

        Assert.Equal("Column 'text' is not in the file. It has: a, b.", error.Message);
    }

    [Fact]
    public async Task Nested_JSON_objects_are_columns_by_path()
    {
        var row = Assert.Single(await Read("""{"id": 12, "user": {"name": "ann", "x": null}, "tags": ["a"], "ok": true}""" + "\n"));

        Assert.Equal(("12", "ann", null, "[\"a\"]", "true"), (row["id"]!, row["user.name"]!, row["user.x"], row["tags"]!, row["ok"]!));
    }

    [Fact]
    public async Task A_bad_JSON_line_is_refused_and_the_rest_goes_in()
    {
        var rows = await Read("{\"t\":\"one\"}\n{\"t\":\n[1]\n{\"u\":\"no t\"}\n\n{\"t\":\"two\"}\n", "t");

        Assert.Equal([1, 2, 3, 4, 6], rows.Select(r => r.Line));
        Assert.Equal([false, true, true, true, false], rows.Select(r => r.Error is not null));
    }

    [Fact]
    public async Task A_packed_file_reads_like_a_plain_one()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync("a,b\n1,x\n"u8.ToArray());

        Assert.Equal("x", Assert.Single(await Read(packed.ToArray()))["b"]);
    }

    [Fact]
    public async Task An_empty_file_says_so() => Assert.Equal("The file is empty.", (await Assert.ThrowsAsync<UnreadableFileException>(() => Read(""))).Message);

    private static Task<List<Row>> Read(string file, params string[] required) => Read(Encoding.UTF8.GetBytes(file), required);

    private static async Task<List<Row>> Read(byte[] file, params string[] required)
    {
        var rows = new List<Row>();
        await foreach (var row in RowReader.Read(new MemoryStream(file), required)) rows.Add(row);
        return rows;
    }
}
