using Microsoft.EntityFrameworkCore;

namespace Hearth.Platform;

internal sealed class PlatformSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<FactRow>(e =>
        {
            e.ToTable("platform_facts");
            e.HasKey(f => f.Position);
            e.Property(f => f.Position).ValueGeneratedOnAdd();
            e.HasIndex(f => f.Id).IsUnique();
            e.HasIndex(f => new { f.Partition, f.Position });
            e.HasIndex(f => new { f.Subject, f.Position });
        });
        model.Entity<FactCursor>(e =>
        {
            e.ToTable("platform_fact_cursors");
            e.HasKey(c => new { c.Subscriber, c.Partition });
        });
        model.Entity<ParkedFact>(e =>
        {
            e.ToTable("platform_parked_facts");
            e.HasKey(p => new { p.Subscriber, p.Position });
        });
        model.Entity<ProtectionKey>(e => e.ToTable("platform_protection_keys"));
        model.Entity<JobRow>(e =>
        {
            e.ToTable("platform_jobs");
            e.HasIndex(j => j.Key).IsUnique();
            e.HasIndex(j => new { j.State, j.Due });
        });
    }
}
