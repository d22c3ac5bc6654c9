using Hearth.Ideas.Customers;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

internal static class TellingSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<IdeaFollow>(e =>
        {
            e.ToTable("ideas_follows");
            e.HasKey(f => new { f.Idea, f.User });
            e.HasIndex(f => new { f.User, f.At });
        });
        model.Entity<IdeaNews>(e =>
        {
            e.ToTable("ideas_news");
            e.HasKey(n => n.Number);
            e.Property(n => n.Number).ValueGeneratedOnAdd();
            e.Property(n => n.Kind).HasConversion<string>();
            e.Property(n => n.Audience).HasConversion<string>();
            e.Property(n => n.ApprovedDepartment).HasConversion<string>();
            e.HasIndex(n => n.Id).IsUnique();
            e.HasIndex(n => n.Key).IsUnique();
            e.HasIndex(n => new { n.Idea, n.Number });
        });
        model.Entity<IdeaNotice>(e =>
        {
            e.ToTable("ideas_notices");
            e.HasKey(n => n.Number);
            e.Property(n => n.Number).ValueGeneratedOnAdd();
            e.Property(n => n.Kind).HasConversion<string>();
            e.Property(n => n.Because).HasConversion<string>();
            e.Property(n => n.State).HasConversion<string>();
            e.Property(n => n.Why).HasConversion<string>();
            e.HasIndex(n => n.Id).IsUnique();
            e.HasIndex(n => new { n.User, n.Key }).IsUnique();
            e.HasIndex(n => new { n.User, n.Number });
            e.HasIndex(n => new { n.News, n.State });
            e.HasIndex(n => new { n.State, n.News, n.Network, n.Number }).HasFilter("state IS NOT NULL");
            e.HasIndex(n => n.Message).IsUnique();
        });
        model.Entity<IdeaMailWish>(e =>
        {
            e.ToTable("ideas_mail_wishes");
            e.HasKey(w => w.User);
            e.Property(w => w.Every).HasConversion<string>();
            e.HasIndex(w => w.Token).IsUnique();
            e.HasIndex(w => new { w.Every, w.NextAt });
        });
        model.Entity<IdeaDigest>(e =>
        {
            e.ToTable("ideas_digests");
            e.Property(d => d.Id).ValueGeneratedNever();
            e.HasIndex(d => new { d.User, d.At });
        });
        model.Entity<IdeaPerson>(e =>
        {
            e.ToTable("ideas_persons");
            e.HasKey(p => p.Person);
            e.HasIndex(p => p.User);
        });
        model.Entity<IdeaEvidence>(e =>
        {
            e.ToTable("ideas_evidence");
            e.HasKey(v => v.Number);
            e.Property(v => v.Number).ValueGeneratedOnAdd();
            e.Property(v => v.Kind).HasConversion<string>();
            e.HasIndex(v => new { v.Idea, v.Person, v.Kind, v.Mention }).IsUnique();
            e.HasIndex(v => v.Conversation);
            e.HasIndex(v => v.Mention);
            e.HasIndex(v => v.Person);
        });
    }
}
