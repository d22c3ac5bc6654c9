using Hearth.Governance;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Delight;

public readonly record struct DelightId(Guid Value) : IId<DelightId>
{
    public static DelightId New() => new(Ids.New());

    public static DelightId From(Guid value) => new(value);
}

/// <summary>What somebody is surprised with.</summary>
public enum Gesture
{
    Upgrade,
    Credit,

    /// <summary>A hand-written note.</summary>
    Note,
}

public enum DelightState
{
    /// <summary>Chance has chosen, somebody has to do it.</summary>
    Waiting,
    Done,

    /// <summary>It could not be done; its money is free again.</summary>
    Dropped,

    /// <summary>Left out by chance, to measure against: nothing is to be done.</summary>
    HeldOut,
}

/// <summary>A small thing that a department does for people, unasked and untold.</summary>
internal sealed class DelightProgram
{
    public long Number { get; init; }

    public required DelightId Id { get; init; }

    public required string Name { get; init; }

    public required Gesture Gesture { get; init; }

    /// <summary>What exactly is done.</summary>
    public required string What { get; init; }

    public required Department Department { get; init; }

    public required string Currency { get; init; }

    /// <summary>All that may be spent, in minor units.</summary>
    public required long Budget { get; init; }

    /// <summary>What one gesture costs.</summary>
    public required long Each { get; init; }

    /// <summary>Spent and promised; never above <see cref="Budget"/>.</summary>
    public long Committed { get; set; }

    /// <summary>People a day at most, both groups together.</summary>
    public required int PerDay { get; init; }

    /// <summary>The share of people left out by chance.</summary>
    public required int HoldOutPercent { get; init; }

    /// <summary>Decides who is left out; 16 hexadecimal digits, drawn when the programme began and never changed.</summary>
    public required string Seed { get; init; }

    /// <summary>Days after the choice in which talk, returns and revenue are counted.</summary>
    public required int Window { get; init; }

    /// <summary>The rule chooses authors of posts with this intent; null when people choose alone.</summary>
    public Intent? RuleIntent { get; init; }

    /// <summary>And about this topic; null for any.</summary>
    public string? RuleTopic { get; init; }

    public bool IsPaused { get; set; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Somebody who was chosen, and what chance made of it.</summary>
internal sealed class DelightCase
{
    public required DelightId Program { get; init; }

    public required PersonId Person { get; init; }

    public required DelightState State { get; set; }

    /// <summary>Who chose them; null when the rule did.</summary>
    public string? ChosenBy { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? DoneBy { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}

internal static class DelightSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<DelightProgram>(e =>
        {
            e.ToTable("operations_delight", t => t.HasCheckConstraint("ck_delight_budget", "committed >= 0 AND committed <= budget"));
            e.HasKey(p => p.Number);
            e.Property(p => p.Number).ValueGeneratedOnAdd();
            e.Property(p => p.Gesture).HasConversion<string>();
            e.Property(p => p.Department).HasConversion<string>();
            e.Property(p => p.RuleIntent).HasConversion<string>();
            e.HasIndex(p => p.Id).IsUnique();
            e.HasIndex(p => p.Name).IsUnique();
        });
        model.Entity<DelightCase>(e =>
        {
            e.ToTable("operations_delight_cases");
            e.HasKey(c => new { c.Program, c.Person });
            e.Property(c => c.State).HasConversion<string>();
            e.HasIndex(c => new { c.Person, c.At });
            e.HasIndex(c => new { c.Program, c.At });
        });
    }
}
