using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Channels.Bluesky.OAuth;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.Bluesky;

/// <summary>What a request needs: where to send it, and as whom.</summary>
/// <param name="Host">The server that holds the account.</param>
/// <param name="Did">The account.</param>
/// <param name="Handle">Without @.</param>
/// <param name="AccessToken">Good for a call now.</param>
/// <param name="WasTroubled">The account shows an error, to be taken away by a call that works.</param>
internal sealed record BlueskySession(string Host, string Did, string Handle, XrpcToken AccessToken, bool WasTroubled);

/// <summary>The pair of tokens that the server gave; the refresh token is good for one use and changes with each.</summary>
internal sealed record BlueskyTokens(string Access, string Refresh)
{
    /// <summary>Of an account that was signed in by OAuth; null for one with an app password.</summary>
    public OAuthSession? OAuth { get; init; }
}

/// <summary>
/// Keeps each account signed in. A session is taken from the database, renewed shortly before it ends, and begun anew with the app password
/// when it cannot be renewed; one that was signed in by OAuth has none, and a person signs it in again. What is stored is only ever replaced by something that works: a failed renewal wipes nothing.
/// </summary>
public sealed class BlueskySessions(IServiceScopeFactory scopes, Xrpc xrpc, Secrets secrets, TimeProvider clock)
{
    private const int RenewLock = 0x48444250;

    /// <summary>Renew this long before the access token ends.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<ChannelAccountId, SemaphoreSlim> _turns = new();

