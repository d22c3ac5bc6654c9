using System.Text;
using Hearth.Channels.Files;
using Hearth.Operations.Effects;

namespace Hearth.Tests.Operations.Effects;

public class SeriesTableTests
{
    [Fact]
    public async Task Numbers_and_dates_are_moments_and_empty_fields_are_missing()
    {
        var table = await Series("day;y;x\n2026-03-01;4;1\n2026-03-02;;2\n2026-03-04;NA;3\n", "day", "y", "x");

        Assert.Equal(["2026-03-01", "2026-03-02", "2026-03-04"], table.Moments);
        Assert.Equal([4, double.NaN, double.NaN], table.Columns["Y"]);
        Assert.Equal([1, 2, 3], table.Columns["x"]);
        Assert.Equal((1, 2), (table.From("2026-03-02"), table.From("2026-03-03")));
        Assert.Equal(1, (await Series("t,y\n1,1\n2.5,2\n", "t", "y")).From("2"));
    }

    [Theory]
    [InlineData("t,y\n1,2\n1,3\n", "s.csv, line 3: t must be later than in the line before: '1' after '1'.")]
    [InlineData("t,y\n1,2\nmonday,3\n", "s.csv, line 3: t is neither a number nor a date: 'monday'.")]
    [InlineData("t,y\n1,two\n", "s.csv, line 2: y is no number: 'two'.")]
    [InlineData("t,y\n,2\n", "s.csv, line 2: t is empty.")]
    [InlineData("t,y\n1,2,3\n", "s.csv, line 2: 3 fields where the header has 2.")]
    [InlineData("t,y\n", "s.csv has no rows.")]
    [InlineData("t,z\n1,2\n", "Column 'y' is not in the file. It has: t, z.")]
    public async Task What_cannot_be_read_is_named_with_its_line(string text, string reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<UnreadableFileException>(() => Series(text, "t", "y"))).Message);

    [Theory]
    [InlineData("3", "No row is at 3 or later; the last is 2.")]
    [InlineData("2026-03-01", "'2026-03-01' is a date, but the rows have moments like '1'.")]
    [InlineData("soon", "'soon' is neither a number nor a date.")]
    public async Task A_change_outside_the_series_is_refused(string from, string reason)
    {
        var table = await Series("t,y\n1,1\n2,2\n", "t", "y");

        Assert.Equal(reason, Assert.Throws<UnreadableFileException>(() => table.From(from)).Message);
    }

    [Fact]
    public async Task Rows_of_a_panel_come_in_any_order()
    {
        var panel = await Panel("u,t,y\nB,2,20\nA,1,1\nA,2,2\nB,1,10\n");

        Assert.Equal(["1", "2"], panel.Moments);
        Assert.Equal(["B", "A"], panel.Units.Select(u => u.Unit));
        Assert.Equal([[10, 20], [1, 2]], panel.Units.Select(u => u.Values));
        Assert.Equal(1, panel.From("2"));
    }

    [Theory]
    [InlineData("u,t,y\nA,1,1\nA,2,2\nB,1,3\n", "p.csv: B has no row at 2; all units need the same moments.")]
    [InlineData("u,t,y\nA,1,1\nA,1,2\n", "p.csv, line 3: A has 1 twice.")]
    [InlineData("u,t,y\nA,1,\n", "p.csv, line 2: y is no number: ''.")]
    [InlineData("u,t,y\n,1,1\n", "p.csv, line 2: u is empty.")]
    public async Task A_panel_with_holes_is_refused(string text, string reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<UnreadableFileException>(() => Panel(text))).Message);

    private static Task<SeriesTable> Series(string text, string date, params string[] columns) =>
        SeriesTable.Read("s.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), date, columns, TestContext.Current.CancellationToken);

    private static Task<PanelTable> Panel(string text) =>
        PanelTable.Read("p.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), "u", "t", "y", TestContext.Current.CancellationToken);
}
