using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>What a person said of two ideas, or of a title they were about to post and an idea: the same, or not. Merges are not repeated here.</summary>
internal sealed class SaidAlike
{
    public long Number { get; private set; }

    /// <summary>The idea that was compared, the one with the smaller id; null when it was a title that nobody has posted.</summary>
    public IdeaId? Idea { get; init; }

    /// <summary>The title that was about to be posted; null when it was an idea.</summary>
    public string? Text { get; init; }

    public required IdeaId Other { get; init; }
    public required bool IsSame { get; init; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What became of a ranker.</summary>
public enum RankerState
{
    /// <summary>It orders what likeness finds.</summary>
    Current,

    /// <summary>It did, or could: going back to it is one step.</summary>
    Former,

    /// <summary>It ordered the held-out part no better than what was there, and was never used.</summary>
    Refused,
}

/// <summary>A ranker as it was learned. Its bytes never change; at most one is current.</summary>
internal sealed class RankerRow
{
    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required RankerState State { get; set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who had it learned: a person, or "the board, by itself".</summary>
    public required string By { get; init; }

    /// <summary>What people had said by then: merges, refusals and choices.</summary>
    public required int Said { get; init; }

    /// <summary>Titles learned from, held-out ones included.</summary>
    public required int Learned { get; init; }

    /// <summary>Titles held out, on which it was measured before it learned from them too.</summary>
    public required int HeldOut { get; init; }

    /// <summary>Its mean average precision on them. 0 to 1.</summary>
    public required double Map { get; init; }

    /// <summary>Of what was in use before, on the same.</summary>
    public required double Before { get; init; }

    public required byte[] Data { get; init; }
}

internal static class RankingTables
{
    extension(Database db)
    {
        internal DbSet<SaidAlike> SaidAlike => db.Set<SaidAlike>();
        internal DbSet<RankerRow> IdeaRankers => db.Set<RankerRow>();
    }

    internal static void Build(ModelBuilder model)
    {
        model.Entity<SaidAlike>(e =>
        {
            e.ToTable("ideas_said_alike");
            e.HasKey(s => s.Number);
            e.Property(s => s.Text).HasMaxLength(FindLikeIdeas.MaxText);
            e.HasIndex(s => new { s.Idea, s.Other }).IsUnique();
            e.HasIndex(s => s.Other);
            e.HasIndex(s => new { s.By, s.Other });
        });
        model.Entity<RankerRow>(e =>
        {
            e.ToTable("ideas_rankers");
            e.HasKey(r => r.Version);
            e.Property(r => r.Version).ValueGeneratedNever();
            e.HasIndex(r => r.State);
        });
    }
}
