using System.Text;
using System.Text.Json.Nodes;
using Hearth.Channels.Discourse;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Reading;

public class DiscourseSourceTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => new Network(await FakeDiscourse.Start());

    private sealed class Network(FakeDiscourse server) : FakeNetwork
    {
        private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

        public override string Kind => "discourse";

        public override bool HasCredentials => true;

        public override bool CountsSkipped => true;

        public override Task<Dictionary<string, string>> Settings(TestHouse house) =>
            Task.FromResult(new Dictionary<string, string>(StringComparer.Ordinal) { [DiscourseSource.Address] = server.Address, [DiscourseSource.Key] = FakeDiscourse.Key });

        public override Task Post(string id, string text, DateTimeOffset? at = null) => Do(() => _ids[id] = server.Post($"<p>{text}</p>", at, p => p["post_number"] = 2 + _ids.Count));

        public override Task Edit(string id, string text) => Do(() => server.Edit(_ids[id], $"<p>{text}</p>"));

        public override Task Delete(string id) => Do(() => server.Delete(_ids[id]));

        public override Task Malformed() => Do(() =>
        {
            server.Post("<p>no author</p>", null, p => p.Remove("username"));
            server.Post("<p>no time</p>", null, p => p["created_at"] = "soon");
            server.Post("<p>closed this topic</p>", null, p => p["post_type"] = 3);
        });

        // A picture in the post itself, and a post that is no JSON of this world.
        public override Task Huge() => Do(() =>
        {
            server.Post($"<p>{new string('x', 4 << 20)}</p>", null, p => p["post_number"] = 99);
            server.Post("<p>no id of a topic</p>", null, p => p["topic_id"] = new string('9', 1 << 20));
        });

        public override Task Break() => Do(() => server.IsBroken = true);

        public override Task Mend() => Do(() => server.IsBroken = false);

        public override Task Revoke() => Do(() => server.IsKeyGood = false);

        public override Task Restore() => Do(() => server.IsKeyGood = true);

        public override ValueTask DisposeAsync() => server.DisposeAsync();

        private static Task Do(Action act)
        {
            act();
            return Task.CompletedTask;
        }
    }
}

/// <summary>What the contract does not ask: topics, the webhook, and what a post looks like here.</summary>
public class DiscourseTests
{
    private const string Cooked = """
        <aside class="quote" data-username="ben"><div class="title">ben:</div><blockquote><p>I hate them</p></blockquote></aside>
        <p><a class="mention" href="/u/brand">@brand</a> I love mine <img src="/images/emoji/heart.png" title=":heart:" class="emoji" alt=":heart:"> see <a href="https://shop.example/shoe">the shop</a></p>
        <p><img src="/uploads/shoe.png" width="10"></p>
        """;

