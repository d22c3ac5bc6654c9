using Hearth.Governance;

namespace Hearth.Conversations.Live;

/// <summary>Somebody has a conversation before them. Counts only while it is fresh: a browser that dies says no good-bye.</summary>
internal sealed class PresenceRow
{
    public required ConversationId ConversationId { get; init; }

    public required UserId UserId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When they last typed in an answer; null when they only look.</summary>
    public DateTimeOffset? AnsweringAt { get; set; }
}
