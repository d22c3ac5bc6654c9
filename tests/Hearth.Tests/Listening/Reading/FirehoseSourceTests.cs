using System.Formats.Cbor;
using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Hearth.Channels.Bluesky;
using Hearth.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Reading;

public class FirehoseSourceTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => await Network.Open();

    [Fact]
    public void A_server_that_ends_the_stream_says_why()
    {
        var frame = Network.Frame(w => Network.Map(w, ("op", () => w.WriteInt32(-1))), w => Network.Map(w, ("error", () => w.WriteTextString("FutureCursor")), ("message", () => w.WriteTextString("Cursor in the future."))));
        var said = Assert.Throws<RepoStreamException>(() => new Firehose().Read(frame, new RepoBatch()));
        Assert.Contains("FutureCursor (Cursor in the future.)", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cursor_that_is_older_than_what_is_kept_counts_as_skipped()
    {
        var batch = new RepoBatch();
        new Firehose().Read(Network.Frame(w => Network.Map(w, ("op", () => w.WriteInt32(1)), ("t", () => w.WriteTextString("#info"))), w => Network.Map(w, ("name", () => w.WriteTextString("OutdatedCursor")))), batch);
        Assert.Equal((1, null), (batch.Skipped, batch.Cursor));
    }

    /// <summary>A server with one repository that sends what <c>com.atproto.sync.subscribeRepos</c> sends.</summary>
    private sealed class Network(WebApplication app) : FakeNetwork
    {
        private readonly List<byte[]> _frames = [];
        private CancellationTokenSource _open = new();
        private volatile bool _isBroken;

        public override string Kind => "firehose";

        public override string Oldest => "0";

        public override bool CountsSkipped => true;

        public static async Task<Network> Open()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.UseWebSockets();
            var network = new Network(app);
            app.Map("/xrpc/com.atproto.sync.subscribeRepos", network.Subscribe);
            await app.StartAsync();
            return network;
        }

        public override Task<Dictionary<string, string>> Settings(TestHouse house) => Task.FromResult(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RepoSource.Address] = app.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal), [FirehoseSource.Start] = "oldest",
        });

        public override Task Post(string id, string text, DateTimeOffset? at = null) => Commit("create", id, text, at);

        public override Task Edit(string id, string text) => Commit("update", id, text, null);

        public override Task Delete(string id) => Commit("delete", id, null, null);

        public override Task Malformed()
        {
            Put(_ => [0xA1, 0xFF, 0x00]);
            return Task.CompletedTask;
        }

        public override Task Huge()
        {
            Put(_ => new byte[6 << 20]);
            return Task.CompletedTask;
        }

        public override Task Break()
        {
            _isBroken = true;
            Interlocked.Exchange(ref _open, new()).Cancel();
            return Task.CompletedTask;
        }

        public override Task Mend()
        {
            _isBroken = false;
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            await _open.CancelAsync();
            await app.DisposeAsync();
        }

        public static byte[] Frame(Action<CborWriter> header, Action<CborWriter> body) => [.. Write(header), .. Write(body)];

        public static void Map(CborWriter to, params (string Name, Action Value)[] fields)
        {
            to.WriteStartMap(fields.Length);
            foreach (var (name, value) in fields)
            {
                to.WriteTextString(name);
                value();
            }

            to.WriteEndMap();
        }

        private Task Commit(string action, string key, string? text, DateTimeOffset? at)
        {
            var now = TimeProvider.System.GetUtcNow();
            var record = text is null ? null : Write(w => Map(w,
                ("text", () => w.WriteTextString(text)), ("$type", () => w.WriteTextString("app.bsky.feed.post")), ("createdAt", () => w.WriteTextString((at ?? now).UtcDateTime.ToString("o", CultureInfo.InvariantCulture)))));
            byte[]? cid = record is null ? null : [1, 0x71, 0x12, 0x20, .. SHA256.HashData(record)];
            Put(seq => Frame(w => Map(w, ("op", () => w.WriteInt32(1)), ("t", () => w.WriteTextString("#commit"))), w => Map(w,
                ("seq", () => w.WriteInt64(seq)), ("repo", () => w.WriteTextString("did:plc:ann")), ("time", () => w.WriteTextString(now.UtcDateTime.ToString("o", CultureInfo.InvariantCulture))), ("tooBig", () => w.WriteBoolean(false)),
                ("ops", () =>
                {
                    w.WriteStartArray(1);
                    Map(w, ("action", () => w.WriteTextString(action)), ("path", () => w.WriteTextString("app.bsky.feed.post/" + key)), ("cid", () => Link(w, cid)));
                    w.WriteEndArray();
                }), ("blocks", () => w.WriteByteString(Car(cid, record))))));
            return Task.CompletedTask;
        }

        private void Put(Func<long, byte[]> frame)
        {
            lock (_frames) _frames.Add(frame(_frames.Count + 1));
        }

        private static void Link(CborWriter to, byte[]? cid)
        {
            if (cid is null)
            {
                to.WriteNull();
                return;
            }

            to.WriteTag((CborTag)42);
            to.WriteByteString([0, .. cid]);
        }

        // A header, a block of another kind before the record, and the record.
        private static byte[] Car(byte[]? cid, byte[]? record)
        {
            var header = Write(w => Map(w, ("roots", () =>
            {
                w.WriteStartArray(0);
                w.WriteEndArray();
            }), ("version", () => w.WriteInt32(1))));
            var tree = Encoding.UTF8.GetBytes(new string('t', 300));
            List<byte> car = [.. Varint(header.Length), .. header, .. Varint(36 + tree.Length), 1, 0x71, 0x12, 0x20, .. SHA256.HashData(tree), .. tree];
            if (cid is not null) car.AddRange([.. Varint(cid.Length + record!.Length), .. cid, .. record]);
            return [.. car];
        }

        private static IEnumerable<byte> Varint(int value)
        {
            for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
            yield return (byte)value;
        }

        private static byte[] Write(Action<CborWriter> write)
        {
            var writer = new CborWriter(CborConformanceMode.Lax);
            write(writer);
            return writer.Encode();
        }

        private async Task Subscribe(HttpContext http)
        {
            if (_isBroken)
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            using var both = CancellationTokenSource.CreateLinkedTokenSource(_open.Token, http.RequestAborted);
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            try
            {
                for (var next = int.Parse(http.Request.Query["cursor"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture); ;)
                {
                    byte[][] more;
                    lock (_frames) more = [.. _frames.Skip(next)];
                    foreach (var frame in more) await socket.SendAsync(frame, WebSocketMessageType.Binary, true, both.Token);
                    next += more.Length;
                    await timer.WaitForNextTickAsync(both.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or WebSocketException)
            {
                socket.Abort();
            }
        }
    }
}
