using Hearth.Publishing;

namespace Hearth.Conversations.Ratings;

/// <summary>Whether and how people are asked what they thought of it. One row.</summary>
internal sealed class RatingSettingsRow
{
    public int Id { get; init; }

    public bool Enabled { get; set; }

    public required string Text { get; set; }

    public int DelayMinutes { get; set; }

    public int QuietDays { get; set; }

    /// <summary>The address of this server when the settings were kept.</summary>
    public required string Home { get; set; }
}

/// <summary>What became of asking.</summary>
public enum AskState
{
    /// <summary>Not yet: the conversation may be opened again.</summary>
    Waiting,

    Asked,

    Answered,

    /// <summary>It was better not to ask.</summary>
    NotAsked,
}

/// <summary>One conversation is asked about at most once.</summary>
internal sealed class RatingAskRow
{
    public required ConversationId Conversation { get; init; }

    /// <summary>What the link ends with; only who got the link can rate.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset Due { get; set; }

    public AskState State { get; set; }

    public string? Reason { get; set; }

    public MessageId? Message { get; set; }

    public DateTimeOffset? AskedAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public int? Stars { get; set; }

    public string? Comment { get; set; }
}
