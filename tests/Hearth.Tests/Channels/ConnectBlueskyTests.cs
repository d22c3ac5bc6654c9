using System.Net;
using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels;

public sealed class ConnectBlueskyTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly FakePds _pds;

    public ConnectBlueskyTests() => _pds = new(_clock);

    public void Dispose() => _pds.Dispose();

    private Task<TestHouse> House(DatabaseKind kind) => TestHouse.Create(kind, s => _pds.Plug(s).AddSingleton<TimeProvider>(_clock));

    private static Task<Connection> Connect(TestHouse house, string service = FakePds.Address, string handle = "@brand.example", string password = FakePds.Password) =>
        house.With<ConnectBluesky, Connection>(c => c.With(service, handle, password, default));

    private static async Task<ChannelAccountView> Connected(TestHouse house) => Assert.IsType<Connection.Connected>(await Connect(house)).Account;

    private static Task<ChannelAccountView?> Account(TestHouse house, ChannelAccountId id) => house.With<ChannelAccounts, ChannelAccountView?>(a => a.Find(id, default));

    [Theory, EveryDatabase]
    public async Task An_account_is_kept_once_its_password_has_opened_a_session(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        Assert.Equal(("bluesky", FakePds.Did, "brand.example", "Brand", ChannelState.Connected), (account.Network, account.ExternalId, account.Handle, account.DisplayName, account.State));

        await house.With<Database>(async db =>
        {
            var row = await db.Set<ChannelAccount>().SingleAsync();
            Assert.DoesNotContain(FakePds.Password, row.Password! + row.Session, StringComparison.Ordinal);
        });
        Assert.Equal(account.Id, (await Connected(house)).Id); // connected again it is the same account
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_kept_of_what_the_network_does_not_accept(DatabaseKind kind)
    {
        await using var house = await House(kind);
        Assert.IsType<Connection.WrongPassword>(await Connect(house, password: "wrong"));
        _pds.Scope = "com.atproto.access";
        Assert.IsType<Connection.NotAnAppPassword>(await Connect(house));
        Assert.Empty(_pds.Sessions); // and the session it opened is ended
        _pds.Instead = _ => throw new HttpRequestException("refused");
        Assert.IsType<Connection.Unreachable>(await Connect(house));
        Assert.Empty(await house.With<ChannelAccounts, IReadOnlyList<ChannelAccountView>>(a => a.All(default)));
    }

    [Theory]
    [InlineData("", "service"), InlineData("http://pds.example", "service"), InlineData("https://pds.example/path", "service"), InlineData("ftp://pds.example", "service"), InlineData("https://u:p@pds.example", "service")]
    public async Task An_address_that_cannot_be_a_server_is_refused_before_anything_is_sent(string service, string field)
    {
        await using var house = await House(DatabaseKind.Sqlite);
        Assert.Equal(field, Assert.IsType<Connection.Invalid>(await Connect(house, service)).Field);
        Assert.Empty(_pds.Calls);
    }

    [Theory, EveryDatabase]
    public async Task A_session_is_renewed_before_it_ends(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        _clock.Advance(TimeSpan.FromMinutes(119));
        await house.With<BlueskyClient>(b => b.Delete(account.Id, "app.bsky.feed.post", "2222222222222", default));
        Assert.Equal(["com.atproto.server.refreshSession", "com.atproto.repo.deleteRecord"], _pds.Calls[^2..]);
    }

    [Theory, EveryDatabase]
    public async Task A_session_that_the_server_ended_is_begun_anew_and_the_call_done(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        _pds.Access.Clear();
        _pds.Sessions.Clear();
        await house.With<BlueskyClient>(b => b.Delete(account.Id, "app.bsky.feed.post", "2222222222222", default));
        Assert.Equal(["com.atproto.repo.deleteRecord", "com.atproto.server.refreshSession", "com.atproto.server.createSession", "com.atproto.repo.deleteRecord"], _pds.Calls[^4..]);
    }

    [Theory, EveryDatabase]
    public async Task A_failed_renewal_wipes_nothing(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        _clock.Advance(TimeSpan.FromHours(3));
        _pds.Instead = nsid => nsid.EndsWith("refreshSession", StringComparison.Ordinal) ? FakePds.Error(HttpStatusCode.BadGateway, "UpstreamFailure") : null;
        await Assert.ThrowsAsync<HttpRequestException>(() => house.With<BlueskyClient>(b => b.Delete(account.Id, "app.bsky.feed.post", "2222222222222", default)));
        Assert.Equal("said the server", (await Account(house, account.Id))!.Error);

        _pds.Instead = _ => null;
        await house.With<BlueskyClient>(b => b.Delete(account.Id, "app.bsky.feed.post", "2222222222222", default));
        Assert.DoesNotContain("com.atproto.server.createSession", _pds.Calls[3..]);
        Assert.Null((await Account(house, account.Id))!.Error);
    }

    [Theory, EveryDatabase]
    public async Task An_app_password_taken_back_is_said_on_the_account(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        (_pds.PasswordIsGood, _) = (false, _pds.Access.Remove(_pds.Access.Single()));
        _pds.Sessions.Clear();
        await Assert.ThrowsAsync<ChannelRefusedException>(() => house.With<BlueskyClient>(b => b.Delete(account.Id, "app.bsky.feed.post", "2222222222222", default)));
        Assert.Equal(ChannelState.NeedsSignIn, (await Account(house, account.Id))!.State);

        _pds.PasswordIsGood = true;
        Assert.Equal(ChannelState.Connected, (await Connected(house)).State);
    }

    [Theory, EveryDatabase]
    public async Task A_met_limit_says_when_to_come_back(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        var answer = FakePds.Error(HttpStatusCode.TooManyRequests, "RateLimitExceeded");
        _pds.Instead = _ => answer;
        answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(90));
        Assert.Equal(_clock.Now().AddSeconds(90), await Later(house, account.Id));

        answer = FakePds.Error(HttpStatusCode.TooManyRequests, "RateLimitExceeded");
        answer.Headers.Add("ratelimit-reset", $"{_clock.Now().AddSeconds(45).ToUnixTimeSeconds()}");
        Assert.Equal(_clock.Now().AddSeconds(45), await Later(house, account.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_disconnected_account_keeps_no_secret(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var account = await Connected(house);
        Assert.True(await house.With<ChannelAccounts, bool>(a => a.Disconnect(account.Id, default)));
        await house.With<Database>(async db =>
        {
            var row = await db.Set<ChannelAccount>().SingleAsync();
            Assert.Equal((null, null), (row.Password, row.Session));
        });
        await Assert.ThrowsAsync<ChannelRefusedException>(() => house.With<BlueskyClient>(b => b.Delete(account.Id, "app.bsky.feed.post", "2222222222222", default)));
        Assert.Null(await house.With<ChannelAccounts, ChannelAccountView?>(a => a.Default("bluesky", default)));
    }

    private static async Task<DateTimeOffset> Later(TestHouse house, ChannelAccountId account) => (await Assert.ThrowsAsync<LaterException>(() =>
        house.With<BlueskyClient>(b => b.Delete(account, "app.bsky.feed.post", "2222222222222", default)))).At;
}
