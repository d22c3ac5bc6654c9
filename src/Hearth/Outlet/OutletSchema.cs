using Hearth.Outlet.Actors;
using Hearth.Outlet.Audiences;
using Hearth.Outlet.Digests;
using Hearth.Outlet.Photos;
using Hearth.Outlet.Rules;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

internal sealed class OutletSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        Stock(model);
        Offers(model);
        Orders(model);
        Shares(model);
        Posts(model);
        ShopSchema.Build(model);
        DigestSchema.Build(model);
        OutletActorSchema.Build(model);
    }

    private static void Stock(ModelBuilder model)
    {
        model.Entity<StockItem>(e =>
        {
            e.ToTable("outlet_stock_items", t => t.HasCheckConstraint("ck_outlet_stock_items_balance", "on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand"));
            e.Property(s => s.Sku).HasMaxLength(StockItem.MaxSku);
            e.Property(s => s.Title).HasMaxLength(StockItem.MaxTitle);
            e.Property(s => s.Location).HasMaxLength(StockItem.MaxLocation);
            e.HasIndex(s => s.Sku).IsUnique();
        });
        model.Entity<StockPicture>(e =>
        {
            e.ToTable("outlet_stock_pictures");
            e.Property(p => p.Alt).HasMaxLength(StockPictures.MaxAlt);
            e.HasIndex(p => new { p.Item, p.Source }).IsUnique();
            e.HasOne<StockItem>().WithMany().HasForeignKey(p => p.Item);
        });
        model.Entity<StockEvent>(e =>
        {
            e.ToTable("outlet_stock_events");
            e.HasKey(s => new { s.Item, s.Sequence });
            e.HasIndex(s => s.Item).HasFilter("waits").HasDatabaseName("ix_outlet_stock_events_waits");
            e.HasOne<StockItem>().WithMany().HasForeignKey(s => s.Item);
        });
        model.Entity<StockMovement>(e =>
        {
            e.ToTable("outlet_stock_movements");
            e.HasIndex(m => new { m.Item, m.At });
            e.HasOne<StockItem>().WithMany().HasForeignKey(m => m.Item);
        });
    }

    private static void Offers(ModelBuilder model)
    {
        model.Entity<Offer>(e =>
        {
            e.ToTable("outlet_offers", t => t.HasCheckConstraint("ck_outlet_offers_units",
                "\"left\" >= 0 AND held >= 0 AND claimed >= 0 AND redeemed >= 0 AND returned >= 0 AND \"left\" + held + claimed + redeemed + returned = units"));
            e.Property(o => o.Title).HasMaxLength(Offer.MaxTitle);
            e.Property(o => o.Text).HasMaxLength(Offer.MaxText);
            e.Property(o => o.PauseReason).HasMaxLength(EndOffer.MaxReason);
            e.HasIndex(o => o.Slug).IsUnique();
            e.HasIndex(o => o.Link).IsUnique();
            e.HasIndex(o => new { o.CreatedAt, o.Slug });
            e.HasIndex(o => new { o.Stage, o.Closes });
            e.HasIndex(o => o.Item);
            e.HasIndex(o => new { o.Rule, o.CreatedAt });
            e.HasIndex(o => o.Segment);
            e.HasOne<StockItem>().WithMany().HasForeignKey(o => o.Item);
            e.HasMany(o => o.Also).WithOne().HasForeignKey(p => p.Offer);
            e.Navigation(o => o.Also).AutoInclude();
            e.Ignore(o => o.Parts);
            e.Ignore(o => o.Skus);
        });
        model.Entity<OfferPart>(e =>
        {
            e.ToTable("outlet_offer_parts", t => t.HasCheckConstraint("ck_outlet_offer_parts_quantity", $"quantity BETWEEN 1 AND {OfferPart.MaxQuantity}"));
            e.HasKey(p => new { p.Offer, p.Item });
            e.HasIndex(p => p.Item);
            e.HasOne<StockItem>().WithMany().HasForeignKey(p => p.Item);
        });
        model.Entity<Segment>(e =>
        {
            e.ToTable("outlet_segments");
            e.Property(s => s.Name).HasMaxLength(SegmentDraft.MaxName);
            e.HasIndex(s => s.Name).IsUnique();
        });
        model.Entity<StockRule>(e => e.ToTable("outlet_stock_rules"));
        model.Entity<PostCorrection>(e =>
        {
            e.ToTable("outlet_post_corrections");
            e.HasKey(c => c.Message);
            e.HasIndex(c => c.Offer);
        });
        model.Entity<Claim>(e =>
        {
            e.ToTable("outlet_claims");
            e.HasIndex(c => c.Code).IsUnique();
            e.HasIndex(c => new { c.Offer, c.Visitor });
            e.HasIndex(c => new { c.Offer, c.Contact });
            e.HasIndex(c => c.Visitor);
            e.HasIndex(c => c.Contact).HasFilter($"state = {(int)ClaimState.Redeemed}");
            e.HasIndex(c => new { c.State, c.Until });
        });
        model.Entity<Waiting>(e =>
        {
            e.ToTable("outlet_waiting");
            e.HasIndex(w => new { w.Offer, w.Contact }).IsUnique();
            e.HasIndex(w => w.Contact);
        });
        model.Entity<Click>(e =>
        {
            e.ToTable("outlet_clicks");
            e.HasIndex(c => new { c.Offer, c.At });
            e.HasIndex(c => new { c.Visitor, c.At });
        });
    }

    private static void Orders(ModelBuilder model)
    {
        model.Entity<Order>(e =>
        {
            e.ToTable("outlet_orders");
            e.Property(o => o.Number).HasMaxLength(Order.MaxNumber);
            e.HasIndex(o => o.Number).IsUnique();
            e.HasIndex(o => new { o.PlacedAt, o.Number });
            e.HasIndex(o => o.Visitor);
            e.HasIndex(o => o.Click);
            e.HasIndex(o => o.Code);
        });
        model.Entity<OrderLine>(e =>
        {
            e.ToTable("outlet_order_lines", t => t.HasCheckConstraint("ck_outlet_order_lines_refunded", "refunded_minor >= 0 AND refunded_minor <= amount_minor"));
            e.HasKey(l => new { l.Order, l.Line });
            e.HasOne<Order>().WithMany().HasForeignKey(l => l.Order);
        });
        model.Entity<OrderRefund>(e =>
        {
            e.ToTable("outlet_order_refunds");
            e.HasKey(r => new { r.Order, r.Refund, r.Line });
        });
    }

    private static void Posts(ModelBuilder model)
    {
        model.Entity<PostLink>(e =>
        {
            e.ToTable("outlet_post_links");
            e.HasKey(l => l.Slug);
            e.Property(l => l.Slug).HasMaxLength(ShareLink.MaxSlug);
            e.HasIndex(l => l.Message).IsUnique();
        });
        model.Entity<UtmPolicyRow>(e =>
        {
            e.ToTable("outlet_utm_policies");
            e.HasKey(p => p.Version);
            e.Property(p => p.Version).ValueGeneratedNever();
        });
    }

    private static void Shares(ModelBuilder model) => model.Entity<ShareLink>(e =>
    {
        e.ToTable("outlet_share_links");
        e.HasKey(s => s.Slug);
        e.Property(s => s.Slug).HasMaxLength(ShareLink.MaxSlug);
        e.HasIndex(s => new { s.Offer, s.Visitor }).IsUnique();
        e.HasIndex(s => s.Visitor);
    });
}