    [Theory, EveryDatabase]
    public async Task The_webhook_brings_a_post_its_changes_and_its_end_and_trusts_no_other_signature(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var added = Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("discourse", "Forum", new Dictionary<string, string> { ["address"] = "https://forum.example", ["key"] = "secret-key" }, null, default)));
        var view = (await house.With<Sources, SourceView?>(s => s.Find(added.Source, default)))!;
        Assert.Equal(["address"], view.Settings.Keys);
        var post = FakeDiscourse.New(100, Cooked, house.Clock.GetUtcNow());

        Assert.IsType<WebhookOutcome.NotTrusted>(await Send("post_created", post, "sha256=00"));
        Assert.IsType<WebhookOutcome.NotTrusted>(await Send("post_created", post, null));
        Assert.Equal(1, (await Take("post_created", post)).Kept);
        Assert.Equal(1, (await Take("post_created", post)).Repeated);
        var heard = await Heard(house);
        Assert.Equal("Shoes\n\n@brand I love mine :heart: see the shop", heard.Text);
        Assert.Equal(("https://forum.example/posts/100.json", "https://forum.example/t/shoes/45/1", "ann", Media.Link | Media.Image, PostKind.Original), (heard.ExternalId, heard.Url, heard.AuthorHandle, heard.Has, heard.Kind));
        Assert.Equal("https://forum.example/user_avatar/forum/ann/96/1.png", heard.AuthorAvatar);

        var answer = FakeDiscourse.New(101, "<p>Me too</p>", house.Clock.GetUtcNow());
        answer["reply_to_post_number"] = 1;
        Assert.Equal(1, (await Take("post_created", answer)).Kept);
        var reply = await house.With<Database, MentionRow>(db => db.Set<MentionRow>().AsNoTracking().SingleAsync(m => m.Text == "Me too"));
        Assert.Equal((heard.ExternalId, heard.ThreadKey, PostKind.Reply), (reply.ParentId, reply.ThreadKey, reply.Kind));

        (post["cooked"], post["version"], post["updated_at"]) = ("<p>They broke</p>", 2, "2026-09-01T10:00:00Z");
        Assert.Equal(1, (await Take("post_edited", post)).Edited);
        Assert.Equal("Shoes\n\nThey broke", (await Heard(house)).Text);
        await Take("post_destroyed", answer);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync(m => m.RemovedAt != null)));
        await Take("topic_destroyed", new JsonObject { ["id"] = 45 }, "topic");
        Assert.Equal(2, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync(m => m.RemovedAt != null)));
        await Take("ping", new JsonObject { ["ping"] = "OK" }, "ping");
        Assert.IsType<WebhookOutcome.Invalid>(await Bytes("post_created", "{"u8.ToArray()));
        var mail = FakeDiscourse.New(102, "<p>between us</p>", house.Clock.GetUtcNow());
        mail["topic_archetype"] = "private_message";
        Assert.Equal(0, (await Take("post_created", mail)).Kept);

        async Task<Received> Take(string happened, JsonObject what, string name = "post") => Assert.IsType<WebhookOutcome.Taken>(await Send(happened, what, "right", name)).Received;

        Task<WebhookOutcome> Send(string happened, JsonObject what, string? signature, string name = "post")
        {
            var body = Encoding.UTF8.GetBytes(new JsonObject { [name] = what.DeepClone() }.ToJsonString());
            return house.With<ReceiveDiscourse, WebhookOutcome>(r => r.Run(added.Source, happened, signature == "right" ? DiscourseHook.Sign(added.Secret!, body) : signature, body, default));
        }

        Task<WebhookOutcome> Bytes(string happened, byte[] body) => house.With<ReceiveDiscourse, WebhookOutcome>(r => r.Run(added.Source, happened, DiscourseHook.Sign(added.Secret!, body), body, default));
    }

    [Fact]
    public async Task Topics_that_were_chosen_are_read_to_their_end_and_a_key_travels_as_a_header()
    {
        await using var forum = await FakeDiscourse.Start();
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        for (var n = 0; n < 45; n++) forum.Post($"<p>post {n}</p>");
        var settings = new Dictionary<string, string> { ["address"] = forum.Address, ["key"] = FakeDiscourse.Key, ["topics"] = $"{forum.Address}/t/shoes/45/3", ["own"] = "@Ann" };
        Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("discourse", "Forum", settings, null, default)));
        await house.Services.GetRequiredService<SourceRunner>().Drain(default);
        Assert.Equal(45, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync(m => m.IsOwn)));
        var wrong = Assert.IsType<KeptSource.Invalid>(await house.With<Sources, KeptSource>(s => s.Add("discourse", "Other", new Dictionary<string, string> { ["address"] = "forum", ["topics"] = "shoes" }, null, default)));
        Assert.Equal(["address", "topics"], wrong.Errors.Select(e => e.Field));
    }

    private static Task<MentionRow> Heard(TestHouse house) => house.With<Database, MentionRow>(db => db.Set<MentionRow>().AsNoTracking().OrderBy(m => m.Number).FirstAsync());
}
