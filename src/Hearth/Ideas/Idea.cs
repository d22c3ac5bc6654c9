using Hearth.Governance;
using Hearth.Ideas.Moderation;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

internal sealed class Idea
{
    /// <summary>Rises with every idea; the key that full-text search knows it by, because SQLite renumbers rows that have no integer key.</summary>
    public long Number { get; private set; }

    public required IdeaId Id { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }
    public required string Category { get; init; }
    public required UserId Author { get; init; }
    public required string AuthorName { get; init; }
    public required DateTimeOffset At { get; init; }

    public IdeaStatus Status { get; private set; }

    /// <summary>Whether the board shows it. Lists ask for <c>db.ShownIdeas</c>, which holds the shown ones only.</summary>
    public IdeaStanding Standing { get; private set; }

    /// <summary>The idea it was merged into, which may itself be merged into another; null unless it is merged.</summary>
    public IdeaId? MergedInto { get; private set; }

    /// <summary>The archived idea that this one posts anew, if any.</summary>
    public IdeaId? AnewOf { get; init; }

    /// <summary>When it goes to the archive unless the brand takes it up; null until that is announced.</summary>
    public DateTimeOffset? ArchiveAt { get; private set; }

    /// <summary>When it last moved from one status to another; null when it never did. The archive rule counts from here.</summary>
    public DateTimeOffset? MovedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>When it was first implemented, in part or whole, since it last was not; null while it is not.</summary>
    public DateTimeOffset? ImplementedAt { get; private set; }

    /// <summary>The storm session it was posted into, if one.</summary>
    public StormId? Storm { get; private set; }

    // What follows up to Controversy is told by its votes that are not held, and written by VoteTally alone.

    /// <summary>The sum over the days of what was promoted minus what was demoted times the day's units. See <see cref="Popularity"/>.</summary>
    public long Score { get; private set; }

    /// <summary>The same with the short half-life of the rising list.</summary>
    public long Rise { get; private set; }

    /// <summary>Thousandths of votes promoted minus those demoted.</summary>
    public long Net { get; private set; }
    public int Points { get; private set; }
    public int Promotions { get; private set; }
    public int Demotions { get; private set; }

    /// <summary><see cref="Rise"/> for each of its votes: what the rising list is sorted by.</summary>
    public long Rising { get; private set; }

    /// <summary>Its votes times the smaller side by the larger: what the controversial list is sorted by.</summary>
    public int Controversy { get; private set; }

    /// <summary>How many of its votes are held back until a person has looked; they count nowhere else.</summary>
    public int Held { get; private set; }
    public int Comments { get; private set; }

    /// <summary>The three answers of the template; null when the idea came without one. <see cref="Body"/> holds them together, for search.</summary>
    public string? What { get; init; }
    public string? ForWhom { get; init; }
    public string? Why { get; init; }

    /// <summary>How often its author changed it.</summary>
    public int Edits { get; private set; }
    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>The idea that this one builds on.</summary>
    public IdeaId? BuildsOn { get; init; }

    /// <summary>The brand's answer that stands above all comments.</summary>
    public IdeaCommentId? BestAnswer { get; private set; }

    /// <summary>Who of the brand sees to an answer; null until somebody takes it or it waits too long.</summary>
    public UserId? Owner { get; private set; }
    public DateTimeOffset? OwnedSince { get; private set; }
}

internal sealed class IdeaVote
{
    public required IdeaId Idea { get; init; }
    public required UserId User { get; init; }
    public required Stance Stance { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Thousandths of a whole vote, 1 to 1,000; above zero for a demotion too.</summary>
    public int Weight { get; init; } = Popularity.WholeVote;

    /// <summary>True while it is held back: shown as such, counted nowhere.</summary>
    public bool Held { get; init; }

    /// <summary>The merged idea on which it was given: this row is its copy on the idea that stays. Null when it was given here.</summary>
    public IdeaId? CarriedFrom { get; init; }
}

internal sealed class IdeaComment
{
    public long Number { get; private set; }
    public required IdeaCommentId Id { get; init; }

    /// <summary>The idea below which it stands now.</summary>
    public required IdeaId Idea { get; init; }

    /// <summary>The merged idea below which it was written, and to which it returns. Null when it was written where it stands. A reply shares its parent's.</summary>
    public IdeaId? Home { get; init; }

