namespace Hearth.Ideas;

/// <summary>What becomes of an idea, as the public sees it.</summary>
public enum IdeaStatus
{
    /// <summary>Posted; nobody of the brand has answered yet.</summary>
    Submitted,

    /// <summary>Read by a named person.</summary>
    Acknowledged,

    /// <summary>Somebody works out whether and how.</summary>
    UnderReview,

    /// <summary>Decided; coming soon.</summary>
    Planned,

    /// <summary>A part of it is there.</summary>
    PartiallyImplemented,

    /// <summary>It is there.</summary>
    Implemented,

    /// <summary>It was there before; the reason says where.</summary>
    AlreadyOffered,

    /// <summary>It will not be done; the reason says why.</summary>
    NotPlanned,

    /// <summary>Put away after a long time without review; it may be posted anew.</summary>
    Archived,
}

/// <summary>Whether the board shows an idea.</summary>
public enum IdeaStanding
{
    /// <summary>In the lists, at its own address.</summary>
    Shown = 0,

    /// <summary>Part of another idea, to which its address leads.</summary>
    Merged = 1,

    /// <summary>Taken down by its author or by a moderator.</summary>
    Removed = 2,
}

/// <summary>Where one account stands on one idea.</summary>
public enum Stance
{
    /// <summary>Minus 10 points.</summary>
    Demote = -1,

    /// <summary>No vote, or one taken back.</summary>
    None = 0,

    /// <summary>Plus 10 points.</summary>
    Promote = 1,
}

public static class IdeaStatuses
{
    /// <summary>True while votes are taken. What is done, offered already or put away keeps the votes it has.</summary>
    public static bool TakesVotes(this IdeaStatus status) =>
        status is not (IdeaStatus.Implemented or IdeaStatus.AlreadyOffered or IdeaStatus.Archived);

    /// <summary>True when it is there, in part or whole.</summary>
    public static bool IsImplemented(this IdeaStatus status) => status is IdeaStatus.Implemented or IdeaStatus.PartiallyImplemented;

    /// <summary>The status in the public's words: "Under review".</summary>
    public static string Words(this IdeaStatus status) => status switch
    {
        IdeaStatus.UnderReview => "Under review",
        IdeaStatus.PartiallyImplemented => "Partially implemented",
        IdeaStatus.AlreadyOffered => "Already offered",
        IdeaStatus.NotPlanned => "Not planned",
        _ => status.ToString(),
    };
}
