using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

internal sealed class PublishingSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Message>(e =>
        {
            e.ToTable("publishing_messages");
            e.Ignore(m => m.Text);
            e.HasIndex(m => new { m.Status, m.Id });
            e.HasIndex(m => new { m.About, m.Id });
            e.HasIndex(m => m.ExternalId);
            e.HasIndex(m => new { m.Account, m.Key }).IsUnique();
            e.HasIndex(m => new { m.ThreadOf, m.Part });
            e.HasIndex(m => new { m.Status, m.ReceiptsDue });
            e.HasIndex(m => new { m.Author, m.Status });
            e.HasIndex(m => new { m.Account, m.SameWords });
            e.HasIndex(m => m.DueAt);
            e.HasIndex(m => m.SentAt);
            e.Property(m => m.Part).HasDefaultValue(1);
            e.Property(m => m.Parts).HasDefaultValue(1);
            e.Property(m => m.PolicyVersion).HasDefaultValue(0);
            e.Property(m => m.Likes).HasDefaultValue(0);
            e.Property(m => m.Reshares).HasDefaultValue(0);
            e.Property(m => m.Replies).HasDefaultValue(0);
        });
        model.Entity<DisclosureRow>(e =>
        {
            e.ToTable("publishing_disclosure");
            e.Property(d => d.Id).ValueGeneratedNever();
        });
        model.Entity<PictureRow>(e =>
        {
            e.ToTable("publishing_pictures");
            e.HasIndex(p => new { p.MessageId, p.Position });
            e.HasIndex(p => p.At);
        });
        model.Entity<DecisionRow>(e =>
        {
            e.ToTable("publishing_decisions");
            e.HasKey(d => d.Number);
            e.Property(d => d.Number).ValueGeneratedOnAdd();
            e.Property(d => d.What).HasConversion<string>();
            e.HasIndex(d => new { d.MessageId, d.Number });
        });
        model.Entity<PolicyRow>(e =>
        {
            e.ToTable("publishing_policies");
            e.HasKey(p => p.Version);
            e.Property(p => p.Version).ValueGeneratedNever();
        });
        model.Entity<SlotRow>(e =>
        {
            e.ToTable("publishing_slots");
            e.HasKey(s => s.Account);
        });
        model.Entity<PointsRow>(e =>
        {
            e.ToTable("publishing_points");
            e.HasKey(p => new { p.Account, p.Minute });
        });
    }
}
