using System.Text;
using Hearth.Listening;

namespace Hearth.Tests.Listening.Reading;

public class JetstreamSourceTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => new Network(await JetstreamServer.Start());

    private sealed class Network(JetstreamServer server) : FakeNetwork
    {
        public override string Kind => "jetstream";

        public override bool CountsSkipped => true;

        public override string Oldest => "1";

        public override Task<Dictionary<string, string>> Settings(TestHouse house) => Task.FromResult(new Dictionary<string, string>(StringComparer.Ordinal) { [RepoSource.Address] = server.Address });

        public override Task Post(string id, string text, DateTimeOffset? at = null) => Put("create", id, text, at ?? TimeProvider.System.GetUtcNow());

        public override Task Edit(string id, string text) => Put("update", id, text, TimeProvider.System.GetUtcNow());

        public override Task Delete(string id)
        {
            server.Commit("did:plc:ann", "delete", id, null);
            return Task.CompletedTask;
        }

        public override Task Malformed()
        {
            server.Raw("{\"did\":\"did:plc:ann\",\"time_us\":"u8.ToArray());
            server.Raw("[]"u8.ToArray());
            server.Commit("did:plc:ann", "create", "bad", """{"$type":"app.bsky.feed.post","text":"half \ud83d of a pair"}""");
            server.Commit("did:plc:ann", "create", "bad2", """{"$type":"app.bsky.feed.post","text":5}""");
            return Task.CompletedTask;
        }

        public override Task Huge()
        {
            server.Raw(Encoding.UTF8.GetBytes($"{{\"did\":\"{new string('x', 3 << 20)}\"}}"));
            return Task.CompletedTask;
        }

        public override Task Break()
        {
            server.Break();
            return Task.CompletedTask;
        }

        public override Task Mend()
        {
            server.Mend();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => server.DisposeAsync();

        private Task Put(string operation, string id, string text, DateTimeOffset at)
        {
            server.Commit("did:plc:ann", operation, id, JetstreamServer.Record(text, at));
            return Task.CompletedTask;
        }
    }
}