    /// <summary>Why its words are not shown; null while they are.</summary>
    public RemovalReason? Removed { get; private set; }
    public required UserId Author { get; init; }
    public required string AuthorName { get; init; }
    public required Department? Department { get; init; }
    public required bool FromBrand { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The comment it answers; null when it speaks to the idea.</summary>
    public IdeaCommentId? ReplyTo { get; init; }

    /// <summary>The comment that began its thread; null when it did.</summary>
    public IdeaCommentId? Root { get; init; }

    /// <summary>How many comments of its thread follow; counted on the one that began it.</summary>
    public int Replies { get; private set; }

    /// <summary>How often its author changed it.</summary>
    public int Edits { get; private set; }
    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>When its words went: its author took it back, and nothing of them is kept, or a moderator took it down, as <see cref="Removed"/> says.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }
}

internal sealed class IdeaMove
{
    public long Number { get; private set; }
    public required IdeaId Idea { get; init; }
    public required IdeaStatus From { get; init; }
    public required IdeaStatus To { get; init; }
    public required string Reason { get; init; }

    /// <summary>Where what was wished for can be had already: an address. Only on a move to already offered or implemented.</summary>
    public string? Place { get; init; }

    /// <summary>The day it is planned for, as the brand says it. Only on a move to planned.</summary>
    public DateOnly? Due { get; init; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required Department? Department { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The change of Operations that brought it about; null when there is none.</summary>
    public Guid? Change { get; init; }
}

internal sealed class IdeaCategory
{
    /// <summary>Lower-case letters, digits and hyphens; stands in addresses.</summary>
    public required string Slug { get; init; }
    public required string Name { get; set; }
    public required int Place { get; set; }
}

/// <summary>The votes of one idea that were given on one day, those of the merged ones that it carries included. Exactly what its votes' rows say.</summary>
internal sealed class IdeaVoteDay
{
    public required IdeaId Idea { get; init; }

    /// <summary>UTC, in days since 1970-01-01.</summary>
    public required int Day { get; init; }
    public required int Promotions { get; init; }
    public required int Demotions { get; init; }

    /// <summary>Thousandths promoted minus thousandths demoted.</summary>
    public required long Net { get; init; }

    /// <summary>Given that day and held back; in none of the other numbers.</summary>
    public required int Held { get; init; }
}

/// <summary>How many ideas are shown, by shelf, status and whether the brand has answered. Kept by triggers, so that no page counts a million rows.</summary>
internal sealed class IdeaCount
{
    public required string Category { get; init; }
    public required IdeaStatus Status { get; init; }
    public required bool Answered { get; init; }
    public required long Ideas { get; init; }
}

/// <summary>How many shown ideas waited how long for the brand's first word. Kept by triggers.</summary>
internal sealed class IdeaAnswerCount
{
    public required string Category { get; init; }

    /// <summary>Whole hours from posting to the first answer, rounded down; from ten days on to whole days, from a hundred on to whole tens of days.</summary>
    public required int Hours { get; init; }
    public required long Ideas { get; init; }
}

internal static class IdeasTables
{
    extension(Database db)
    {
        internal DbSet<Idea> Ideas => db.Set<Idea>();

        /// <summary>The ideas that the board shows: neither merged into another nor removed. Every list and count starts here.</summary>
        internal IQueryable<Idea> ShownIdeas => db.Set<Idea>().Where(i => i.Standing == IdeaStanding.Shown);
        internal DbSet<IdeaVote> IdeaVotes => db.Set<IdeaVote>();
        internal DbSet<IdeaComment> IdeaComments => db.Set<IdeaComment>();
        internal DbSet<IdeaMove> IdeaMoves => db.Set<IdeaMove>();
        internal DbSet<IdeaCategory> IdeaCategories => db.Set<IdeaCategory>();
        internal DbSet<IdeaVoteDay> IdeaVoteDays => db.Set<IdeaVoteDay>();
        internal DbSet<IdeaCount> IdeaCounts => db.Set<IdeaCount>();
        internal DbSet<IdeaAnswerCount> IdeaAnswerCounts => db.Set<IdeaAnswerCount>();
        internal DbSet<IdeaBoard> IdeaBoards => db.Set<IdeaBoard>();
    }
}
