using System.Text.Json.Serialization;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Channels;

/// <summary>An account as anybody in the console may see it: no secret is part of it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Network">"bluesky".</param>
/// <param name="ExternalId">The account's id on the network (a DID).</param>
/// <param name="Service">The server it was connected to.</param>
/// <param name="Handle">Without @.</param>
/// <param name="DisplayName">As set on the network; null when none.</param>
/// <param name="State">connected, needsSignIn or disconnected.</param>
/// <param name="Error">The last thing that went wrong; null once it works again.</param>
/// <param name="ErrorAt">When it went wrong.</param>
/// <param name="ConnectedAt">When it was last connected.</param>
public sealed record ChannelAccountView(ChannelAccountId Id, string Network, string ExternalId, string Service, string Handle, string? DisplayName,
    ChannelState State, string? Error, DateTimeOffset? ErrorAt, DateTimeOffset ConnectedAt)
{
    /// <summary>Whose market it serves (ISO 3166-1 alpha-2, "DE"); null for none in particular.</summary>
    public string? Country { get; init; }

    [JsonIgnore]
    public bool IsConnected => State == ChannelState.Connected;

    /// <summary>What to call it in a sentence.</summary>
    [JsonIgnore]
    public string Name => DisplayName is { Length: > 0 } name ? name : Handle;
}

/// <summary>The brand's accounts on networks.</summary>
public sealed class ChannelAccounts(Database db, TimeProvider clock)
{
    /// <summary>All of them, the oldest first; disconnected ones too.</summary>
    public async Task<IReadOnlyList<ChannelAccountView>> All(CancellationToken ct) => await Views(db.Set<ChannelAccount>().OrderBy(a => a.Id)).ToListAsync(ct);

    public Task<ChannelAccountView?> Find(ChannelAccountId id, CancellationToken ct) => Views(db.Set<ChannelAccount>().Where(a => a.Id == id)).SingleOrDefaultAsync(ct);

    /// <summary>The account to speak with on a network when nobody chose one: the one connected first. Null when none is connected.</summary>
    public Task<ChannelAccountView?> Default(string network, CancellationToken ct) =>
        Views(db.Set<ChannelAccount>().Where(a => a.Network == network && a.State == ChannelState.Connected).OrderBy(a => a.Id)).FirstOrDefaultAsync(ct);

    /// <summary>Forgets the secrets of an account; what was heard and said with it stays.</summary>
    /// <returns>False when there is no such account.</returns>
    public Task<bool> Disconnect(ChannelAccountId id, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<ChannelAccount>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account) return false;
        if (account.State == ChannelState.Disconnected) return true;
        (account.State, account.Password, account.Session, account.Error, account.ErrorAt) = (ChannelState.Disconnected, null, null, null, null);
        db.Record(new ChannelDisconnected(id, account.Network, clock.Now()));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    /// <summary>Says whose market an account serves; policies may ask for another signature there.</summary>
    /// <param name="id">Which.</param>
    /// <param name="country">Two letters ("DE"); null or empty for none in particular.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What is wrong; null when it was kept, or there is no such account.</returns>
    public async Task<(bool Known, FieldError? Wrong)> SetCountry(ChannelAccountId id, string? country, CancellationToken ct)
    {
        var code = string.IsNullOrWhiteSpace(country) ? null : country.Trim().ToUpperInvariant();
        if (code is not null && (code.Length != 2 || !code.All(char.IsAsciiLetterUpper))) return (true, new("country", "must be two letters like DE, or empty"));
        return (await db.Set<ChannelAccount>().Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Country, code), ct) == 1, null);
    }

    /// <summary>Whose market an account serves.</summary>
    /// <param name="Country">ISO 3166-1 alpha-2 ("DE"); null for none in particular.</param>
    internal sealed record CountryBody(string? Country);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapPut("/{account:guid}/country", async Task<Results<NoContent, ProblemHttpResult>> (Guid account, CountryBody body, ChannelAccounts accounts, CancellationToken ct) =>
            await accounts.SetCountry(new(account), body.Country, ct) switch { (_, { } wrong) => Problems.Invalid(wrong), (true, _) => NoContent(), _ => Problems.Unknown("account") })
            .RequireAuthorization("lead").WithName("setAccountCountry").WithSummary("Says whose market an account serves");
        channels.MapGet("", (ChannelAccounts accounts, CancellationToken ct) => accounts.All(ct))
            .RequireAuthorization("read").WithSummary("The brand's accounts on networks");
        channels.MapGet("/{account:guid}", async Task<Results<Ok<ChannelAccountView>, ProblemHttpResult>> (Guid account, ChannelAccounts accounts, CancellationToken ct) =>
            await accounts.Find(new(account), ct) is { } view ? Ok(view) : Problems.Unknown("account")).RequireAuthorization("read").WithSummary("One account");
        channels.MapDelete("/{account:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid account, ChannelAccounts accounts, CancellationToken ct) =>
            await accounts.Disconnect(new(account), ct) ? NoContent() : Problems.Unknown("account")).RequireAuthorization("lead").WithSummary("Disconnects an account");
    }

    private static IQueryable<ChannelAccountView> Views(IQueryable<ChannelAccount> accounts) => accounts.AsNoTracking().Select(a =>
        new ChannelAccountView(a.Id, a.Network, a.ExternalId, a.Service, a.Handle, a.DisplayName, a.State, a.Error, a.ErrorAt, a.ConnectedAt) { Country = a.Country });
}
