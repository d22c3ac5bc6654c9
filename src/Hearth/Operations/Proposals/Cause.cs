using Hearth.Catalog;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>Names a group of mentions that seem to have one cause.</summary>
public readonly record struct CauseId(Guid Value) : IId<CauseId>
{
    public static CauseId New() => new(Ids.New());

    public static CauseId From(Guid value) => new(value);
}

/// <summary>Mentions that seem to have one cause: the same product, attribute and way of failing, near in time. A gap may be made of several.</summary>
internal sealed class Cause
{
    public long Number { get; init; }

    public required CauseId Id { get; init; }

    public ProductId? ProductId { get; init; }

    public required string AttributeKey { get; init; }

    /// <summary>Key of a <see cref="Failing"/>; empty for what tells none.</summary>
    public required string Failing { get; init; }

    /// <summary>Only posts with this word belong here, because a person split it off; null for all others.</summary>
    public string? Word { get; init; }

    /// <summary>When its first and last mention were written.</summary>
    public required DateTimeOffset First { get; set; }

    public required DateTimeOffset Last { get; set; }

    public int Mentions { get; set; }

    /// <summary>Different people, plus mentions whose author no source named.</summary>
    public int People { get; set; }

    /// <summary>The gap it was proposed as, or belongs to by now; null while it is too small.</summary>
    public GapId? GapId { get; set; }

    /// <summary>Why it belongs to a gap that was there before; null when it founded it.</summary>
    public string? Joined { get; set; }

    /// <summary>The cause of the same kind whose gap was declined or verified before this one began.</summary>
    public CauseId? After { get; set; }
}

/// <summary>A mention's place. It has at most one for each attribute.</summary>
internal sealed class CauseMention
{
    public required MentionId Mention { get; init; }

    public required string AttributeKey { get; init; }

    public required CauseId CauseId { get; set; }

    public PersonId? Person { get; init; }

    public required DateTimeOffset At { get; init; }

    public bool IsNegative { get; init; }

    public long Reach { get; init; }

    /// <summary>Its telling words, one space between.</summary>
    public required string Words { get; init; }

    /// <summary>True when a person put it there: reading it anew leaves it.</summary>
    public bool ByHand { get; set; }
}

internal static class CauseSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<Cause>(e =>
        {
            e.ToTable("operations_causes");
            e.HasKey(c => c.Number);
            e.Property(c => c.Number).ValueGeneratedOnAdd();
            e.HasIndex(c => c.Id).IsUnique();
            e.HasIndex(c => new { c.AttributeKey, c.ProductId, c.Failing });
            e.HasIndex(c => c.GapId);
        });
        model.Entity<CauseMention>(e =>
        {
            e.ToTable("operations_cause_mentions");
            e.HasKey(m => new { m.Mention, m.AttributeKey });
            e.HasIndex(m => new { m.CauseId, m.At });
            e.HasIndex(m => new { m.CauseId, m.Person });
        });
    }
}
