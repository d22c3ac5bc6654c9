using System.Text.Json;
using Hearth.Channels.Bluesky;
using Hearth.Channels.Bluesky.OAuth;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels;

/// <summary>Connects a Bluesky account by the page of its own server: no password is typed here, and what Hearth holds is good with its key alone.</summary>
public sealed class SignInBluesky
{
    /// <summary>Where a server sends the person back to.</summary>
    public const string Back = "/council/channels/bluesky";

    private readonly Database _db;
    private readonly TimeProvider _clock;
    private readonly ServiceAddress _addresses;
    private readonly ChannelAccounts _accounts;
    private readonly BlueskySignIn _signIn;
    private readonly Secrets _secrets;

    internal SignInBluesky(Database db, TimeProvider clock, ServiceAddress addresses, ChannelAccounts accounts, BlueskySignIn signIn, Secrets secrets) =>
        (_db, _clock, _addresses, _accounts, _signIn, _secrets) = (db, clock, addresses, accounts, signIn, secrets);

    /// <summary>Begins it.</summary>
    /// <param name="service">The server of the account; "bsky.social" for most people.</param>
    /// <param name="handle">Filled in on the server's page; null leaves that to the person.</param>
    /// <param name="origin">The address people reach us under.</param>
    /// <param name="who">Who begins it; nobody else can end it.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Sending> Begin(string? service, string? handle, string origin, string who, CancellationToken ct)
    {
        if (_addresses.Check(service, out var address) is { } wrong) return new Sending.Invalid("service", wrong);
        var hint = string.IsNullOrWhiteSpace(handle) ? null : handle.Trim().TrimStart('@');
        try
        {
            return new Sending.To(await _signIn.Begin(address, OAuthClient.At(origin.TrimEnd('/'), Back), hint, who, ct));
        }
        catch (OAuthException e)
        {
            return new Sending.Unreachable(e.Message);
        }
        catch (Exception e) when (IsAway(e, ct))
        {
            return new Sending.Unreachable(e.Message);
        }
    }

    /// <summary>Ends it: the person came back with what the server gave them.</summary>
    /// <param name="state">As it came back.</param>
    /// <param name="code">As it came back; null when the server or the person said no.</param>
    /// <param name="issuer">As it came back ("iss").</param>
    /// <param name="who">Who began it.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Connection> End(string? state, string? code, string? issuer, string who, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(state) || string.IsNullOrEmpty(code)) return new Connection.Invalid("code", "is missing: the server did not say yes");
        try
        {
            return await _signIn.End(state, code, issuer, who, ct) is var (whom, tokens)
                ? new Connection.Connected(await Keep(whom, tokens, ct))
                : new Connection.Invalid("state", "is not what this sign-in began with, or is older than ten minutes; connect again");
        }
        catch (OAuthException e)
        {
            return new Connection.WrongPassword(e.Message);
        }
        catch (Exception e) when (IsAway(e, ct))
        {
            return new Connection.Unreachable(e.Message);
        }
    }

    internal static void Map(IEndpointRouteBuilder app) => app.MapGet(OAuthClient.Document,
            (HttpContext http, PublicAddress address) => TypedResults.Json(OAuthClient.Describe(address.Of(http), Back)))
        .AllowAnonymous().ExcludeFromDescription();

    private static bool IsAway(Exception e, CancellationToken ct) => e is HttpRequestException or LaterException || e is TaskCanceledException && !ct.IsCancellationRequested;

    private async Task<ChannelAccountView> Keep(DidDocument whom, BlueskyTokens tokens, CancellationToken ct)
    {
        var now = _clock.Now();
        var row = await _db.Set<ChannelAccount>().SingleOrDefaultAsync(a => a.Network == Networks.Bluesky && a.ExternalId == whom.Did, ct);
        if (row is null)
        {
            row = new ChannelAccount { Id = ChannelAccountId.New(), Network = Networks.Bluesky, ExternalId = whom.Did, Service = whom.Host, Host = whom.Host, Handle = "", ConnectedAt = now };
            _db.Add(row);
        }

        // An app password that was there is not needed any more, and what is not needed is not kept.
        (row.Service, row.Host, row.Handle, row.Password, row.Session) = (whom.Host, whom.Host, whom.Handle ?? whom.Did, null, _secrets.Hide(JsonSerializer.Serialize(tokens, Json.Options)));
        (row.State, row.Error, row.ErrorAt, row.ConnectedAt) = (ChannelState.Connected, null, null, now);
        _db.Record(new ChannelConnected(row.Id, row.Network, row.Handle, now));
        await _db.SaveChangesAsync(ct);
        return (await _accounts.Find(row.Id, ct))!;
    }
}
