namespace Hearth.Conversations.ServiceLevels;

/// <summary>Where a clock stands.</summary>
public enum ClockState
{
    Running,

    /// <summary>It waits for the person, or it is snoozed.</summary>
    Paused,

    /// <summary>Stopped in time.</summary>
    Met,

    /// <summary>Stopped too late, or called off after it had run out.</summary>
    Missed,

    /// <summary>Called off before it ran out: closed without an answer, spam, or no longer promised.</summary>
    CalledOff,
}

/// <summary>One promise of one conversation, and how much of its time has passed.</summary>
internal sealed class ClockRow
{
    public long Number { get; init; }

    public required ConversationId Conversation { get; init; }

    public required ClockKind Kind { get; init; }

    public required SlaPolicyId Policy { get; set; }

    public required string PolicyName { get; set; }

    public CalendarId? Calendar { get; set; }

    /// <summary>Promised open time, in microseconds.</summary>
    public required long Target { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Open microseconds that had passed when it last began to run.</summary>
    public long Elapsed { get; set; }

    /// <summary>Null while it does not run.</summary>
    public DateTimeOffset? RunningSince { get; set; }

    /// <summary>When it runs out if nothing happens; null while it does not run.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public ClockState State { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When it ran out; null when it has not.</summary>
    public DateTimeOffset? BreachedAt { get; set; }

    /// <summary>Percent of the target up to which escalations and the breach have been done.</summary>
    public int Done { get; set; }

    /// <summary>When the next of them is due; null while it does not run, or when there is none left.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public bool IsActive => State is ClockState.Running or ClockState.Paused;
}

/// <summary>One step of a clock's history.</summary>
internal sealed class ClockStepRow
{
    public long Number { get; init; }

    public required ConversationId Conversation { get; init; }

    public required ClockKind Kind { get; init; }

    /// <summary>Which clock of its kind: when that one started.</summary>
    public required DateTimeOffset Clock { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>started, paused, resumed, re-promised, warned, breached, met, missed or called off.</summary>
    public required string What { get; init; }

    public string? Why { get; init; }

    /// <summary>Open microseconds that had passed by then.</summary>
    public required long Elapsed { get; init; }

    /// <summary>Promised open microseconds at that time.</summary>
    public required long Target { get; init; }
}
