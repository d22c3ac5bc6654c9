using Hearth.Conversations.Writing;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Live;

/// <summary>What keeps two from answering the same, and what helps them write.</summary>
internal sealed class LiveSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<PresenceRow>(e =>
        {
            e.ToTable("conversations_presence");
            e.HasKey(p => new { p.ConversationId, p.UserId });
            e.HasIndex(p => p.SeenAt);
        });
        model.Entity<DraftRow>(e =>
        {
            e.ToTable("conversations_drafts");
            e.HasKey(d => new { d.ConversationId, d.UserId });
            e.HasIndex(d => new { d.UserId, d.At });
        });
        model.Entity<SavedReplyRow>(e =>
        {
            e.ToTable("conversations_saved_replies");
            e.HasIndex(r => r.TitleKey).IsUnique();
        });
        model.Entity<MacroRow>(e =>
        {
            e.ToTable("conversations_macros");
            e.HasIndex(m => m.NameKey).IsUnique();
        });
    }

    // The queue in the order in which it is taken, nothing else in it: the first row is the next one, however long the inbox is.
    public IEnumerable<string> Objects(DatabaseKind kind) =>
    [
        "CREATE INDEX IF NOT EXISTS ix_conversations_next ON conversations_conversations (priority DESC, coalesce(due_at, 9223372036854775807), last_at, number) WHERE assignee IS NULL AND status = 'Open' AND standing = 'Normal'",
    ];
}