    /// <summary>A session that is good for a call now.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="refused">A token that the server has just called expired; a session with another token is returned.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ChannelRefusedException">The account is not connected, or the network no longer accepts its app password.</exception>
    internal async Task<BlueskySession> Open(ChannelAccountId account, string? refused, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd(account, _ => new SemaphoreSlim(1, 1)); // one renewal at a time in this process; the server forgives two from two nodes
        await turn.WaitAsync(ct);
        try
        {
            var row = await Row(account, ct);
            var tokens = Read(row);
            if (tokens is not null && tokens.Access != refused && !EndsSoon(tokens)) return Session(row, tokens);
            return tokens?.OAuth is null ? await Renew(row, tokens, ct) : await RenewAlone(account, refused, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Notes that a call worked or did not, for the page of accounts. Writes only when that changes.</summary>
    internal async Task Note(ChannelAccountId account, string? error, bool needsSignIn, CancellationToken ct)
    {
        var (now, state) = (clock.Now(), needsSignIn ? ChannelState.NeedsSignIn : ChannelState.Connected);
        await Write(db => db.Set<ChannelAccount>().Where(a => a.Id == account && a.State != ChannelState.Disconnected && (a.Error != error || a.State != state))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Error, error).SetProperty(a => a.ErrorAt, error == null ? null : now).SetProperty(a => a.State, state), ct));
    }

    internal static BlueskyTokens Tokens(JsonNode answer) => new((string)answer["accessJwt"]!, (string)answer["refreshJwt"]!);

    /// <summary>The server that holds the account, when the answer's DID document names one.</summary>
    internal static string? Host(JsonNode answer) => (answer["didDoc"]?["service"] as JsonArray)?
        .Where(s => (string?)s?["id"] is { } id && id.EndsWith("#atproto_pds", StringComparison.Ordinal)).Select(s => (string?)s!["serviceEndpoint"]).FirstOrDefault()?.TrimEnd('/');

    /// <summary>What a token says of itself (RFC 7519); an empty object when it is not readable. Nothing is trusted because of it.</summary>
    internal static JsonNode Claims(string token)
    {
        try
        {
            return token.Split('.') is [_, var body, _] ? JsonNode.Parse(Base64Url.DecodeFromChars(body)) ?? new JsonObject() : new JsonObject();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return new JsonObject();
        }
    }

    // A refresh token of OAuth that is used twice ends the session: of all nodes one renews, and the others find what it kept. SQLite has one node.
    private async Task<BlueskySession> RenewAlone(ChannelAccountId account, string? refused, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await using var held = db.Kind == DatabaseKind.Postgres ? await db.Database.BeginTransactionAsync(ct) : null;
        if (held is not null) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({RenewLock}, hashtext({account.Value.ToString()}))", ct);
        var row = await Row(account, ct);
        var tokens = Read(row)!;
        if (tokens.OAuth is null || tokens.Access != refused && !EndsSoon(tokens)) return Session(row, tokens);
        try
        {
            var renewed = await scope.ServiceProvider.GetRequiredService<BlueskySignIn>().Renew(tokens, ct);
            await Keep(row, renewed, row.Handle, ct);
            return Session(row, renewed);
        }
        catch (OAuthException e)
        {
            await Note(row.Id, "The network no longer accepts the sign-in: " + e.Message, needsSignIn: true, ct);
            throw new ChannelRefusedException($"@{row.Handle} must be connected again: {e.Message}", e);
        }
    }

    private async Task<BlueskySession> Renew(ChannelAccount row, BlueskyTokens? tokens, CancellationToken ct)
    {
        if (tokens is not null)
        {
            try
            {
                return await Keep(row, await xrpc.Post(row.Host, "com.atproto.server.refreshSession", tokens.Refresh, null, ct), ct);
            }
            catch (XrpcException e) when (e.IsExpired || e.IsAuthentication || e.Error == "ExpiredToken")
            {
                // The session is over; the app password begins another.
            }
        }

        try
        {
            var body = new JsonObject { ["identifier"] = row.ExternalId, ["password"] = Show(row.Password!) };
            return await Keep(row, await xrpc.Post(row.Service, "com.atproto.server.createSession", null, body, ct), ct);
        }
        catch (XrpcException e) when (e.IsAuthentication)
        {
            await Note(row.Id, "The network no longer accepts the sign-in: " + e.Said, needsSignIn: true, ct);
            throw new ChannelRefusedException($"@{row.Handle} must be connected again: {e.Said}", e);
        }
    }

    private async Task<BlueskySession> Keep(ChannelAccount row, JsonNode answer, CancellationToken ct)
    {
        var (tokens, handle) = (Tokens(answer), (string?)answer["handle"] ?? row.Handle);
        await Keep(row, tokens, handle, ct);
        row.Handle = handle;
        return Session(row, tokens);
    }

    private Task Keep(ChannelAccount row, BlueskyTokens tokens, string handle, CancellationToken ct)
    {
        var hidden = secrets.Hide(JsonSerializer.Serialize(tokens, Json.Options));
        return Write(db => db.Set<ChannelAccount>().Where(a => a.Id == row.Id && a.State != ChannelState.Disconnected)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Session, hidden).SetProperty(a => a.Handle, handle), ct));
    }

    private async Task<ChannelAccount> Row(ChannelAccountId account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<Database>().Set<ChannelAccount>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == account, ct)
            ?? throw new ChannelRefusedException("There is no such account.");
        return row.State == ChannelState.Disconnected || row.Password is null && row.Session is null ? throw new ChannelRefusedException($"@{row.Handle} is disconnected.") : row;
    }

    // Its own unit of work: a renewed session stays renewed whatever becomes of the caller's work.
    private async Task Write(Func<Database, Task> write)
    {
        await using var scope = scopes.CreateAsyncScope();
        await write(scope.ServiceProvider.GetRequiredService<Database>());
    }

    private BlueskyTokens? Read(ChannelAccount row) => row.Session is null ? null : JsonSerializer.Deserialize<BlueskyTokens>(Show(row.Session), Json.Options);

    private string Show(string hidden)
    {
        try
        {
            return secrets.Show(hidden);
        }
        catch (CryptographicException e)
        {
            throw new ChannelRefusedException("The key that the account's secrets were encrypted with is missing; connect the account again.", e);
        }
    }

    private static BlueskySession Session(ChannelAccount row, BlueskyTokens tokens) => new(row.Host, row.ExternalId, row.Handle, new(tokens.Access, tokens.OAuth?.Key), row.Error is not null || row.State != ChannelState.Connected);

    private bool EndsSoon(BlueskyTokens tokens) => tokens.OAuth is { } oauth ? oauth.Ends - Early <= clock.GetUtcNow() : EndsSoon(tokens.Access);

    private bool EndsSoon(string token) => Claims(token)["exp"] is JsonValue v && v.TryGetValue(out long exp) && DateTimeOffset.FromUnixTimeSeconds(exp) - Early <= clock.GetUtcNow();
}
