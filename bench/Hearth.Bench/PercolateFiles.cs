using System.Text.Json;
using Hearth.Listening.Queries;

namespace Hearth.Bench;

/// <summary>The workload of ../shared/data/percolate, or of the same folder in the one that HEARTH_TEST_DATA names.</summary>
internal static class PercolateFiles
{
    private static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("HEARTH_TEST_DATA") is { Length: > 0 } named ? named : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/data")), "percolate");

    public static List<(int Id, Query Query)> Queries(int count) =>
        [.. Lines("queries.jsonl", "query", count).Select(l => (l.Id, ParseQuery.Read(l.Text) is Parsed.Ok ok ? ok.Query : throw new FormatException(l.Text)))];

    public static List<AskedPost> Posts(int count) => [.. Lines("posts.jsonl", "text", count).Select(l => new AskedPost(l.Text))];

    /// <summary>The sum of the workload's README over a match.</summary>
    public static ulong Sum(int post, int query)
    {
        var z = (ulong)post * 1000003 + (ulong)query + 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    private static IEnumerable<(int Id, string Text)> Lines(string file, string field, int count)
    {
        foreach (var line in File.ReadLines(Path.Combine(Folder, file)).Take(count))
        {
            using var json = JsonDocument.Parse(line);
            yield return (int.Parse(json.RootElement.GetProperty("id").GetString()!), json.RootElement.GetProperty(field).GetString()!);
        }
    }
}
