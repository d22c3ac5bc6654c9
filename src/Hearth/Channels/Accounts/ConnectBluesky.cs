using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Channels;

/// <summary>What became of connecting an account: exactly one of the nested cases.</summary>
public abstract record Connection
{
    private Connection() { }

    public sealed record Connected(ChannelAccountView Account) : Connection;

    /// <summary>A field was not right; nothing was sent.</summary>
    public sealed record Invalid(string Field, string Reason) : Connection;

    /// <summary>The server does not accept handle and password.</summary>
    public sealed record WrongPassword(string Said) : Connection;

    /// <summary>The account's own password was given. It can do everything, so it is not kept; an app password can be taken back alone.</summary>
    public sealed record NotAnAppPassword : Connection;

    /// <summary>The server could not be asked, or did not answer as a Bluesky server.</summary>
    public sealed record Unreachable(string Reason) : Connection;
}

/// <summary>Connects a Bluesky account by an app password, proven by a real session before anything is kept.</summary>
public sealed class ConnectBluesky(Database db, TimeProvider clock, ServiceAddress addresses, ChannelAccounts accounts, Xrpc xrpc, Secrets secrets)
{
    /// <summary>Signs in once; when that works the account is kept, or kept anew when it was known.</summary>
    /// <param name="service">The server's address; "bsky.social" for most people.</param>
    /// <param name="handle">"brand.example", with or without @.</param>
    /// <param name="password">An app password ("abcd-efgh-ijkl-mnop"), made in Bluesky's settings.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Connection> With(string? service, string? handle, string? password, CancellationToken ct)
    {
        if (addresses.Check(service, out var address) is { } wrong) return new Connection.Invalid("service", wrong);
        var name = (handle ?? "").Trim().TrimStart('@');
        if (name.Length == 0) return new Connection.Invalid("handle", "is needed, like brand.bsky.social");
        if (string.IsNullOrWhiteSpace(password)) return new Connection.Invalid("password", "is needed: make an app password in Bluesky under Settings, Privacy and security");

        JsonNode session;
        try
        {
            session = await xrpc.Post(address, "com.atproto.server.createSession", null, new JsonObject { ["identifier"] = name, ["password"] = password.Trim() }, ct);
        }
        catch (XrpcException e) when (e.IsAuthentication)
        {
            return new Connection.WrongPassword(e.Said);
        }
        catch (Exception e) when (e is HttpRequestException or XrpcException or LaterException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new Connection.Unreachable(e.Message);
        }

        if (session["did"] is null || session["accessJwt"] is null || session["refreshJwt"] is null) return new Connection.Unreachable("the server did not answer as a Bluesky server does");
        var tokens = BlueskySessions.Tokens(session);
        if ((string?)BlueskySessions.Claims(tokens.Access)["scope"] == "com.atproto.access")
        {
            await xrpc.Post(address, "com.atproto.server.deleteSession", tokens.Refresh, null, ct);
            return new Connection.NotAnAppPassword();
        }

        var host = BlueskySessions.Host(session) is { } named && addresses.Check(named, out var held) is null ? held : address;
        return new Connection.Connected(await Keep(session, address, host, password.Trim(), tokens, await DisplayName(host, session, tokens, ct), ct));
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/channels/bluesky",
        async Task<Results<Created<ChannelAccountView>, ProblemHttpResult>> (Body body, ConnectBluesky connect, CancellationToken ct) =>
            await connect.With(body.Service, body.Handle, body.Password, ct) switch
            {
                Connection.Connected c => Created($"/api/v1/channels/{c.Account.Id.Value}", c.Account),
                Connection.Invalid i => Problems.Invalid(i.Field, i.Reason),
                Connection.WrongPassword w => Problems.Refused("wrong-password", "The network does not accept this handle and password: " + w.Said),
                Connection.NotAnAppPassword => Problems.Refused("not-an-app-password", "This is the account's own password. Make an app password and give that; it can be taken back alone."),
                Connection.Unreachable u => Problems.Refused("unreachable", "The server could not be asked: " + u.Reason, StatusCodes.Status502BadGateway),
                var other => throw new InvalidOperationException(other.ToString()),
            }).RequireAuthorization("lead").WithTags("Channels").WithSummary("Connects a Bluesky account by an app password");

    /// <summary>What to sign in with.</summary>
    /// <param name="Service">The server's address ("https://bsky.social").</param>
    /// <param name="Handle">With or without @.</param>
    /// <param name="Password">An app password; kept encrypted, never shown again.</param>
    internal sealed record Body(string? Service, string? Handle, string? Password);

    // A name to show is pleasant, not needed: a network without an AppView has no profiles.
    private async Task<string?> DisplayName(string host, JsonNode session, BlueskyTokens tokens, CancellationToken ct)
    {
        try
        {
            return (string?)(await xrpc.Get(host, "app.bsky.actor.getProfile", tokens.Access, [("actor", (string?)session["did"])], ct))["displayName"];
        }
        catch (Exception e) when (e is XrpcException or HttpRequestException or LaterException)
        {
            return null;
        }
    }

    private async Task<ChannelAccountView> Keep(JsonNode session, string service, string host, string password, BlueskyTokens tokens, string? displayName, CancellationToken ct)
    {
        var (did, now) = ((string)session["did"]!, clock.Now());
        var row = await db.Set<ChannelAccount>().SingleOrDefaultAsync(a => a.Network == Networks.Bluesky && a.ExternalId == did, ct);
        if (row is null)
        {
            row = new ChannelAccount { Id = ChannelAccountId.New(), Network = Networks.Bluesky, ExternalId = did, Service = service, Host = host, Handle = "", ConnectedAt = now };
            db.Add(row);
        }

        (row.Service, row.Host, row.Handle, row.DisplayName) = (service, host, (string?)session["handle"] ?? did, displayName);
        (row.Password, row.Session) = (secrets.Hide(password), secrets.Hide(JsonSerializer.Serialize(tokens, Platform.Json.Options)));
        (row.State, row.Error, row.ErrorAt, row.ConnectedAt) = (ChannelState.Connected, null, null, now);
        db.Record(new ChannelConnected(row.Id, row.Network, row.Handle, now));
        await db.SaveChangesAsync(ct);
        return (await accounts.Find(row.Id, ct))!;
    }
}
