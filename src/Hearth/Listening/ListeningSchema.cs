using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

internal sealed class ListeningSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<SourceRow>(e =>
        {
            e.ToTable("listening_sources");
            e.HasIndex(s => s.Name).IsUnique();
            e.HasIndex(s => new { s.State, s.NextTry });
        });
        model.Entity<MentionRow>(e =>
        {
            e.ToTable("listening_mentions");
            e.HasKey(m => m.Number);
            e.Property(m => m.Number).ValueGeneratedOnAdd();
            e.HasIndex(m => m.Id).IsUnique();
            e.HasIndex(m => new { m.Source, m.ExternalId }).IsUnique();
            e.HasIndex(m => new { m.At, m.Number });
            e.HasIndex(m => new { m.Day, m.Sentiment });
            e.HasIndex(m => new { m.ThreadKey, m.At });
            e.HasIndex(m => new { m.AuthorHandle, m.At });
            e.HasIndex(m => m.Person);
        });
        model.Entity<TombstoneRow>(e =>
        {
            e.ToTable("listening_tombstones");
            e.HasKey(t => new { t.Source, t.ExternalId });
            e.HasIndex(t => t.At);
        });
        model.Entity<MentionTopic>(e =>
        {
            e.ToTable("listening_mention_topics");
            e.HasKey(t => new { t.Mention, t.Topic });
            e.HasIndex(t => new { t.Topic, t.At, t.Mention });
        });
        model.Entity<MentionQuery>(e =>
        {
            e.ToTable("listening_mention_queries");
            e.HasKey(q => new { q.Mention, q.Query });
            e.HasIndex(q => new { q.Query, q.At, q.Mention });
        });
        model.Entity<QueryRow>(e =>
        {
            e.ToTable("listening_queries");
            e.HasIndex(q => q.Name).IsUnique();
        });
        model.Entity<CorrectionRow>(e =>
        {
            e.ToTable("listening_corrections");
            e.HasIndex(c => new { c.Mention, c.At });
        });
        AlertSchema.Build(model);
    }

    public IEnumerable<string> Objects(DatabaseKind kind) => MentionSearch.Objects(kind);
}
