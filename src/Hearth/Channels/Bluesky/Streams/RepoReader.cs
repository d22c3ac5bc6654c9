using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Hearth.Platform.Http;

namespace Hearth.Channels.Bluesky;

/// <summary>
/// Reads a stream over a WebSocket into batches. While the caller works on one batch nothing is read, so that the server feels a slow reader. A batch ends when it is full or
/// when nothing came for a moment.
/// </summary>
public sealed class RepoReader(SafeSockets sockets, TimeProvider clock)
{
    /// <summary>Posts in a batch at most.</summary>
    public const int MostPosts = 500;

    /// <summary>Frames in a batch at most, so that the cursor moves where few are posts.</summary>
    private const int MostFrames = 20_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Connects, then yields what comes; an empty batch right after connecting and whenever nothing came for five seconds. Ends when the server closes.</summary>
    public async IAsyncEnumerable<RepoBatch> Read(Uri address, IRepoDecoder decoder, [EnumeratorCancellation] CancellationToken ct)
    {
        using var socket = await sockets.Connect(address, ct);
        yield return new RepoBatch();
        var frames = new Frames(socket, decoder.MaxFrame);
        var batch = new RepoBatch();
        var since = clock.GetTimestamp();
        while (true)
        {
            // One receive is under way at any time; a batch may be handed out while it waits.
            var next = frames.Next(ct).AsTask();
            while (!next.IsCompleted && !await Within(next, batch.Frames > 0 ? Moment : Heartbeat, ct))
            {
                yield return batch;
                (batch, since) = (new(), clock.GetTimestamp());
            }

            var frame = await next;
            if (frame.IsEnd) break;
            if (frame.IsTooLarge) batch.Skip();
            else decoder.Read(frame.Bytes.Span, batch);
            if (batch.Posts.Count < MostPosts && batch.Frames < MostFrames && (batch.Posts.Count == 0 || clock.GetElapsedTime(since) < Heartbeat)) continue;
            yield return batch;
            (batch, since) = (new(), clock.GetTimestamp());
        }

        if (batch.Frames > 0) yield return batch;
    }

    private async Task<bool> Within(Task task, TimeSpan time, CancellationToken ct)
    {
        try
        {
            await task.WaitAsync(time, clock, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return task.IsCompleted;
        }
    }

    private readonly record struct Frame(ReadOnlyMemory<byte> Bytes, bool IsTooLarge, bool IsEnd);

    /// <summary>Whole messages from a socket; the bytes of one hold until the next is asked for.</summary>
    private sealed class Frames(WebSocket socket, int max)
    {
        private byte[] _buffer = new byte[64 * 1024];

        public async ValueTask<Frame> Next(CancellationToken ct)
        {
            var length = 0;
            var isTooLarge = false;
            while (true)
            {
                if (length == _buffer.Length)
                {
                    if (length >= max) (isTooLarge, length) = (true, 0);
                    else Array.Resize(ref _buffer, Math.Min(max, length * 2));
                }

                var got = await socket.ReceiveAsync(_buffer.AsMemory(length), ct);
                if (got.MessageType == WebSocketMessageType.Close) return new(default, false, IsEnd: true);
                length += got.Count;
                if (!got.EndOfMessage) continue;
                return isTooLarge ? new(default, true, false) : new(_buffer.AsMemory(0, length), false, false);
            }
        }
    }
}
