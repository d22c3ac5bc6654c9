using Hearth.Governance;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.FireGuard;

/// <summary>The rule as it stands; one row, none while nobody has changed it.</summary>
internal sealed class GuardRuleRow
{
    public int Id { get; init; } = 1;

    public required double Threshold { get; set; }

    public required UserId By { get; set; }

    public required string ByName { get; set; }

    public required string Why { get; set; }

    public required DateTimeOffset At { get; set; }
}

/// <summary>Somebody took it on themselves to let something go out in spite of a gap.</summary>
internal sealed class GuardOverrideRow
{
    /// <summary>What goes out ("offer:0198...").</summary>
    public required string Subject { get; init; }

    public required GapId Gap { get; init; }

    /// <summary>The gap's heat then.</summary>
    public required double Heat { get; init; }

    public required string Title { get; init; }

    public required string Why { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal static class GuardSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<GuardRuleRow>(e =>
        {
            e.ToTable("operations_guard_rule");
            e.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<GuardOverrideRow>(e =>
        {
            e.ToTable("operations_guard_overrides");
            e.HasKey(o => new { o.Subject, o.Gap });
            e.HasIndex(o => o.At);
        });
    }
}
