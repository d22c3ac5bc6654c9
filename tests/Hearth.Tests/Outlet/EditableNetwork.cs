using System.Collections.Concurrent;
using Hearth.Channels;
using Hearth.Platform;

namespace Hearth.Tests.Outlet;

/// <summary>A network in memory that changes what stands.</summary>
internal sealed class EditableNetwork : IOutgoingNetwork
{
    public string Name => "editable";

    public bool Edits => true;

    /// <summary>Says no to every change.</summary>
    public bool Refuses { get; init; }

    public ConcurrentDictionary<string, string> Standing { get; } = new(StringComparer.Ordinal);

    public int Edited { get; private set; }

    public async Task<ChannelAccountId> Account(TestHouse house)
    {
        var id = ChannelAccountId.New();
        await house.With<Database>(async db =>
        {
            db.Add(new ChannelAccount { Id = id, Network = Name, ExternalId = "brand", Service = "https://net.example", Host = "https://net.example", Handle = "brand", State = ChannelState.Connected, ConnectedAt = house.Clock.Now() });
            await db.SaveChangesAsync();
        });
        return id;
    }

    public TextLength Measure(string text) => new(text.Length, 2_000, "characters");

    public string NewKey(DateTimeOffset now) => Ids.New(now).ToString("N");

    public Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct) => Task.FromResult(message.Text);

    public Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        Standing[key] = prepared;
        return Task.FromResult(At(key));
    }

    public Task<Placed> Edit(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        if (Refuses) throw new ChannelRefusedException("Not that one.");
        Edited++;
        return Place(account, key, prepared, ct);
    }

    public Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct) => Task.FromResult(Standing.ContainsKey(key) ? At(key) : null);

    public Task Remove(ChannelAccountId account, string key, CancellationToken ct)
    {
        Standing.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private static Placed At(string key) => new("net:" + key, null, "https://net.example/" + key);
}
