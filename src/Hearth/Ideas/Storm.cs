using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

public readonly record struct StormId(Guid Value) : IId<StormId>
{
    public static StormId New() => new(Ids.New());

    public static StormId From(Guid value) => new(value);
}

/// <summary>A question from the brand, open for a while.</summary>
internal sealed class Storm
{
    public long Number { get; private set; }
    public required StormId Id { get; init; }
    public required string Question { get; set; }
    public required string Body { get; set; }

    /// <summary>The shelf that its ideas stand on.</summary>
    public required string Category { get; init; }
    public required DateTimeOffset OpensAt { get; set; }

    /// <summary>From here on it takes no more ideas; the summary may come later.</summary>
    public required DateTimeOffset ClosesAt { get; set; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required Department? Department { get; init; }

    public DateTimeOffset? SummedUpAt { get; set; }
    public string? Summary { get; set; }
    public string? SummaryBy { get; set; }
}

/// <summary>One thing that will be done after a storm.</summary>
internal sealed class StormPromise
{
    public required StormId Storm { get; init; }

    /// <summary>From 1, in the order they were written.</summary>
    public required int Place { get; init; }

    /// <summary>What will be done.</summary>
    public required string What { get; init; }

    /// <summary>The idea of the storm that it comes from, if one.</summary>
    public required IdeaId? Idea { get; init; }
}

/// <summary>Somebody whose ideas or votes came with an import: a name, and no account.</summary>
internal sealed class ImportedPerson
{
    /// <summary>Made of source and key, so that importing again finds the same person.</summary>
    public required UserId User { get; init; }

    /// <summary>What was imported: "fider", "canny", or the name given.</summary>
    public required string Source { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }
}

internal static class StormTables
{
    extension(Database db)
    {
        internal DbSet<Storm> Storms => db.Set<Storm>();
        internal DbSet<StormPromise> StormPromises => db.Set<StormPromise>();
        internal DbSet<ImportedPerson> ImportedPersons => db.Set<ImportedPerson>();
    }

    internal static void Build(ModelBuilder model)
    {
        model.Entity<Storm>(e =>
        {
            e.ToTable("ideas_storms");
            e.HasKey(s => s.Number);
            e.HasIndex(s => s.Id).IsUnique();
            e.HasIndex(s => new { s.ClosesAt, s.Number });
        });
        model.Entity<StormPromise>(e =>
        {
            e.ToTable("ideas_storm_promises");
            e.HasKey(p => new { p.Storm, p.Place });
        });
        model.Entity<ImportedPerson>(e =>
        {
            e.ToTable("ideas_imported_people");
            e.HasKey(p => p.User);
            e.Property(p => p.User).ValueGeneratedNever();
        });
    }
}
