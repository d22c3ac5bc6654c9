using System.Diagnostics;
using System.Globalization;
using Hearth.Channels.Bluesky;

namespace Hearth.Bench;

/// <summary>Recorded lines of Jetstream decoded by <see cref="Jetstream"/> into batches, against copying the same bytes line by line. One thread.</summary>
internal static class DecodeBench
{
    private const int Copies = 1_000;

    public static Task Run(string[] args)
    {
        var recorded = File.ReadLines(Path.Combine(RecordedEvents.Folder, "bluesky-jetstream", "events.jsonl")).Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        Table.Head("lines of Jetstream decoded, one thread, median of five");
        Measure("all that the network says (one in eight is a post)", recorded);
        Measure("posts alone", [.. recorded.Where(l => System.Text.Encoding.UTF8.GetString(l) is var t && t.Contains("\"collection\":\"app.bsky.feed.post\"", StringComparison.Ordinal) && t.Contains("\"record\":{", StringComparison.Ordinal))]);
        return Task.CompletedTask;
    }

    private static void Measure(string name, byte[][] recorded)
    {
        // Spread over memory, so that neither side lives in the cache alone.
        var lines = Enumerable.Range(0, Copies).SelectMany(_ => recorded).ToArray();
        var arena = new byte[lines.Sum(l => l.Length)];
        var (starts, at) = (new int[lines.Length + 1], 0);
        for (var n = 0; n < lines.Length; n++)
        {
            lines[n].CopyTo(arena, at);
            starts[n + 1] = at += lines[n].Length;
        }

        var decoder = new Jetstream();
        var into = new byte[1 << 20];
        var (ours, bound, allocated) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < 6; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var batch = new RepoBatch();
            for (var n = 0; n < lines.Length; n++)
            {
                decoder.Read(arena.AsSpan(starts[n]..starts[n + 1]), batch);
                if (batch.Posts.Count >= RepoReader.MostPosts) batch = new();
            }

            var took = watch.Elapsed.TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            watch.Restart();
            for (var n = 0; n < lines.Length; n++) arena.AsSpan(starts[n]..starts[n + 1]).CopyTo(into);
            if (round == 0) continue; // warm
            ours.Add(lines.Length / took);
            bound.Add(lines.Length / watch.Elapsed.TotalSeconds);
        }

        Table.Row(name, Table.Median(ours), Table.Median(bound));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {arena.Length / (double)lines.Length:N0} bytes a line, {Table.Median(ours) * arena.Length / lines.Length / 1e6:N0} MB/s; {allocated / (double)lines.Length:N0} bytes allocated a line"));
    }
}
