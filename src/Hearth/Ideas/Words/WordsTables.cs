using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Words;

/// <summary>What an idea or a comment said before it was changed. Open to everybody.</summary>
internal sealed class IdeaText
{
    public long Number { get; private set; }
    public required IdeaId Idea { get; init; }

    /// <summary>Null for the idea itself.</summary>
    public required IdeaCommentId? Comment { get; init; }

    /// <summary>Which version this was, from 0.</summary>
    public required int Version { get; init; }

    public required string? Title { get; init; }
    public required string Body { get; init; }

    /// <summary>When this version was written.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Somebody who is named in a comment by @.</summary>
internal sealed class IdeaNamed
{
    public required IdeaCommentId Comment { get; init; }
    public required UserId User { get; init; }
    public required IdeaId Idea { get; init; }

    /// <summary>As written after the @.</summary>
    public required string Name { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A picture of an idea; while <see cref="Idea"/> is null it waits for the idea to be posted.</summary>
internal sealed class IdeaImage
{
    public required IdeaImageId Id { get; init; }
    public IdeaId? Idea { get; init; }
    public required UserId Owner { get; init; }
    public required DateTimeOffset At { get; init; }
    public int Place { get; init; }
    public required string Alt { get; init; }
    public required string MediaType { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required byte[] Bytes { get; init; }

    /// <summary>True while a moderator has taken it down.</summary>
    public bool Down { get; private set; }
}

/// <summary>A product that an idea is about.</summary>
internal sealed class IdeaProduct
{
    public required IdeaId Idea { get; init; }
    public required ProductId Product { get; init; }
}

internal static class WordsTables
{
    extension(Database db)
    {
        internal DbSet<IdeaText> IdeaTexts => db.Set<IdeaText>();
        internal DbSet<IdeaNamed> IdeaNamed => db.Set<IdeaNamed>();
        internal DbSet<IdeaImage> IdeaImages => db.Set<IdeaImage>();
        internal DbSet<IdeaProduct> IdeaProducts => db.Set<IdeaProduct>();
    }

    internal static void Build(ModelBuilder model)
    {
        model.Entity<IdeaText>(e =>
        {
            e.ToTable("ideas_texts");
            e.HasKey(t => t.Number);
            e.HasIndex(t => new { t.Comment, t.Version });
            e.HasIndex(t => new { t.Idea, t.Version });
        });
        model.Entity<IdeaNamed>(e =>
        {
            e.ToTable("ideas_named");
            e.HasKey(n => new { n.Comment, n.User });
        });
        model.Entity<IdeaImage>(e =>
        {
            e.ToTable("ideas_images");
            e.HasIndex(i => new { i.Idea, i.Place });
            e.HasIndex(i => new { i.Owner, i.At });
        });
        model.Entity<IdeaProduct>(e =>
        {
            e.ToTable("ideas_products");
            e.HasKey(p => new { p.Idea, p.Product });
            e.HasIndex(p => p.Product);
        });
    }
}
