using Hearth.Platform;

namespace Hearth.Publishing;

public readonly record struct MessageId(Guid Value) : IId<MessageId>
{
    public static MessageId New() => new(Ids.New());

    public static MessageId From(Guid value) => new(value);

    /// <summary>In the order of their making; translated to SQL, so that a list can be walked by it.</summary>
    public static bool operator <(MessageId left, MessageId right) => left.Value < right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(MessageId left, MessageId right) => left.Value > right.Value;
}

/// <summary>A message stands on its network.</summary>
/// <param name="Message">Ours.</param>
/// <param name="ExternalId">The network's id (at:// address on Bluesky), or null when a person posted it by hand without saying where.</param>
/// <param name="Url">Where people see it, when known.</param>
/// <param name="At">When it was accepted.</param>
public sealed record MessageSent(MessageId Message, string? ExternalId, string? Url, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}

/// <summary>A message will not be tried again by itself; a person must retry, edit or give it up.</summary>
public sealed record MessageFailed(MessageId Message, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}

/// <summary>A message was taken away from its network.</summary>
public sealed record MessageDeleted(MessageId Message, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}
