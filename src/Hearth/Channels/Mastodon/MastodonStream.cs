using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Mastodon;

/// <summary>One event of a stream (docs.joinmastodon.org/methods/streaming/#events).</summary>
public abstract record MastodonEvent
{
    private MastodonEvent() { }

    /// <summary>A status appeared, or (<paramref name="IsEdit"/>) was changed.</summary>
    public sealed record Shown(MastodonStatus Status, bool IsEdit) : MastodonEvent;

    /// <summary>Something happened to the account.</summary>
    public sealed record Notified(MastodonNotification Notification) : MastodonEvent;

    /// <summary>A status is gone.</summary>
    public sealed record Deleted(string Id) : MastodonEvent;

    /// <summary>An event that could not be read, or was larger than <see cref="MastodonStream.MaxEvent"/>.</summary>
    public sealed record Unreadable : MastodonEvent;
}

/// <summary>An open stream of server-sent events (WHATWG HTML, section 9.2). Events of other kinds are passed over.</summary>
public sealed class MastodonStream : IDisposable
{
    /// <summary>Largest event, in bytes; one that is larger is passed over without being held.</summary>
    public const int MaxEvent = 4 << 20;

    /// <summary>A server sends a comment every 15 seconds when nothing happens; after this long without a byte the connection is dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _answer;

    internal MastodonStream(HttpResponseMessage answer, string? tag) => (_answer, Tag) = (answer, tag);

    /// <summary>The hashtag whose stream this is; null for the account's own.</summary>
    public string? Tag { get; }

    /// <summary>Events as they come. Ends when the connection does.</summary>
    public async IAsyncEnumerable<MastodonEvent> Events([EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(await _answer.Content.ReadAsStreamAsync(ct), new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        var (kind, data, size) = ("", new StringBuilder(), 0);
        while (await Line(pipe, ct) is { } line)
        {
            if (line.Length == 0)
            {
                if (size > MaxEvent) yield return new MastodonEvent.Unreadable();
                else if (data.Length > 0 && Read(kind, data.ToString()) is { } happened) yield return happened;
                (kind, size) = ("", 0);
                data.Clear();
            }
            else if (line == TooLong || (size += line.Length) > MaxEvent)
            {
                size = MaxEvent + 1;
                data.Clear();
            }
            else if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                kind = line[6..].Trim();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                if (data.Length > 0) data.Append('\n');
                data.Append(line.AsSpan(5).TrimStart(' '));
            }
        }
    }

    public void Dispose() => _answer.Dispose();

    internal static MastodonEvent? Read(string kind, string data)
    {
        if (kind is not ("update" or "status.update" or "notification" or "delete")) return null;
        try
        {
            if (kind == "delete") return new MastodonEvent.Deleted(data.Trim().Trim('"'));
            var node = JsonNode.Parse(data);
            if (kind == "notification") return MastodonClient.Notification(node) is { } notified ? new MastodonEvent.Notified(notified) : new MastodonEvent.Unreadable();
            return MastodonStatus.Read(node) is { } status ? new MastodonEvent.Shown(status, kind == "status.update") : new MastodonEvent.Unreadable();
        }
        catch (JsonException)
        {
            return new MastodonEvent.Unreadable();
        }
    }

    private const string TooLong = "\0too long";

    // The next line without its end; null when the connection ended, broke or fell silent.
    private static async Task<string?> Line(PipeReader pipe, CancellationToken ct)
    {
        var dropped = false;
        while (true)
        {
            if (await Bytes(pipe, ct) is not { } read) return null;
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = dropped ? TooLong : Encoding.UTF8.GetString(buffer.Slice(0, end)).TrimEnd('\r');
                pipe.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted) return null;
            dropped |= buffer.Length > MaxEvent;
            if (dropped) pipe.AdvanceTo(buffer.End); // nothing of a line that is too long is held
            else pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static async Task<ReadResult?> Bytes(PipeReader pipe, CancellationToken ct)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct);
        quiet.CancelAfter(Silence);
        try
        {
            return await pipe.ReadAsync(quiet.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
