using Hearth.Channels.Mastodon;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using System.Text.Json.Nodes;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Channels;

/// <summary>Where a person must go to agree at their instance; or why not.</summary>
public abstract record Sending
{
    private Sending() { }

    /// <summary>The instance's page that asks the person.</summary>
    public sealed record To(string Address) : Sending;

    public sealed record Invalid(string Field, string Reason) : Sending;

    public sealed record Unreachable(string Reason) : Sending;
}

/// <summary>Connects an account of a Mastodon instance, or of a server that speaks its client API, by an access token that is tried before it is kept.</summary>
public sealed class ConnectMastodon(Database db, TimeProvider clock, ServiceAddress addresses, ChannelAccounts accounts, MastodonApi api, MastodonSignIn signIn, Secrets secrets)
{
    private const string Example = "https://mastodon.social";

    /// <summary>Connects with a token that a person made at the instance (Preferences, Development, with the scopes "read write:statuses write:media").</summary>
    /// <param name="service">The instance; "mastodon.social" means https://mastodon.social.</param>
    /// <param name="token">The access token; kept encrypted, never shown again.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Connection> With(string? service, string? token, CancellationToken ct)
    {
        if (addresses.Check(service, out var address, Example) is { } wrong) return new Connection.Invalid("service", wrong);
        if (string.IsNullOrWhiteSpace(token)) return new Connection.Invalid("token", "is needed: make one at the instance under Preferences, Development, New application, with the scopes read, write:statuses and write:media");
        JsonObject me;
        try
        {
            me = (await api.Get(address, "/api/v1/accounts/verify_credentials", token.Trim(), [], ct)).Body as JsonObject ?? [];
        }
        catch (MastodonException e) when ((int)e.Status is 401 or 403 or 422)
        {
            return new Connection.WrongPassword(e.Said);
        }
        catch (Exception e) when (Unreachable(e, ct))
        {
            return new Connection.Unreachable(e.Message);
        }

        return MastodonStatus.ReadAuthor(me) is { } author ? new Connection.Connected(await Keep(author, address, token.Trim(), ct)) : new Connection.Unreachable("the server did not answer as Mastodon does");
    }

    /// <summary>Begins the way by the instance's own page (OAuth).</summary>
    /// <param name="service">The instance.</param>
    /// <param name="redirect">Our address that the person comes back to.</param>
    /// <param name="who">Who begins it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Sending> Begin(string? service, string redirect, string who, CancellationToken ct)
    {
        if (addresses.Check(service, out var address, Example) is { } wrong) return new Sending.Invalid("service", wrong);
        try
        {
            return new Sending.To(await signIn.Begin(address, redirect, who, ct));
        }
        catch (Exception e) when (Unreachable(e, ct))
        {
            return new Sending.Unreachable(e.Message);
        }
    }

    /// <summary>Ends it: the person came back with what the instance gave them.</summary>
    public async Task<Connection> End(string? state, string? code, string who, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(state) || string.IsNullOrEmpty(code)) return new Connection.Invalid("code", "is missing: the instance did not say yes");
        try
        {
            return await signIn.End(state, code, who, ct) is var (service, token)
                ? await With(service, token, ct)
                : new Connection.Invalid("state", "is not what this sign-in began with, or is older than ten minutes; connect again");
        }
        catch (Exception e) when (Unreachable(e, ct))
        {
            return new Connection.Unreachable(e.Message);
        }
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/channels/mastodon",
        async Task<Results<Created<ChannelAccountView>, ProblemHttpResult>> (MastodonBody body, ConnectMastodon connect, CancellationToken ct) =>
            await connect.With(body.Service, body.Token, ct) switch
            {
                Connection.Connected c => Created($"/api/v1/channels/{c.Account.Id.Value}", c.Account),
                Connection.Invalid i => Problems.Invalid(i.Field, i.Reason),
                Connection.WrongPassword w => Problems.Refused("wrong-token", "The instance does not accept this token: " + w.Said),
                Connection.Unreachable u => Problems.Refused("unreachable", "The instance could not be asked: " + u.Reason, StatusCodes.Status502BadGateway),
                var other => throw new InvalidOperationException(other.ToString()),
            }).RequireAuthorization("lead").WithTags("Channels").WithName("connectMastodon").WithSummary("Connects an account of a Mastodon instance by an access token");

    /// <summary>What to connect with.</summary>
    /// <param name="Service">The instance's address ("https://mastodon.social").</param>
    /// <param name="Token">An access token with the scopes "read write:statuses write:media"; kept encrypted, never shown again.</param>
    internal sealed record MastodonBody(string? Service, string? Token);

    private static bool Unreachable(Exception e, CancellationToken ct) => e is HttpRequestException or MastodonException or LaterException || e is TaskCanceledException && !ct.IsCancellationRequested;

    private async Task<ChannelAccountView> Keep(MastodonAuthor me, string service, string token, CancellationToken ct)
    {
        var now = clock.Now();
        var row = await db.Set<ChannelAccount>().SingleOrDefaultAsync(a => a.Network == Networks.Mastodon && a.ExternalId == me.Url, ct);
        if (row is null)
        {
            row = new ChannelAccount { Id = ChannelAccountId.New(), Network = Networks.Mastodon, ExternalId = me.Url, Service = service, Host = service, Handle = "", ConnectedAt = now };
            db.Add(row);
        }

        var handle = me.Acct.Contains('@', StringComparison.Ordinal) ? me.Acct : $"{me.Acct}@{new Uri(service).Authority}";
        (row.Service, row.Host, row.Handle, row.DisplayName, row.Password, row.Session) = (service, service, handle, me.Name, null, secrets.Hide(token));
        (row.State, row.Error, row.ErrorAt, row.ConnectedAt) = (ChannelState.Connected, null, null, now);
        db.Record(new ChannelConnected(row.Id, row.Network, row.Handle, now));
        await db.SaveChangesAsync(ct);
        return (await accounts.Find(row.Id, ct))!;
    }
}
