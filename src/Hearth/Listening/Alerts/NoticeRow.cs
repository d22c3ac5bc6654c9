using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Listening.Alerts;

public readonly record struct AlertId(Guid Value) : IId<AlertId>
{
    public static AlertId New() => new(Ids.New());

    public static AlertId From(Guid value) => new(value);
}

public readonly record struct NoticeId(Guid Value) : IId<NoticeId>
{
    public static NoticeId New() => new(Ids.New());

    public static NoticeId From(Guid value) => new(value);
}

/// <summary>Something that was told, on the page and by the ways of its alert.</summary>
internal sealed class NoticeRow
{
    /// <summary>The order of telling.</summary>
    public long Number { get; private set; }

    public required NoticeId Id { get; init; }

    /// <summary>Null for what the house tells by itself.</summary>
    public AlertId? Alert { get; init; }

    public required string Title { get; init; }

    public string? Text { get; init; }

    /// <summary>A path of this server.</summary>
    public required string Href { get; init; }

    public required bool Bad { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whom it is for; null when it is for everybody.</summary>
    public UserId? Reader { get; init; }
}

/// <summary>Up to when a person has seen the notices.</summary>
internal sealed class NoticesSeen
{
    public required UserId User { get; init; }

    public required DateTimeOffset Until { get; set; }
}

public enum NoticeWay
{
    Email,
    Webhook,
}

public enum DeliveryState
{
    Waiting,
    Sent,
    Failed,
}

/// <summary>A notice on its way out.</summary>
internal sealed class NoticeDelivery
{
    public required NoticeId Notice { get; init; }

    public required NoticeWay Way { get; init; }

    public required string To { get; init; }

    public required Guid MessageId { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public string? Error { get; set; }

    public required DateTimeOffset At { get; set; }
}
