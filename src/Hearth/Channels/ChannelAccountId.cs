using Hearth.Platform;

namespace Hearth.Channels;

/// <summary>An account of the brand on a network.</summary>
public readonly record struct ChannelAccountId(Guid Value) : IId<ChannelAccountId>
{
    public static ChannelAccountId New() => new(Ids.New());

    public static ChannelAccountId From(Guid value) => new(value);
}
