using Hearth.Governance;
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
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The sum of its votes' <see cref="IdeaVote.Units"/>, demotions subtracted. See <see cref="Popularity"/>.</summary>
    public long Score { get; private set; }
    public int Points { get; private set; }
    public int Promotions { get; private set; }
    public int Demotions { get; private set; }
    public int Comments { get; private set; }
}

internal sealed class IdeaVote
{
    public required IdeaId Idea { get; init; }
    public required UserId User { get; init; }
    public required Stance Stance { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What the vote weighs in units of <see cref="Popularity"/>; above zero for a demotion too.</summary>
    public required long Units { get; init; }
}

internal sealed class IdeaComment
{
    public long Number { get; private set; }
    public required IdeaCommentId Id { get; init; }
    public required IdeaId Idea { get; init; }
    public required UserId Author { get; init; }
    public required string AuthorName { get; init; }
    public required Department? Department { get; init; }
    public required bool FromBrand { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class IdeaMove
{
    public long Number { get; private set; }
    public required IdeaId Idea { get; init; }
    public required IdeaStatus From { get; init; }
    public required IdeaStatus To { get; init; }
    public required string Reason { get; init; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required Department? Department { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class IdeaCategory
{
    /// <summary>Lower-case letters, digits and hyphens; stands in addresses.</summary>
    public required string Slug { get; init; }
    public required string Name { get; set; }
    public required int Place { get; set; }
}

/// <summary>The one row that says from where vote weights are counted.</summary>
internal sealed class IdeaRank
{
    public required int Id { get; init; }
    public required DateTimeOffset Epoch { get; set; }
    public required int HalfLifeDays { get; init; }

    public Popularity Popularity => new(Epoch, TimeSpan.FromDays(HalfLifeDays));
}

internal static class IdeasTables
{
    extension(Database db)
    {
        internal DbSet<Idea> Ideas => db.Set<Idea>();
        internal DbSet<IdeaVote> IdeaVotes => db.Set<IdeaVote>();
        internal DbSet<IdeaComment> IdeaComments => db.Set<IdeaComment>();
        internal DbSet<IdeaMove> IdeaMoves => db.Set<IdeaMove>();
        internal DbSet<IdeaCategory> IdeaCategories => db.Set<IdeaCategory>();
        internal DbSet<IdeaRank> IdeaRanks => db.Set<IdeaRank>();
    }
}
