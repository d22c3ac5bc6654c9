using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Reading;

/// <summary>A Mastodon instance that streams, as <see cref="FakeMastodon"/> speaks from the documentation.</summary>
public class MastodonStreamTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => new MastodonNetwork(await FakeMastodon.Start(streams: true));
}

/// <summary>One that does not: it is asked again and again.</summary>
public class MastodonPollTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => new MastodonNetwork(await FakeMastodon.Start(streams: false));
}

internal sealed class MastodonNetwork(FakeMastodon server) : FakeNetwork
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public FakeMastodon Server => server;

    public override string Kind => "mastodon";

    public override bool HasCredentials => true;

    public override bool CountsSkipped => true;

    public override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.Configure<MastodonTimes>(o => o.Review = TimeSpan.FromSeconds(1));
    }

    public override async Task<Dictionary<string, string>> Settings(TestHouse house)
    {
        var connection = await house.With<ConnectMastodon, Connection>(c => c.With(server.Address, FakeMastodon.Token, default));
        return new(StringComparer.Ordinal) { [BlueskySource.Account] = Assert.IsType<Connection.Connected>(connection).Account.Id.Value.ToString() };
    }

    public override Task Post(string id, string text, DateTimeOffset? at = null)
    {
        _ids[id] = server.Post($"<p>{text}</p>", at);
        return Task.CompletedTask;
    }

    public override Task Edit(string id, string text)
    {
        server.Edit(_ids[id], $"<p>{text}</p>");
        return Task.CompletedTask;
    }

    public override Task Delete(string id)
    {
        server.Delete(_ids[id]);
        return Task.CompletedTask;
    }

    public override Task Malformed()
    {
        server.Notify("mention", new JsonObject { ["id"] = "7", ["content"] = 5 });
        server.Notify("mention", new JsonObject { ["id"] = "8", ["created_at"] = "never", ["account"] = new JsonArray() });
        server.Notify("poll", null);
        server.Raw("event: update\ndata: {\"id\":\n\nevent: unheard.of\ndata: x\n\n:thump\n");
        return Task.CompletedTask;
    }

    public override Task Huge()
    {
        server.Post($"<p>{new string('x', 3 << 20)}</p>");
        server.Raw($"event: update\ndata: \"{new string('y', 6 << 20)}\"\n\n");
        server.Notify("mention", new JsonObject { ["id"] = "9" });
        return Task.CompletedTask;
    }

    public override Task Break()
    {
        server.IsBroken = true;
        server.Disconnect();
        return Task.CompletedTask;
    }

    public override Task Mend()
    {
        server.IsBroken = false;
        return Task.CompletedTask;
    }

    public override Task Revoke()
    {
        server.IsTokenGood = false;
        server.Disconnect();
        return Task.CompletedTask;
    }

    public override Task Restore()
    {
        server.IsTokenGood = true;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
