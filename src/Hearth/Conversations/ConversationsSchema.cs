using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

internal sealed class ConversationsSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Conversation>(e =>
        {
            e.ToTable("conversations_conversations");
            e.HasKey(c => c.Number);
            e.Property(c => c.Number).ValueGeneratedOnAdd();
            e.HasIndex(c => c.Id).IsUnique();
            e.Property(c => c.Status).HasConversion<string>();
            e.Property(c => c.Department).HasConversion<string>();
            e.Property(c => c.Priority).HasDefaultValue(ConversationPriority.None);
            e.Property(c => c.Standing).HasConversion<string>().HasDefaultValue(Standing.Normal);
            e.HasIndex(c => c.Key).IsUnique();
            e.HasIndex(c => new { c.Network, c.ThreadKey });
            e.Property(c => c.Drawer).HasComputedColumnSql(Tallies.DrawerSql, stored: true);

            // Every list is a walk along one of these, drawer by drawer; see ListConversations.
            e.HasIndex(c => new { c.Drawer, c.LastAt, c.Number });
            e.HasIndex(c => new { c.Assignee, c.Drawer, c.LastAt, c.Number });
            e.HasIndex(c => new { c.PersonId, c.Drawer, c.LastAt, c.Number });
            e.HasIndex(c => new { c.Department, c.Drawer, c.LastAt, c.Number });
            e.HasIndex(c => new { c.Priority, c.Drawer, c.LastAt, c.Number });
            e.HasIndex(c => new { c.Network, c.Drawer, c.LastAt, c.Number });
        });
        model.Entity<Entry>(e =>
        {
            e.ToTable("conversations_entries");
            e.HasKey(x => x.Position);
            e.Property(x => x.Position).ValueGeneratedOnAdd();
            e.Property(x => x.Kind).HasConversion<string>();
            e.HasIndex(x => new { x.ConversationId, x.At, x.Position });
            e.HasIndex(x => new { x.MentionId, x.ConversationId }).IsUnique();
            e.HasIndex(x => x.MessageId).IsUnique();
            e.HasIndex(x => x.ExternalId);
            e.HasIndex(x => x.Position, "ix_conversations_entries_moved").HasFilter("home IS NOT NULL"); // see WalkMatches
        });
        model.Entity<LabelRow>(e =>
        {
            e.ToTable("conversations_labels");
            e.HasKey(l => new { l.ConversationId, l.Label });
            e.Property(l => l.Drawer).HasDefaultValue(Drawer.Open);
            e.Property(l => l.LastAt).HasDefaultValue(DateTimeOffset.UnixEpoch);
            e.Property(l => l.Number).HasDefaultValue(0L).ValueGeneratedNever();
            e.HasIndex(l => new { l.Label, l.Drawer, l.LastAt, l.Number });
        });
        Steps(model);
    }

    private static void Steps(ModelBuilder model)
    {
        model.Entity<Conversation>().HasIndex(c => c.MergedInto);
        model.Entity<MergerRow>(e =>
        {
            e.ToTable("conversations_mergers");
            e.Property(m => m.Kind).HasConversion<string>();
            e.HasIndex(m => m.Into);
            e.HasIndex(m => m.From);
        });
        model.Entity<SplitEntry>(e =>
        {
            e.ToTable("conversations_split_entries");
            e.HasKey(s => new { s.Split, s.Position });
        });
        model.Entity<OwnStatus>(e =>
        {
            e.ToTable("conversations_own_status");
            e.HasKey(o => o.ConversationId);
            e.Property(o => o.Status).HasConversion<string>();
        });
        model.Entity<StepRow>(e =>
        {
            e.ToTable("conversations_steps");
            e.HasKey(s => s.Number);
            e.Property(s => s.Kind).HasConversion<string>();
            e.HasIndex(s => s.Batch);
            e.HasIndex(s => new { s.ConversationId, s.Number });
            e.HasIndex(s => s.At);
        });
        model.Entity<BlockRow>(e =>
        {
            e.ToTable("conversations_blocks");
            e.HasKey(b => b.PersonId);
        });
        model.Entity<NamedRow>(e =>
        {
            e.ToTable("conversations_named");
            e.HasKey(n => new { n.User, n.ConversationId });
            e.HasIndex(n => n.ConversationId);
        });
        model.Entity<SavedFilter>(e =>
        {
            e.ToTable("conversations_filters");
            e.HasKey(f => f.Id);
            e.HasIndex(f => f.Owner);
        });
        model.Entity<TallyRow>(e =>
        {
            e.ToTable("conversations_tallies");
            e.HasKey(t => t.Number);
            e.Property(t => t.Department).HasConversion<string>();
        });
        model.Entity<LabelTally>(e =>
        {
            e.ToTable("conversations_label_tallies");
            e.HasKey(t => t.Number);
        });
    }

    public IEnumerable<string> Objects(DatabaseKind kind) => [.. ConversationSearch.Objects(kind), .. Tallies.Objects(kind)];
}
