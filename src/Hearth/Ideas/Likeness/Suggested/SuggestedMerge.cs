using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Suggested;

/// <summary>Two ideas that say much the same, found when the later one was compared with the board. It stays when they are merged or refused; lists leave it out then.</summary>
internal sealed class SuggestedMerge
{
    public long Number { get; private set; }

    /// <summary>The later one.</summary>
    public required IdeaId Idea { get; init; }
    public required IdeaId Other { get; init; }

    /// <summary>Thousandths: which part of one's words the other holds, the smaller of the two ways.</summary>
    public required int Alike { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Up to which idea the board was compared. One row.</summary>
internal sealed class ComparedUpTo
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>The number of the last idea compared.</summary>
    public long Number { get; set; }
}

internal static class SuggestedTables
{
    extension(Database db)
    {
        internal DbSet<SuggestedMerge> SuggestedMerges => db.Set<SuggestedMerge>();
    }

    internal static void Build(ModelBuilder model)
    {
        model.Entity<SuggestedMerge>(e =>
        {
            e.ToTable("ideas_suggested_merges");
            e.HasKey(s => s.Number);
            e.HasIndex(s => new { s.Idea, s.Other }).IsUnique();
            e.HasIndex(s => new { s.Alike, s.Number });
        });
        model.Entity<ComparedUpTo>(e =>
        {
            e.ToTable("ideas_compared");
            e.Property(c => c.Id).ValueGeneratedNever();
        });
    }
}
