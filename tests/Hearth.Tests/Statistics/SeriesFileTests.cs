using System.Text;
using Hearth.Channels.Files;
using Hearth.Listening.Spikes;

namespace Hearth.Tests.Statistics;

public class SeriesFileTests
{
    [Theory]
    [InlineData("timestamp,value\n2026-09-01 00:00:00,3\n02/03/2026,4", "s.csv, line 3: timestamp is no date and time that can be read: '02/03/2026'.")]
    [InlineData("timestamp,value\n2026-09-01 00:00:00,-3", "s.csv, line 2: value must be a number of 0 or more: '-3'.")]
    [InlineData("timestamp,value\n2026-09-01 00:00:00,many", "s.csv, line 2: value must be a number of 0 or more: 'many'.")]
    [InlineData("timestamp,value\n2026-09-01 00:05:00,3\n2026-09-01 00:05:00,4", "s.csv, line 3: timestamp must be later than in the line before.")]
    [InlineData("timestamp,value\n", "s.csv has no rows.")]
    [InlineData("at,value\n2026-09-01 00:05:00,3", "Column 'timestamp' is not in the file. It has: at, value.")]
    public async Task What_cannot_be_used_is_named(string file, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<UnreadableFileException>(() => Read(file))).Message);

    [Theory]
    [InlineData("{", "The labels cannot be used for s.csv: ")]
    [InlineData("""{"windows": {"x/other.csv": []}}""", "The labels do not name s.csv.")]
    [InlineData("""{"windows": {"x/s.csv": [["2026-09-01 00:00:00", "2026-09-01 00:07:00"]]}}""", "A window of s.csv begins or ends at 2026-09-01 00:07:00, where the series has no point.")]
    [InlineData("""{"windows": {"x/s.csv": [["2026-09-01 00:10:00", "2026-09-01 00:00:00"]]}}""", "The labels cannot be used for s.csv: Windows lie inside the series")]
    public async Task Labels_that_do_not_fit_are_refused(string labels, string message)
    {
        var series = await Read("timestamp,value\n2026-09-01 00:00:00,3\n2026-09-01 00:05:00,4\n2026-09-01 00:10:00,4");
        Assert.StartsWith(message, Assert.Throws<UnreadableFileException>(() => series.Labelled(labels)).Message, StringComparison.Ordinal);
        Assert.Equal([(1, 2)], series.Labelled("""{"windows": {"x/s.csv": [["2026-09-01 00:05:00.000000", "2026-09-01 00:10:00.000000"]]}}""").Windows);
    }

    private static Task<SeriesFile> Read(string file) => SeriesFile.Read("s.csv", new MemoryStream(Encoding.UTF8.GetBytes(file)), "timestamp", "value", default);
}
