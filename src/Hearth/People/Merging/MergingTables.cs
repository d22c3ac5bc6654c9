using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Merging;

/// <summary>A question whether two persons are one.</summary>
public readonly record struct ProposalId(Guid Value) : IId<ProposalId>
{
    public static ProposalId New() => new(Ids.New());

    public static ProposalId From(Guid value) => new(value);

    /// <summary>In the order of their making; translated to SQL, so that a list can be walked by it.</summary>
    public static bool operator <(ProposalId left, ProposalId right) => left.Value < right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(ProposalId left, ProposalId right) => left.Value > right.Value;
}

/// <summary>How far a question is.</summary>
public enum ProposalState
{
    /// <summary>Somebody of ours should decide.</summary>
    Open,

    /// <summary>They are one.</summary>
    Accepted,

    /// <summary>They are not; it is not asked again.</summary>
    Refused,
}

/// <summary>What speaks for two accounts being one person's.</summary>
public enum SignKind
{
    /// <summary>A site that the network has verified to be theirs.</summary>
    Site,

    /// <summary>An e-mail address of theirs.</summary>
    Mail,

    /// <summary>Handle and name together.</summary>
    Name,

    /// <summary>It says that another account is theirs: in its profile, or in a post.</summary>
    Points,

    /// <summary>What another account would have to say to point at this one.</summary>
    Is,
}

/// <summary>One thing that an account shows of who it is.</summary>
internal sealed class SignRow
{
    public long Number { get; init; }

    /// <summary>The account's own person, never the one it was merged into.</summary>
    public required PersonId PersonId { get; init; }

    public required SignKind Kind { get; init; }

    /// <summary>What is compared, folded.</summary>
    public required string Key { get; init; }

    /// <summary>For a person: where it stands.</summary>
    public required string Where { get; init; }

    /// <summary>An address to look at; a web page, or a place in the console.</summary>
    public string? Link { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>True until it was compared with the others.</summary>
    public bool IsNew { get; set; } = true;
}

internal sealed class ProposalRow
{
    public required ProposalId Id { get; init; }

    /// <summary>The smaller of the two ids: a pair is asked about once.</summary>
    public required PersonId First { get; init; }

    public required PersonId Second { get; init; }

    public required ProposalState State { get; set; }

    /// <summary>How much speaks for it; the order of the list.</summary>
    public required int Score { get; set; }

    /// <summary>JSON of <see cref="Evidence"/>.</summary>
    public required string Evidence { get; set; }

    public required DateTimeOffset FoundAt { get; init; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public static (PersonId First, PersonId Second) Pair(PersonId a, PersonId b) => a.Value.CompareTo(b.Value) < 0 ? (a, b) : (b, a);
}

internal sealed class MergeRow
{
    public long Number { get; init; }

    public required PersonId Kept { get; init; }

    public required PersonId Joined { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? PartedAt { get; set; }

    public string? PartedBy { get; set; }
}

internal static class MergingSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<SignRow>(e =>
        {
            e.ToTable("people_signs");
            e.HasKey(s => s.Number);
            e.Property(s => s.Number).ValueGeneratedOnAdd();
            e.Property(s => s.Kind).HasConversion<string>();
            e.HasIndex(s => new { s.Key, s.Kind, s.PersonId }).IsUnique();
            e.HasIndex(s => s.PersonId);
            e.HasIndex(s => new { s.IsNew, s.Number });
        });
        model.Entity<ProposalRow>(e =>
        {
            e.ToTable("people_proposals");
            e.Property(p => p.State).HasConversion<string>();
            e.HasIndex(p => new { p.First, p.Second }).IsUnique();
            e.HasIndex(p => p.Second);
            e.HasIndex(p => new { p.State, p.Score, p.Id });
        });
        model.Entity<MergeRow>(e =>
        {
            e.ToTable("people_merges");
            e.HasKey(m => m.Number);
            e.Property(m => m.Number).ValueGeneratedOnAdd();
            e.HasIndex(m => m.Kept);
            e.HasIndex(m => m.Joined);
        });
    }
}
