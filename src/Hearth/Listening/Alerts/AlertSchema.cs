using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Alerts;

internal static class AlertSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<AlertRow>(e =>
        {
            e.ToTable("listening_alerts");
            e.HasIndex(a => a.Name).IsUnique();
            e.HasIndex(a => a.Query);
            e.Property(a => a.Kind).HasConversion<string>();
        });
        model.Entity<AlertHit>(e =>
        {
            e.ToTable("listening_alert_hits");
            e.HasKey(h => h.Number);
            e.Property(h => h.Number).ValueGeneratedOnAdd();
            e.HasIndex(h => new { h.Alert, h.Notice, h.At });
            e.HasIndex(h => h.Notice);
        });
        model.Entity<NoticeRow>(e =>
        {
            e.ToTable("listening_notices");
            e.HasKey(n => n.Number);
            e.Property(n => n.Number).ValueGeneratedOnAdd();
            e.HasIndex(n => n.Id).IsUnique();
            e.HasIndex(n => n.At);
            e.HasIndex(n => new { n.Reader, n.Number });
        });
        model.Entity<NoticesSeen>(e =>
        {
            e.ToTable("listening_notices_seen");
            e.HasKey(s => s.User);
        });
        model.Entity<NoticeDelivery>(e =>
        {
            e.ToTable("listening_notice_deliveries");
            e.HasKey(d => new { d.Notice, d.Way, d.To });
            e.Property(d => d.Way).HasConversion<string>();
            e.Property(d => d.State).HasConversion<string>();
        });
    }
}
