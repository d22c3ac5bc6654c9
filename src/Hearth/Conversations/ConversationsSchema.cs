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
            e.HasIndex(c => c.Key).IsUnique();
            e.HasIndex(c => new { c.Network, c.ThreadKey });
            e.HasIndex(c => c.PersonId);
            e.HasIndex(c => new { c.LastAt, c.Number });
            e.HasIndex(c => new { c.Status, c.LastAt, c.Number });
            e.HasIndex(c => new { c.Assignee, c.Status, c.LastAt, c.Number });
            e.HasIndex(c => new { c.Department, c.Status, c.LastAt, c.Number });
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
        });
        model.Entity<LabelRow>(e =>
        {
            e.ToTable("conversations_labels");
            e.HasKey(l => new { l.ConversationId, l.Label });
            e.HasIndex(l => new { l.Label, l.ConversationId });
        });
    }

    public IEnumerable<string> Objects(DatabaseKind kind) => ConversationSearch.Objects(kind);
}
