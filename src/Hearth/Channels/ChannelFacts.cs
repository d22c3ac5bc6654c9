using Hearth.Platform;

namespace Hearth.Channels;

/// <summary>An account of the brand was connected, or connected again.</summary>
/// <param name="Account">Ours.</param>
/// <param name="Network">"bluesky".</param>
/// <param name="Handle">Without @.</param>
/// <param name="At">When.</param>
public sealed record ChannelConnected(ChannelAccountId Account, string Network, string Handle, DateTimeOffset At) : IFact
{
    public string Subject => "channel:" + Account.Value;
}

/// <summary>A person disconnected an account; nothing can be heard or said with it.</summary>
public sealed record ChannelDisconnected(ChannelAccountId Account, string Network, DateTimeOffset At) : IFact
{
    public string Subject => "channel:" + Account.Value;
}
