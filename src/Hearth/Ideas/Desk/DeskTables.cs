using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>Somebody of the brand who answers for a category.</summary>
internal sealed class IdeaPartner
{
    public required string Category { get; init; }
    public required UserId User { get; init; }
    public required DateTimeOffset Since { get; init; }
}

/// <summary>What the brand thinks an idea costs and brings.</summary>
internal sealed class IdeaEstimate
{
    public required IdeaId Idea { get; init; }

    /// <summary>1 (a day) to 5 (a year).</summary>
    public required int Effort { get; set; }

    /// <summary>1 (few notice) to 5 (everybody is glad).</summary>
    public required int Impact { get; set; }

    public required string Note { get; set; }
    public required UserId By { get; set; }
    public required string ByName { get; set; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>An idea that the council is to decide on.</summary>
internal sealed class AgendaItem
{
    public required IdeaId Idea { get; init; }
    public required int Place { get; set; }

    /// <summary>What is to be decided.</summary>
    public required string Question { get; set; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal static class DeskTables
{
    extension(Database db)
    {
        internal DbSet<IdeaPartner> IdeaPartners => db.Set<IdeaPartner>();
        internal DbSet<IdeaEstimate> IdeaEstimates => db.Set<IdeaEstimate>();
        internal DbSet<AgendaItem> IdeaAgenda => db.Set<AgendaItem>();
    }

    internal static void Build(ModelBuilder model)
    {
        model.Entity<IdeaPartner>(e =>
        {
            e.ToTable("ideas_partners");
            e.HasKey(p => new { p.Category, p.User });
            e.HasIndex(p => p.User);
        });
        model.Entity<IdeaEstimate>(e =>
        {
            e.ToTable("ideas_estimates");
            e.HasKey(s => s.Idea);
            e.HasIndex(s => new { s.Impact, s.Effort });
        });
        model.Entity<AgendaItem>(e =>
        {
            e.ToTable("ideas_agenda");
            e.HasKey(a => a.Idea);
            e.HasIndex(a => a.Place);
        });
    }
}
