using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A connected account is listened to without further ado: its source is made when it is connected for the first time, and paused while it is disconnected.</summary>
internal sealed class ListenToAccount(Database db, Sources sources) : IHandle<ChannelConnected>, IHandle<ChannelDisconnected>
{
    public async Task Handle(ChannelConnected fact, CancellationToken ct)
    {
        if (await Of(fact.Account, fact.Network, ct) is { } known)
        {
            await sources.Change(known, null, SourceState.Active, ct);
            return;
        }

        // A name can be taken by a source that a person made; the account's id makes it unique.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { [BlueskySource.Account] = fact.Account.Value.ToString() };
        var name = $"{Networks.Title(fact.Network)} {(fact.Network == Networks.Email ? "" : "@")}{fact.Handle}";
        if (await sources.Add(fact.Network, name, settings, null, ct) is KeptSource.Invalid) await sources.Add(fact.Network, $"{name} {fact.Account.Value:N}", settings, null, ct);
    }

    public async Task Handle(ChannelDisconnected fact, CancellationToken ct)
    {
        if (await Of(fact.Account, fact.Network, ct) is { } known) await sources.Change(known, null, SourceState.Paused, ct);
    }

    private async Task<SourceId?> Of(ChannelAccountId account, string network, CancellationToken ct)
    {
        var rows = await db.Set<SourceRow>().AsNoTracking().Where(s => s.Kind == network).ToListAsync(ct);
        return rows.Find(s => BlueskySource.AccountOf(s) == account)?.Id;
    }
}
