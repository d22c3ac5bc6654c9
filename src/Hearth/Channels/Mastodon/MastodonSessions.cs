using System.Security.Cryptography;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.Mastodon;

/// <summary>What a request needs: where to send it, and as whom. A token of Mastodon does not end by itself.</summary>
internal sealed record MastodonSession(string Service, string Token, string Handle, bool WasTroubled);

/// <summary>Opens the kept token of an account, and notes on the account whether it still works.</summary>
public sealed class MastodonSessions(IServiceScopeFactory scopes, Secrets secrets, TimeProvider clock)
{
    /// <exception cref="ChannelRefusedException">The account is not connected, or its token cannot be opened any more.</exception>
    internal async Task<MastodonSession> Open(ChannelAccountId account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<Database>().Set<ChannelAccount>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == account && a.Network == Networks.Mastodon, ct)
            ?? throw new ChannelRefusedException("There is no such account.");
        if (row.Session is null) throw new ChannelRefusedException($"@{row.Handle} is disconnected.");
        try
        {
            return new(row.Service, secrets.Show(row.Session), row.Handle, row.Error is not null || row.State != ChannelState.Connected);
        }
        catch (CryptographicException e)
        {
            throw new ChannelRefusedException("The key that the account's secrets were encrypted with is missing; connect the account again.", e);
        }
    }

    /// <summary>Notes that a call worked or did not, for the page of accounts. Writes only when that changes.</summary>
    internal async Task Note(ChannelAccountId account, string? error, bool needsSignIn, CancellationToken ct)
    {
        var (now, state) = (clock.Now(), needsSignIn ? ChannelState.NeedsSignIn : ChannelState.Connected);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Database>().Set<ChannelAccount>()
            .Where(a => a.Id == account && a.State != ChannelState.Disconnected && (a.Error != error || a.State != state))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Error, error).SetProperty(a => a.ErrorAt, error == null ? null : now).SetProperty(a => a.State, state), ct);
    }
}
