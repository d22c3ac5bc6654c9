using Hearth.Channels;
using Hearth.Governance;

namespace Hearth.Publishing;

/// <summary>A picture that was brought to be sent.</summary>
internal sealed class PictureRow
{
    public required PictureId Id { get; init; }

    /// <summary>What it is sent with; null until somebody says so.</summary>
    public MessageId? MessageId { get; set; }

    /// <summary>Its place in the message, from 0.</summary>
    public int Position { get; set; }

    public required byte[] Bytes { get; init; }

    public required string MediaType { get; init; }

    public required string Alt { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required UserId By { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What somebody decided about a message, or did to its text.</summary>
internal sealed class DecisionRow
{
    public long Number { get; init; }

    public required MessageId MessageId { get; init; }

    public required Decision What { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Reason { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public required int PolicyVersion { get; init; }
}

/// <summary>A policy of speaking as it stood; never changed, only followed by the next.</summary>
internal sealed class PolicyRow
{
    public required int Version { get; init; }

    /// <summary>JSON of <see cref="SpeakingPolicy"/>.</summary>
    public required string Body { get; init; }

    public UserId? By { get; init; }

    public string? ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What an account spent on its network in one minute.</summary>
internal sealed class PointsRow
{
    public required ChannelAccountId Account { get; init; }

    /// <summary>Whole minutes since 1970.</summary>
    public required long Minute { get; init; }

    public required int Points { get; set; }
}
