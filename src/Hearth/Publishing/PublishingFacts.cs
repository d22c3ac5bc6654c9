using Hearth.Governance;
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

/// <summary>Somebody else has approved a message that waited for it; it is sent now.</summary>
/// <param name="Message">Ours.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthorName">Their name.</param>
/// <param name="By">Who approved it.</param>
/// <param name="ByName">Their name.</param>
/// <param name="Changed">The text that it was given; null when it goes as it was written.</param>
/// <param name="At">When.</param>
public sealed record MessageApproved(MessageId Message, string? About, UserId Author, string AuthorName, UserId By, string ByName, string? Changed, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}

/// <summary>Somebody else has refused a message that waited for approval; it is not sent.</summary>
public sealed record MessageRejected(MessageId Message, string? About, UserId Author, UserId By, string ByName, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}

/// <summary>A message that stands has another text from now on.</summary>
/// <param name="Message">Ours.</param>
/// <param name="Words">Without signature.</param>
/// <param name="At">When the network took it.</param>
public sealed record MessageEdited(MessageId Message, string Words, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}

/// <summary>How people have met a message by now; told when that changed.</summary>
public sealed record MessageReceipts(MessageId Message, int Likes, int Reshares, int Replies, DateTimeOffset At) : IFact
{
    public string Subject => "message:" + Message.Value;
}

/// <summary>The policy of speaking has another version.</summary>
public sealed record SpeakingPolicyChanged(int Version, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "speaking-policy:1";
}
