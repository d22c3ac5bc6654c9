using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations.Changes;
using Hearth.Operations.Delight;
using Hearth.Operations.Discussion;
using Hearth.Operations.FireGuard;
using Hearth.Operations.Proposals;
using Hearth.Operations.Trackers;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>What people expected, what they got, and who can make them meet.</summary>
internal sealed class Gap
{
    /// <summary>Rises with every gap; what people call it by.</summary>
    public long Number { get; init; }

    public required GapId Id { get; init; }

    public required string Title { get; set; }

    public ProductId? ProductId { get; set; }

    public required string AttributeKey { get; set; }

    public required string Expected { get; set; }

    public required string Experienced { get; set; }

    public PromiseId? PromiseId { get; set; }

    /// <summary>Where it was promised, when no promise of the catalogue says it.</summary>
    public string? PromisedWhere { get; set; }

    public string? PromisedAddress { get; set; }

    public required Department Owner { get; set; }

    public DateTimeOffset? Due { get; set; }

    public required GapStage Stage { get; set; }

    public required DateTimeOffset MovedAt { get; set; }

    /// <summary>The public reason of a declined gap.</summary>
    public string? Reason { get; set; }

    public required UserId RaisedBy { get; init; }

    public required string RaisedByName { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public int Conversations { get; set; }

    public int People { get; set; }

    /// <summary>Posts grouped under it, and how many of them are negative.</summary>
    public int Mentions { get; set; }

    public int Negative { get; set; }

    /// <summary>Followers of those who spoke.</summary>
    public long Reach { get; set; }

    /// <summary>Posts of the last 14 days when it was counted, and of the 14 days before.</summary>
    public int Lately { get; set; }

    public int Before { get; set; }

    public int OrdersAtRisk { get; set; }

    public int Refunds { get; set; }

    /// <summary>What the board is ranked by; see <see cref="Proposals.GapCost.Total"/>.</summary>
    public int Cost { get; set; }

    public DateTimeOffset CountedAt { get; set; }

    /// <summary>True when somebody spoke since it was counted.</summary>
    public bool IsStale { get; set; }

    /// <summary>The gap that has the same cause, of which this one was found to be a part.</summary>
    public GapId? MergedInto { get; set; }
}

internal sealed class GapConversation
{
    public required GapId GapId { get; init; }

    public required ConversationId ConversationId { get; init; }

    public PersonId? PersonId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class GapMove
{
    public long Position { get; init; }

    public required GapId GapId { get; init; }

    public GapStage? From { get; init; }

    public required GapStage To { get; init; }

    public string? Why { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class OperationsSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Gap>(e =>
        {
            e.ToTable("operations_gaps");
            e.HasKey(g => g.Number);
            e.Property(g => g.Number).ValueGeneratedOnAdd();
            e.Property(g => g.Owner).HasConversion<string>();
            e.Property(g => g.Stage).HasConversion<string>();
            e.HasIndex(g => g.Id).IsUnique();
            e.HasIndex(g => new { g.Stage, g.Cost, g.Number });
            e.HasIndex(g => new { g.Cost, g.Number });
            e.HasIndex(g => new { g.ProductId, g.Stage });
        });
        model.Entity<GapConversation>(e =>
        {
            e.ToTable("operations_gap_conversations");
            e.HasKey(c => new { c.GapId, c.ConversationId });
            e.HasIndex(c => c.ConversationId);
        });
        model.Entity<GapMove>(e =>
        {
            e.ToTable("operations_gap_moves");
            e.HasKey(m => m.Position);
            e.Property(m => m.Position).ValueGeneratedOnAdd();
            e.Property(m => m.From).HasConversion<string>();
            e.Property(m => m.To).HasConversion<string>();
            e.HasIndex(m => new { m.GapId, m.Position });
        });
        GuardSchema.Build(model);
        DelightSchema.Build(model);
        ChangesModule.Build(model);
        CauseSchema.Build(model);
        GapTalkSchema.Build(model);
        TrackerSchema.Build(model);
    }
}
