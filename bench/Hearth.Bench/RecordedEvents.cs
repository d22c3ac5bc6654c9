using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Bench;

/// <summary>
/// Events of Jetstream made from recorded ones (../shared/data/bluesky-jetstream): their posts, deletions, identity and account events in the recorded proportion, each with an
/// account, a key and a time of its own, and with the texts of the percolate workload.
/// </summary>
internal sealed class RecordedEvents
{
    /// <summary>The time of event 0, in microseconds.</summary>
    public const long Begin = 1_783_175_888_000_000;

    /// <summary>Microseconds between two events.</summary>
    public const long Step = 1_000;

    private const int Accounts = 200_000;

    /// <summary>A deletion is of a post this many rounds of the templates before: long stored, not in the same batch.</summary>
    private const long Back = 1_000;
    private readonly List<(bool IsPost, bool IsDeletion, byte[][] Parts)> _templates = [];
    private readonly byte[][] _texts;
    private readonly int[] _posts;

    public RecordedEvents(string folder)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "bluesky-jetstream", "events.jsonl")))
        {
            var e = JsonNode.Parse(line)!;
            var commit = e["commit"];
            var isPost = (string?)commit?["collection"] == "app.bsky.feed.post";
            if (commit is not null && !isPost) continue;
            (e["did"], e["time_us"]) = ("@DID", "@TIME");
            if (e["identity"] is { } identity) identity["did"] = "@DID";
            if (e["account"] is { } account) account["did"] = "@DID";
            if (commit is not null) commit["rkey"] = "@KEY";
            if (commit?["record"] is { } record) record["text"] = "@TEXT";
            _templates.Add((isPost && commit!["record"] is not null, isPost && commit!["record"] is null, Split(e.ToJsonString())));
        }

        _texts = [.. File.ReadLines(Path.Combine(folder, "percolate", "posts.jsonl")).Select(l => Encoding.UTF8.GetBytes(JsonNode.Parse(l)!["text"]!.ToJsonString()))];
        _posts = [.. Enumerable.Range(0, _templates.Count).Where(t => _templates[t].IsPost)];
    }

    public static string Folder => Environment.GetEnvironmentVariable("HEARTH_TEST_DATA") is { Length: > 0 } named ? named : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/data"));

    /// <summary>How many of the first events bring a post.</summary>
    public long Posts(long events) => events / _templates.Count * _posts.Length + _posts.Count(p => p < events % _templates.Count);

    /// <summary>Writes event <paramref name="n"/>, from 0. A deletion is of a post that came a while before.</summary>
    public int Write(long n, byte[] into)
    {
        var (_, isDeletion, parts) = _templates[(int)(n % _templates.Count)];
        var about = isDeletion && n > Back * _templates.Count ? n - n % _templates.Count - Back * _templates.Count + _posts[0] : n;
        var length = 0;
        foreach (var part in parts)
        {
            if (part is [(byte)'@', (byte)'D']) length += Encoding.UTF8.GetBytes($"did:plc:{about % Accounts:x24}", into.AsSpan(length));
            else if (part is [(byte)'@', (byte)'K']) length += Encoding.UTF8.GetBytes($"3{about:x12}", into.AsSpan(length));
            else if (part is [(byte)'@', (byte)'U']) length += Encoding.UTF8.GetBytes($"{Begin + n * Step}", into.AsSpan(length));
            else if (part is [(byte)'@', (byte)'X']) length += Copy(_texts[n % _texts.Length], into.AsSpan(length));
            else length += Copy(part, into.AsSpan(length));
        }

        return length;
    }

    private static int Copy(byte[] from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private static byte[][] Split(string line)
    {
        var marked = line.Replace("\"@TIME\"", "\u0001@U\u0001", StringComparison.Ordinal).Replace("@DID", "\u0001@D\u0001", StringComparison.Ordinal)
            .Replace("@KEY", "\u0001@K\u0001", StringComparison.Ordinal).Replace("\"@TEXT\"", "\u0001@X\u0001", StringComparison.Ordinal);
        return [.. marked.Split('\u0001').Select(Encoding.UTF8.GetBytes)];
    }
}
