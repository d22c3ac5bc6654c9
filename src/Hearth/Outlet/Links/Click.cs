using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>Who followed a link.</summary>
public enum ClickKind
{
    Person,

    /// <summary>A crawler, a link preview, a prefetch: kept in the log, never counted as a click.</summary>
    Bot,
}

internal sealed class Click
{
    public required ClickId Id { get; init; }

    public required OfferId Offer { get; init; }

    /// <summary>Null for bots: they get no cookie.</summary>
    public VisitorId? Visitor { get; init; }

    public required ClickKind Kind { get; init; }

    /// <summary>In the query of a link that stands in a digest: its number.</summary>
    public const string DigestKey = "digest";

    /// <summary>Host of the page it came from, or the digest's name; empty when not told.</summary>
    public required string From { get; init; }

    public required string UserAgent { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The slug of the personal link that was followed; null for the offer's own, and for one's own.</summary>
    public string? Share { get; init; }

    /// <summary>That link's; 0 for none.</summary>
    public int Generation { get; init; }

    /// <summary>What <see cref="From"/> says of a click in a digest.</summary>
    public static string OfDigest(int number) => "e-mail digest " + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Clicks of the past were added, so what a visitor ordered since may have another cause now.</summary>
public sealed record PastClickAdded(ClickId Click, OfferId Offer, VisitorId Visitor, DateTimeOffset At) : IFact
{
    public string Subject => "visitor:" + Visitor.Value;
}
