using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;

namespace Hearth.Ideas.Customers;

/// <summary>What was done for somebody who spoke elsewhere.</summary>
public enum EvidenceKind
{
    /// <summary>Their post became the idea.</summary>
    Raised,

    /// <summary>Their post counts as a vote.</summary>
    Vote,
}

/// <summary>
/// The account that somebody known from a network has on the board. Until they sign up it is a stand-in nobody can sign in to; then it is theirs.
/// </summary>
internal sealed class IdeaPerson
{
    public required PersonId Person { get; init; }
    public required UserId User { get; set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When it became an account of their own; null while it is a stand-in.</summary>
    public DateTimeOffset? JoinedAt { get; set; }
}

/// <summary>What somebody said elsewhere that an idea or a vote stands on.</summary>
internal sealed class IdeaEvidence
{
    public long Number { get; private set; }
    public required IdeaId Idea { get; init; }
    public required EvidenceKind Kind { get; init; }
    public required PersonId Person { get; init; }
    public required MentionId Mention { get; init; }
    public required ConversationId? Conversation { get; init; }

    /// <summary>Who of ours says so.</summary>
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
}
