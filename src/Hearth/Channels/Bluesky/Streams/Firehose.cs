using System.Buffers;
using System.Formats.Cbor;
using System.Globalization;
using System.Text.Json;

namespace Hearth.Channels.Bluesky;

/// <summary>
/// Reads the events of <c>com.atproto.sync.subscribeRepos</c> (atproto.com/specs/event-stream and /specs/sync): frames of two CBOR objects, a header with the kind and the
/// event. Records come as blocks of a CAR. Signatures and trees are not verified: the server is trusted as its API is.
/// </summary>
public sealed class Firehose : IRepoDecoder
{
    private readonly ArrayBufferWriter<byte> _json = new(4096);

    public int MaxFrame => 5 << 20;

    /// <summary>The address to connect to.</summary>
    /// <param name="service">wss://host of a PDS or relay.</param>
    /// <param name="cursor">The sequence number of the last event had; 0 for all that the server still keeps; null for what happens from now on.</param>
    public Uri Address(Uri service, long? cursor) => new UriBuilder(service)
    {
        Path = "/xrpc/com.atproto.sync.subscribeRepos", Query = cursor is null ? "" : string.Create(CultureInfo.InvariantCulture, $"?cursor={cursor}"),
    }.Uri;

    public void Read(ReadOnlySpan<byte> frame, RepoBatch batch)
    {
        try
        {
            Event(frame.ToArray(), batch);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or JsonException or OverflowException or FormatException or ArgumentException)
        {
            batch.Skip();
        }
    }

    private void Event(byte[] frame, RepoBatch batch)
    {
        var cbor = new CborReader(frame, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
        var (op, kind) = Header(cbor);
        var e = Body.Read(cbor);
        if (op == -1) throw new RepoStreamException($"The server ended the stream: {e.Error ?? "no reason given"}{(e.Message is null ? "" : $" ({e.Message})")}.");
        if (op != 1) throw new CborContentException("unknown operation");

        // The cursor was older than what the server still keeps: what lies between is missed, and the stream goes on from there.
        if (kind == "#info")
        {
            batch.Skip();
            return;
        }

        if (e.Seq <= 0) throw new CborContentException("no sequence number");
        switch (kind)
        {
            case "#commit": Commit(e, batch); break;
            case "#identity" when e is { Did: { } did, Handle: { Length: > 0 and <= 253 } handle }: batch.Named(did, handle); break;
            case "#account" when e is { Did: { } did, Active: false, Status: "deleted" or "takendown" }: batch.Gone(did); break;
        }

        batch.Came(e.Seq, e.Time);
    }

    private void Commit(Body commit, RepoBatch batch)
    {
        if (commit.Did is not { Length: > 0 and <= 512 } did) throw new CborContentException("no repository");
        foreach (var (action, path, cid) in commit.Ops)
        {
            if (!path.StartsWith(BlueskyAddress.Posts + "/", StringComparison.Ordinal)) continue;
            var key = path[(BlueskyAddress.Posts.Length + 1)..];
            if (action == "delete") batch.Remove(BlueskyAddress.Of(did, key));
            else if (cid is not null && Post(commit, did, key, cid, action == "update") is { } post) batch.Add(post);
            else batch.Skip(); // its record is too big for the stream, or no post
        }
    }

    private StreamedPost? Post(Body commit, string did, string key, byte[] cid, bool isUpdate)
    {
        var block = Car.Find(commit.Blocks, cid);
        if (block.IsEmpty) return null;
        _json.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_json);
        DagCbor.ToJson(new CborReader(block, CborConformanceMode.Lax), json);
        json.Flush();
        return PostRecord.Read(_json.WrittenSpan, did, key, DagCbor.Write(cid), commit.Time ?? throw new CborContentException("no time"), isUpdate);
    }

    private static (int Op, string? Kind) Header(CborReader cbor)
    {
        var (op, kind) = (0, (string?)null);
        cbor.ReadStartMap();
        while (cbor.PeekState() != CborReaderState.EndMap)
        {
            switch (cbor.ReadTextString())
            {
                case "op": op = cbor.ReadInt32(); break;
                case "t": kind = cbor.ReadTextString(); break;
                default: cbor.SkipValue(); break;
            }
        }

        cbor.ReadEndMap();
        return (op, kind);
    }

    /// <summary>What is read of any event; what a kind does not have is left out.</summary>
    private sealed class Body
    {
        public long Seq { get; private set; }

        public string? Did { get; private set; }

        public DateTimeOffset? Time { get; private set; }

        public List<(string Action, string Path, byte[]? Cid)> Ops { get; } = [];

        public ReadOnlyMemory<byte> Blocks { get; private set; }

        public string? Handle { get; private set; }

        public bool Active { get; private set; } = true;

        public string? Status { get; private set; }

        public string? Error { get; private set; }

        public string? Message { get; private set; }

        public static Body Read(CborReader cbor)
        {
            var e = new Body();
            cbor.ReadStartMap();
            while (cbor.PeekState() != CborReaderState.EndMap) e.Field(cbor.ReadTextString(), cbor);
            cbor.ReadEndMap();
            return e;
        }

        private void Field(string name, CborReader cbor)
        {
            switch (name)
            {
                case "seq": Seq = cbor.ReadInt64(); break;
                case "repo" or "did": Did = cbor.ReadTextString(); break;
                case "time": Time = DateTimeOffset.TryParse(cbor.ReadTextString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null; break;
                case "ops": ReadOps(cbor); break;
                case "blocks": Blocks = cbor.ReadDefiniteLengthByteString(); break;
                case "handle": Handle = Text(cbor); break;
                case "active": Active = cbor.ReadBoolean(); break;
                case "status": Status = Text(cbor); break;
                case "error": Error = Text(cbor); break;
                case "message": Message = Text(cbor); break;
                default: cbor.SkipValue(); break;
            }
        }

        private static string? Text(CborReader cbor)
        {
            if (cbor.PeekState() == CborReaderState.TextString) return cbor.ReadTextString();
            cbor.SkipValue();
            return null;
        }

        private void ReadOps(CborReader cbor)
        {
            cbor.ReadStartArray();
            while (cbor.PeekState() != CborReaderState.EndArray)
            {
                var (action, path, cid) = ("", "", (byte[]?)null);
                cbor.ReadStartMap();
                while (cbor.PeekState() != CborReaderState.EndMap)
                {
                    switch (cbor.ReadTextString())
                    {
                        case "action": action = cbor.ReadTextString(); break;
                        case "path": path = cbor.ReadTextString(); break;
                        case "cid" when cbor.PeekState() == CborReaderState.Tag: cid = DagCbor.CidBytes(cbor); break;
                        default: cbor.SkipValue(); break;
                    }
                }

                cbor.ReadEndMap();
                Ops.Add((action, path, cid));
            }

            cbor.ReadEndArray();
        }
    }
}
