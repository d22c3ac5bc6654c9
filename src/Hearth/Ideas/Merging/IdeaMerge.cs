using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>One time that an idea was merged into another, and, once it was, how that ended.</summary>
internal sealed class IdeaMerge
{
    public long Number { get; private set; }
    public required IdeaId Idea { get; init; }
    public required IdeaId Into { get; init; }
    public required string Reason { get; init; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required Department? Department { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null while it stands.</summary>
    public DateTimeOffset? UndoneAt { get; set; }
    public UserId? UndoneBy { get; set; }
    public string? UndoneByName { get; set; }
    public string? UndoneReason { get; set; }

    internal static void Build(ModelBuilder model) => model.Entity<IdeaMerge>(e =>
    {
        e.ToTable("ideas_merges");
        e.HasKey(m => m.Number);
        e.HasIndex(m => new { m.Idea, m.Number });
        e.HasIndex(m => new { m.Into, m.Number });
    });
}

/// <summary>An idea became part of another one.</summary>
/// <param name="Idea">Which one; its address leads to the other from now on.</param>
/// <param name="Into">Of which one.</param>
/// <param name="Author">Whose idea it was.</param>
/// <param name="Reason">As everybody reads it.</param>
/// <param name="By">The member of staff.</param>
/// <param name="At">When.</param>
public sealed record IdeaMerged(IdeaId Idea, IdeaId Into, UserId Author, string Reason, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>A merged idea stands for itself again.</summary>
/// <param name="Idea">Which one.</param>
/// <param name="From">The one it had been merged into.</param>
/// <param name="Author">Whose idea it is.</param>
/// <param name="Reason">As everybody reads it.</param>
/// <param name="By">The member of staff.</param>
/// <param name="At">When.</param>
public sealed record IdeaUnmerged(IdeaId Idea, IdeaId From, UserId Author, string Reason, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}
