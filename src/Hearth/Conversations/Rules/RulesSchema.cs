using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

internal sealed class RulesSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<RuleRow>(e =>
        {
            e.ToTable("conversations_rules");
            e.HasKey(r => r.Number);
            e.Property(r => r.Number).ValueGeneratedOnAdd();
            e.HasIndex(r => new { r.Place, r.Number });
        });
        model.Entity<RuleVersionRow>(e =>
        {
            e.ToTable("conversations_rule_versions");
            e.HasKey(v => new { v.Rule, v.Version });
        });
        model.Entity<RuleFiring>(e =>
        {
            e.ToTable("conversations_rule_firings");
            e.HasKey(f => f.Position);
            e.Property(f => f.Position).ValueGeneratedOnAdd();
            e.Property(f => f.Moment).HasConversion<string>();
            e.HasIndex(f => new { f.Rule, f.Conversation, f.Occasion }).IsUnique();
            e.HasIndex(f => new { f.Rule, f.Position });
            e.HasIndex(f => new { f.Rule, f.At });
            e.HasIndex(f => new { f.Conversation, f.Position });
        });
        model.Entity<RuleWait>(e =>
        {
            e.ToTable("conversations_rule_waits");
            e.HasKey(w => new { w.Rule, w.Conversation });
            e.HasIndex(w => w.Due);
            e.HasIndex(w => w.Conversation);
        });
        model.Entity<Agent>(e =>
        {
            e.ToTable("conversations_agents");
            e.HasKey(a => a.User);
        });
        model.Entity<DeskRow>(e =>
        {
            e.ToTable("conversations_desks");
            e.HasKey(d => d.Department);
            e.Property(d => d.Department).HasConversion<string>();
            e.Property(d => d.Way).HasConversion<string>();
        });
        model.Entity<Queued>(e =>
        {
            e.ToTable("conversations_queue");
            e.HasKey(q => q.Conversation);
            e.Property(q => q.Department).HasConversion<string>();
            e.HasIndex(q => new { q.Department, q.Since });
        });
    }
}
