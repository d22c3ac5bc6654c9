using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

internal static class ShopSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<Shop>(e =>
        {
            e.ToTable("outlet_shops");
            e.Property(s => s.Name).HasMaxLength(Shop.MaxName);
            e.Property(s => s.Prefix).HasMaxLength(Shop.MaxPrefix);
            e.Property(s => s.Trouble).HasMaxLength(Shop.MaxTrouble);
        });
        model.Entity<ShopOrderRow>(e =>
        {
            e.ToTable("outlet_shop_orders");
            e.HasKey(o => new { o.Shop, o.Key });
            e.HasOne<Shop>().WithMany().HasForeignKey(o => o.Shop);
        });
        model.Entity<WaitingRefund>(e =>
        {
            e.ToTable("outlet_waiting_refunds");
            e.HasKey(w => new { w.Shop, w.Key, w.Refund });
            e.HasOne<Shop>().WithMany().HasForeignKey(w => w.Shop);
        });
        model.Entity<PixelSite>(e =>
        {
            e.ToTable("outlet_pixel_sites");
            e.Property(s => s.Origin).HasMaxLength(PixelSite.MaxOrigin);
            e.Property(s => s.Prefix).HasMaxLength(Shop.MaxPrefix);
            e.HasIndex(s => s.Key).IsUnique();
        });
        model.Entity<ShopDelivery>(e =>
        {
            e.ToTable("outlet_shop_deliveries");
            e.HasKey(d => new { d.Shop, d.Hash });
            e.HasIndex(d => new { d.Shop, d.At });
            e.HasOne<Shop>().WithMany().HasForeignKey(d => d.Shop);
        });
    }
}
