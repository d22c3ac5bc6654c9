using Microsoft.AspNetCore.Http;

namespace Hearth.Channels.Trackers;

/// <summary>Where issues are opened, and with which right.</summary>
/// <param name="Service">The tracker's address without a slash at its end.</param>
/// <param name="Repository">What holds the issues there: "owner/name" on a Git forge.</param>
/// <param name="Token">What it lets us in with.</param>
public sealed record TrackerSeat(string Service, string Repository, string Token);

/// <summary>An issue as its tracker shows it.</summary>
/// <param name="Number">What people call it by there.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="IsOpen">False when it is closed.</param>
/// <param name="UpdatedAt">When it was last changed, by the tracker's clock.</param>
public sealed record TrackerIssue(long Number, string Url, bool IsOpen, DateTimeOffset UpdatedAt);

public enum TrackerNewsKind
{
    Closed,
    Reopened,
    Assigned,
    Commented,
    CommentEdited,
    CommentDeleted,

    /// <summary>The issue itself is gone.</summary>
    Deleted,
}

/// <summary>What happened to an issue, as its tracker tells.</summary>
/// <param name="Kind">What.</param>
/// <param name="Repository">Where, as in <see cref="TrackerSeat.Repository"/>.</param>
/// <param name="Number">Of which issue.</param>
/// <param name="By">Name of whoever did it there.</param>
/// <param name="At">When, by the tracker's clock.</param>
/// <param name="CommentId">Of which comment; null for news of the issue.</param>
/// <param name="Text">What the comment says.</param>
/// <param name="Url">Where people read it.</param>
public sealed record TrackerNews(TrackerNewsKind Kind, string Repository, long Number, string By, DateTimeOffset At, string? CommentId, string? Text, string? Url);

/// <summary>The tracker would not have it.</summary>
public sealed class TrackerException(string message, bool isPassing) : Exception(message)
{
    /// <summary>True when the same request may be taken later; false when a person has to do something first.</summary>
    public bool IsPassing { get; } = isPassing;
}

/// <summary>
/// One kind of issue tracker. A new kind is one class of this interface, registered as a singleton: see "Trackers" in docs/fix.md. No call is repeated here. Trackers know no idempotency
/// keys, so everything we write bears a mark (an HTML comment, which a tracker keeps and does not show), and <see cref="Find"/> and <see cref="HasComment"/> ask for it before a second try.
/// </summary>
/// <remarks>Calls throw <see cref="TrackerException"/> when refused, <see cref="Platform.LaterException"/> when told to wait, and <see cref="HttpRequestException"/> when nobody answers.</remarks>
public interface ITrackerAdapter
{
    /// <summary>Lower case; stands in addresses and in the database.</summary>
    string Kind { get; }

    /// <summary>As people call it.</summary>
    string Title { get; }

    /// <summary>Whether issues can be opened with this token.</summary>
    /// <returns>The name that the token speaks in there.</returns>
    Task<string> Check(TrackerSeat seat, CancellationToken ct);

    /// <summary>The issue whose body bears the mark.</summary>
    /// <param name="seat">Where.</param>
    /// <param name="mark">What to look for.</param>
    /// <param name="since">It was changed then or later.</param>
    /// <param name="ct">Stops waiting.</param>
    Task<TrackerIssue?> Find(TrackerSeat seat, string mark, DateTimeOffset since, CancellationToken ct);

    Task<TrackerIssue> Open(TrackerSeat seat, string title, string body, CancellationToken ct);

    /// <summary>Opens or closes it.</summary>
    Task<TrackerIssue> Set(TrackerSeat seat, long number, bool open, CancellationToken ct);

    /// <summary>Whether a comment bears the mark.</summary>
    Task<bool> HasComment(TrackerSeat seat, long number, string mark, DateTimeOffset since, CancellationToken ct);

    Task Say(TrackerSeat seat, long number, string body, CancellationToken ct);

    /// <summary>Why a webhook's message is not to be trusted; null when it is.</summary>
    string? Refuse(string secret, IHeaderDictionary headers, byte[] body);

    /// <summary>What a trusted message tells; null when it is nothing that matters here.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not what this tracker sends.</exception>
    TrackerNews? Read(IHeaderDictionary headers, byte[] body);
}
