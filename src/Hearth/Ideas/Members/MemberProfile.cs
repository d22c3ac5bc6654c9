using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

/// <summary>The public page of a member who wants one: there is a row only while they do, and it shows only what they chose.</summary>
internal sealed class MemberProfile
{
    /// <summary>Rises with every profile: who was first stands first among equals.</summary>
    public long Number { get; private set; }
    public required UserId User { get; init; }
    public string? About { get; set; }
    public string? Link { get; set; }
    public bool ShowIdeas { get; set; }
    public bool ShowComments { get; set; }
    public bool ShowVotes { get; set; }
    public bool OnLeaderboard { get; set; }
    public required DateTimeOffset Since { get; init; }

    // What became of the member's ideas, kept for the leaderboard; see MemberStanding.
    public int Points { get; private set; }
    public int Implemented { get; private set; }
    public int Partly { get; private set; }
    public int Planned { get; private set; }
    public int Contributed { get; private set; }
}

internal static class MembersTables
{
    extension(Database db)
    {
        internal DbSet<MemberProfile> MemberProfiles => db.Set<MemberProfile>();
    }

    public static void Build(ModelBuilder model) => model.Entity<MemberProfile>(e =>
    {
        e.ToTable("ideas_profiles");
        e.HasKey(p => p.Number);
        e.HasIndex(p => p.User).IsUnique();
        e.HasIndex(p => new { p.OnLeaderboard, p.Points, p.Number });
    });
}
