using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.People;
using Hearth.Publishing;

namespace Hearth.Operations.Telling;

/// <summary>How far telling one person of a change has come.</summary>
public enum ToldState
{
    /// <summary>Not yet: it waits for approved words in their language, or for its turn.</summary>
    Waiting,

    /// <summary>Queued for the network.</summary>
    Sending,

    /// <summary>Nothing can send it there: a person posts it.</summary>
    ByHand,

    /// <summary>It stands where they spoke.</summary>
    Told,

    /// <summary>The network would not have it; a person can try again in the outbox.</summary>
    Failed,

    /// <summary>They are not told, for a reason that is kept.</summary>
    Skipped,
}

/// <summary>Why somebody is not told.</summary>
public enum NotTold
{
    /// <summary>They do not want to be written to unasked.</summary>
    OptedOut,

    /// <summary>They deleted what they had said.</summary>
    PostRemoved,

    /// <summary>The words, with their name and the signature, are longer than their network takes.</summary>
    TooLong,

    /// <summary>They are told of their idea, which the change carries out, and not of the change besides.</summary>
    ToldOfIdea,

    /// <summary>They are told of the change that carries the idea out, and not of the idea besides.</summary>
    ToldOfChange,

    /// <summary>The words were not approved before the idea moved on.</summary>
    Overtaken,

    /// <summary>They were found to be one with somebody who is told.</summary>
    SamePerson,
}

/// <summary>One person and one change: that there is one row for the two is what makes telling happen once.</summary>
internal sealed class ToldRow
{
    public long Number { get; init; }

    public required ChangeId ChangeId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Network { get; init; }

    /// <summary>What is answered: their latest post about it.</summary>
    public required MentionId MentionId { get; init; }

    public ConversationId? ConversationId { get; init; }

    /// <summary>Of that post.</summary>
    public required string Language { get; init; }

    /// <summary>Chosen when the row is made, so that queueing twice is queueing once.</summary>
    public required MessageId MessageId { get; init; }

    public ToldState State { get; set; }

    public NotTold? Why { get; set; }

    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>When it came to its state.</summary>
    public required DateTimeOffset At { get; set; }
}

/// <summary>What people of one language are told.</summary>
internal sealed class WordsRow
{
    public required ChangeId ChangeId { get; init; }

    public required string Language { get; init; }

    public required string Text { get; set; }

    public required string WrittenBy { get; set; }

    public required DateTimeOffset WrittenAt { get; set; }

    /// <summary>Null until somebody with the right has approved exactly this text; in whose name it is then said.</summary>
    public UserId? ApprovedBy { get; set; }

    public string? ApprovedByName { get; set; }

    public string? ApprovedInitials { get; set; }

    public Department? ApprovedDepartment { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }
}

/// <summary>How fast people of one network are told, all changes together.</summary>
internal sealed class PolitenessRow
{
    public required string Network { get; init; }

    public int PerHour { get; set; }

    /// <summary>No message is queued before.</summary>
    public DateTimeOffset NextAt { get; set; }
}
