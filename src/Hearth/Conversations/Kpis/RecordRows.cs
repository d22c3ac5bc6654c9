using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;

namespace Hearth.Conversations.Kpis;

/// <summary>How a promise went.</summary>
public enum Verdict
{
    /// <summary>Nothing was promised, or it is not decided yet.</summary>
    Open,

    Met,

    Missed,
}

/// <summary>What became of one conversation, in figures: what its facts told, in their order. All durations are microseconds.</summary>
internal sealed class RecordRow
{
    /// <summary>The conversation's number; rises with time.</summary>
    public required long Number { get; init; }

    public required ConversationId Conversation { get; init; }

    public required string Network { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public ConversationStatus Status { get; set; }

    public bool Snoozed { get; set; }

    public Standing Standing { get; set; }

    public ConversationPriority Priority { get; set; }

    public Department? Department { get; set; }

    public UserId? Assignee { get; set; }

    /// <summary>Since when the person waits for an answer; null when they do not.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    public int Posts { get; set; }

    public int Replies { get; set; }

    public DateTimeOffset? FirstReplyAt { get; set; }

    public UserId? FirstReplyBy { get; set; }

    public UserId? LastReplyBy { get; set; }

    /// <summary>From the opening to the first reply.</summary>
    public long? First { get; set; }

    /// <summary>The same in working hours of its promise; around the clock when nothing was promised.</summary>
    public long? FirstOpen { get; set; }

    /// <summary>Null unless closed.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public int Reopenings { get; set; }

    /// <summary>From the opening to the last closing; null unless closed.</summary>
    public long? Resolution { get; set; }

    public long? ResolutionOpen { get; set; }

    public SlaPolicyId? Policy { get; set; }

    /// <summary>True when somebody or a rule chose the policy.</summary>
    public bool PolicyChosen { get; set; }

    public CalendarId? Calendar { get; set; }

    public Verdict FirstMet { get; set; }

    public Verdict NextMet { get; set; }

    public Verdict ResolutionMet { get; set; }

    /// <summary>1 to 5; null when nobody rated it.</summary>
    public int? Rating { get; set; }
}

/// <summary>One wait of the person that an answer of ours ended.</summary>
internal sealed class ResponseRow
{
    public long Number { get; init; }

    /// <summary>The conversation's number.</summary>
    public required long Record { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>Who answered; null for a post past Hearth.</summary>
    public UserId? By { get; init; }

    /// <summary>True for the answer that was the conversation's first.</summary>
    public required bool First { get; init; }

    /// <summary>Microseconds.</summary>
    public required long Took { get; init; }

    /// <summary>Microseconds of working hours.</summary>
    public required long TookOpen { get; init; }
}

/// <summary>From an opening to the closing that followed it: what the backlog of a past moment is counted from.</summary>
internal sealed class OpenSpanRow
{
    public long Number { get; init; }

    /// <summary>The conversation's number.</summary>
    public required long Record { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null while it is not closed.</summary>
    public DateTimeOffset? Until { get; set; }
}
