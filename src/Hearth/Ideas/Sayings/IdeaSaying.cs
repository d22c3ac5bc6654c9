using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Sayings;

/// <summary>What a person of ours decided about a post: that it says what an idea says, or that it does not.</summary>
internal sealed class IdeaSaying
{
    public required IdeaId Idea { get; init; }
    public required MentionId Mention { get; init; }

    /// <summary>Who wrote the post; null when its source did not say.</summary>
    public required PersonId? Person { get; init; }
    public required string Network { get; init; }
    public required bool IsSame { get; set; }

    /// <summary>Deleted by its author: not counted any more.</summary>
    public bool IsGone { get; set; }
    public required UserId By { get; set; }
    public required string ByName { get; set; }
    public required DateTimeOffset At { get; set; }
}

internal sealed class SayingsSchema : IRoomSchema
{
    public void Build(ModelBuilder model) => model.Entity<IdeaSaying>(e =>
    {
        e.ToTable("ideas_sayings");
        e.HasKey(s => new { s.Idea, s.Mention });
        e.HasIndex(s => s.Mention);
        e.HasIndex(s => s.Person);
    });
}
