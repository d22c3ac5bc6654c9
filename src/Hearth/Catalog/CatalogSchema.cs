using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Catalog;

internal sealed class Product
{
    public required ProductId Id { get; init; }

    public string? Sku { get; set; }

    public required string Name { get; set; }

    /// <summary>Other words and phrases that name it, one per line.</summary>
    public required string Words { get; set; }

    public bool Retired { get; set; }
}

internal sealed class JudgedAttribute
{
    public required string Key { get; init; }

    public required string Name { get; set; }

    public bool Retired { get; set; }
}

internal sealed class Promise
{
    public required PromiseId Id { get; init; }

    public required string Text { get; set; }

    public required PromisePlace Place { get; set; }

    public string? Address { get; set; }

    public ProductId? ProductId { get; set; }

    public string? AttributeKey { get; set; }

    /// <summary>Null for everybody.</summary>
    public string? ForWhom { get; set; }

    public DateTimeOffset? From { get; set; }

    public DateTimeOffset? Until { get; set; }
}

internal sealed class CatalogSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Product>(e =>
        {
            e.ToTable("catalog_products");
            e.HasIndex(p => p.Sku).IsUnique();
            e.HasIndex(p => p.Name);
        });
        model.Entity<JudgedAttribute>(e =>
        {
            e.ToTable("catalog_attributes");
            e.HasKey(a => a.Key);
        });
        model.Entity<Promise>(e =>
        {
            e.ToTable("catalog_promises");
            e.Property(p => p.Place).HasConversion<string>();
            e.HasIndex(p => new { p.ProductId, p.AttributeKey });
        });
    }

    // The starting set. An attribute is retired and never deleted, so what people changed stays as they left it.
    public IEnumerable<string> Objects(DatabaseKind kind) => StartingAttributes.All.Select(a =>
        $"INSERT INTO catalog_attributes (key, name, retired) VALUES ('{a.Key}', '{a.Name}', {(kind == DatabaseKind.Sqlite ? "0" : "false")}) ON CONFLICT DO NOTHING");
}
