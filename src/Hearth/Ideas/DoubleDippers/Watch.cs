using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.DoubleDippers;

public readonly record struct DipperCaseId(Guid Value) : IId<DipperCaseId>
{
    public static DipperCaseId New() => new(Ids.New());

    public static DipperCaseId From(Guid value) => new(value);
}

/// <summary>Where a case of suspected double dipping stands.</summary>
public enum DipperState
{
    /// <summary>The votes are held until a person decides.</summary>
    Waiting,

    /// <summary>A person agreed: the votes stay held.</summary>
    Confirmed,

    /// <summary>A person found them honest: the votes count.</summary>
    Released,
}

/// <summary>What was seen when an account voted on an idea, or posted it. The latest one counts.</summary>
internal sealed class IdeaSignal
{
    public required UserId User { get; init; }
    public required IdeaId Idea { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Salted hashes, 0 for "not seen"; see <see cref="VoteFrom"/>.</summary>
    public required long Device { get; init; }
    public required long Network { get; init; }
    public required long Agent { get; init; }
    public required string? Referrer { get; init; }

    /// <summary>The account posted the idea: its own vote for it, whether it presses the button or not.</summary>
    public required bool Posted { get; init; }
}

/// <summary>What is kept of an account: when it was opened, and whether its address lasts minutes. The address is not.</summary>
internal sealed class IdeaVisitor
{
    public required UserId User { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required bool ThrowAwayMail { get; init; }
}

internal sealed class DipperCase
{
    public long Number { get; private set; }
    public required DipperCaseId Id { get; init; }
    public required Way Way { get; set; }
    public required double Chance { get; set; }

    /// <summary>Sentences, one a line.</summary>
    public required string Signs { get; set; }
    public required DateTimeOffset At { get; init; }
    public DipperState State { get; set; }
    public int Accounts { get; set; }
    public int Votes { get; set; }
    public UserId? By { get; set; }
    public string? ByName { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}

/// <summary>A vote that belongs to a case.</summary>
internal sealed class DipperVote
{
    public required DipperCaseId Case { get; init; }
    public required IdeaId Idea { get; init; }
    public required UserId User { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>The one row that says how the board is watched.</summary>
internal sealed class IdeaWatch
{
    public required int Id { get; init; }

    /// <summary>What hashes are salted with: 32 bytes. A new one makes all that was seen before unlinkable.</summary>
    public required byte[] Salt { get; set; }
    public required bool IsOn { get; set; }
    public required bool Marks { get; set; }
    public required int KeepDays { get; set; }

    /// <summary>Domains of mail boxes that last minutes, one a line.</summary>
    public required string Domains { get; set; }
    public DateTimeOffset? LookedAt { get; set; }
}

internal static class WatchTables
{
    extension(Database db)
    {
        internal DbSet<IdeaSignal> IdeaSignals => db.Set<IdeaSignal>();
        internal DbSet<IdeaVisitor> IdeaVisitors => db.Set<IdeaVisitor>();
        internal DbSet<DipperCase> DipperCases => db.Set<DipperCase>();
        internal DbSet<DipperVote> DipperVotes => db.Set<DipperVote>();
        internal DbSet<IdeaWatch> IdeaWatches => db.Set<IdeaWatch>();
    }

    internal static void Build(ModelBuilder model)
    {
        model.Entity<IdeaSignal>(e =>
        {
            e.ToTable("ideas_signals");
            e.HasKey(s => new { s.User, s.Idea });
            e.HasIndex(s => new { s.Idea, s.At });
            e.HasIndex(s => s.At);
            e.HasIndex(s => new { s.Network, s.User });
        });
        model.Entity<IdeaVisitor>(e =>
        {
            e.ToTable("ideas_visitors");
            e.HasKey(v => v.User);
        });
        model.Entity<DipperCase>(e =>
        {
            e.ToTable("ideas_dipper_cases");
            e.HasKey(c => c.Number);
            e.HasIndex(c => c.Id).IsUnique();
            e.HasIndex(c => new { c.State, c.Number });
        });
        model.Entity<DipperVote>(e =>
        {
            e.ToTable("ideas_dipper_votes");
            e.HasKey(v => new { v.Case, v.Idea, v.User });
            e.HasIndex(v => new { v.User, v.Idea });
        });
        model.Entity<IdeaWatch>(e =>
        {
            e.ToTable("ideas_watch");
            e.Property(w => w.Id).ValueGeneratedNever();
        });
    }
}

/// <summary>Votes are held because they seem not to be honest.</summary>
/// <param name="Case">The case that a person decides.</param>
/// <param name="Way">What drew attention.</param>
/// <param name="Votes">How many votes the case has.</param>
/// <param name="At">When.</param>
public sealed record DippersSuspected(DipperCaseId Case, Way Way, int Votes, DateTimeOffset At) : IFact
{
    public string Subject => "dippers:" + Case.Value;
}

/// <summary>A person decided a case.</summary>
public sealed record DippersDecided(DipperCaseId Case, DipperState State, string Reason, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "dippers:" + Case.Value;
}

/// <summary>How the board is watched was changed.</summary>
public sealed record WatchChanged(bool IsOn, bool Marks, int KeepDays, bool Forgot, string Reason, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "ideas:watch";
}
