using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Ideas.Telling;

public readonly record struct IdeaNewsId(Guid Value) : IId<IdeaNewsId>
{
    public static IdeaNewsId New() => new(Ids.New());

    public static IdeaNewsId From(Guid value) => new(value);
}

public readonly record struct IdeaNoticeId(Guid Value) : IId<IdeaNoticeId>
{
    public static IdeaNoticeId New() => new(Ids.New());

    public static IdeaNoticeId From(Guid value) => new(value);
}

/// <summary>What members of the public are told about.</summary>
public enum IdeaNewsKind
{
    /// <summary>The brand said what becomes of an idea.</summary>
    Moved,

    /// <summary>An idea became part of another.</summary>
    Merged,

    /// <summary>A merge was taken back.</summary>
    Unmerged,

    /// <summary>An idea will be archived unless something happens.</summary>
    ArchiveSoon,

    /// <summary>An idea, or what somebody said below one, was taken away.</summary>
    Removed,

    /// <summary>It is there again.</summary>
    Restored,

    /// <summary>Somebody answered a comment, or the brand an idea.</summary>
    Answered,

    /// <summary>Somebody named the account in a comment.</summary>
    Mentioned,

    /// <summary>A storm session opened or closed.</summary>
    Storm,

    /// <summary>Anything else, as its text says.</summary>
    Other,
}

/// <summary>Why somebody is told of an idea; the first that holds.</summary>
public enum Because
{
    /// <summary>It is theirs.</summary>
    Author,

    /// <summary>They voted on it.</summary>
    Voter,

    /// <summary>They spoke below it.</summary>
    Commenter,

    /// <summary>They chose to follow it.</summary>
    Follower,

    /// <summary>It is meant for them alone.</summary>
    Addressed,
}

/// <summary>Who is told.</summary>
public enum Audience
{
    /// <summary>Author, voters, commenters and followers, without those who wanted out.</summary>
    Everybody,

    /// <summary>The authors of the idea and of those merged into it.</summary>
    Authors,
}

/// <summary>A choice that somebody made; without a row, authors, voters and commenters follow and nobody else does.</summary>
internal sealed class IdeaFollow
{
    public required IdeaId Idea { get; init; }
    public required UserId User { get; init; }
    public required bool Follows { get; set; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>Something that an idea's followers are told, once each.</summary>
internal sealed class IdeaNews
{
    public long Number { get; private set; }
    public required IdeaNewsId Id { get; init; }
    public required IdeaId Idea { get; init; }

    /// <summary>Names it: the same news told twice is told once.</summary>
    public required string Key { get; init; }
    public required IdeaNewsKind Kind { get; init; }
    public required Audience Audience { get; init; }

    /// <summary>The idea's title when it happened.</summary>
    public required string Title { get; init; }

    /// <summary>What is said on the site and by mail: words that are public already.</summary>
    public required string Text { get; init; }

    /// <summary>Where the idea went, of a move.</summary>
    public IdeaStatus? Status { get; init; }
    public UserId? By { get; init; }
    public string? ByName { get; init; }

    /// <summary>The change of Operations that brought it about.</summary>
    public Guid? Change { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When everybody had been written down; null before.</summary>
    public DateTimeOffset? SpreadAt { get; set; }

    /// <summary>What is said on the networks; null until somebody writes other words than the draft.</summary>
    public string? Words { get; set; }
    public string? WrittenBy { get; set; }

    /// <summary>The address of this server, from the request that approved: links need it.</summary>
    public string? Home { get; set; }

    /// <summary>Null until somebody with the right has approved the words; in whose name they are then said.</summary>
    public UserId? ApprovedBy { get; set; }
    public string? ApprovedByName { get; set; }
    public string? ApprovedInitials { get; set; }
    public Department? ApprovedDepartment { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
}

/// <summary>One account and one piece of news: that there is one row for the two is what makes telling happen once.</summary>
internal sealed class IdeaNotice
{
    public long Number { get; private set; }
    public required IdeaNoticeId Id { get; init; }
    public required UserId User { get; init; }

    /// <summary>Unique for an account.</summary>
    public required string Key { get; init; }
    public required IdeaNewsKind Kind { get; init; }
    public required Because Because { get; init; }
    public IdeaId? Idea { get; init; }
    public IdeaNewsId? News { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>The mail that carries it.</summary>
    public Guid? Digest { get; set; }

    /// <summary>The person it is told to where they spoke; null when the site is enough.</summary>
    public PersonId? Person { get; set; }
    public string? Network { get; set; }

    /// <summary>What is answered: their latest post about the idea.</summary>
    public MentionId? Mention { get; set; }
    public ConversationId? Conversation { get; set; }

    /// <summary>Chosen when the row is made, so that queueing twice is queueing once.</summary>
    public MessageId? Message { get; set; }

    /// <summary>How far telling them on the network is; null when the site is enough.</summary>
    public ToldState? State { get; set; }
    public NotTold? Why { get; set; }
    public DateTimeOffset? StateAt { get; set; }
}

/// <summary>How often somebody wants mail. Nobody gets any who has no row.</summary>
internal sealed class IdeaMailWish
{
    public required UserId User { get; init; }
    public required MailRhythm Every { get; set; }

    /// <summary>No mail before.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>What the address that ends it without signing in ends with.</summary>
    public required string Token { get; init; }

    /// <summary>The address of this server as the request knew it: links in mail need it.</summary>
    public required string Home { get; set; }

    /// <summary>When consent was given, or taken back.</summary>
    public required DateTimeOffset At { get; set; }
}

/// <summary>How often news of ideas comes by mail.</summary>
public enum MailRhythm
{
    Never,
    Daily,
    Weekly,
}

/// <summary>One mail to one account.</summary>
internal sealed class IdeaDigest
{
    /// <summary>Its Message-ID too.</summary>
    public required Guid Id { get; init; }
    public required UserId User { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public string? Error { get; set; }
}
