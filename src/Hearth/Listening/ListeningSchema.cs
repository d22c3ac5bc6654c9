using Hearth.Listening.Alerts;
using Hearth.Listening.Counting;
using Hearth.Listening.Understanding.Models;
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
            e.HasIndex(m => new { m.At, m.Id });
            e.HasIndex(m => new { m.Source, m.At, m.Id });
            e.HasIndex(m => new { m.Language, m.At, m.Id });
            e.HasIndex(m => new { m.ThreadKey, m.At });
            e.HasIndex(m => new { m.AuthorHandle, m.At, m.Id });
            e.HasIndex(m => new { m.Person, m.At, m.Id });
        });
        model.Entity<TombstoneRow>(e =>
        {
            e.ToTable("listening_tombstones");
            e.HasKey(t => new { t.Source, t.ExternalId });
            e.HasIndex(t => t.At);
        });
        model.Entity<SeriesRow>(e =>
        {
            e.ToTable("listening_series");
            e.HasIndex(s => new { s.Key, s.Dimension }).IsUnique();
        });
        model.Entity<CountRow>(e =>
        {
            e.ToTable("listening_counts");
            e.HasKey(c => c.Number);
            e.HasIndex(c => new { c.Series, c.Level, c.Bucket, c.Negative, c.Neutral, c.Positive }).HasDatabaseName("ix_listening_counts"); // all of it, so that the table itself is not read
        });
        model.Entity<CountStateRow>(e =>
        {
            e.ToTable("listening_count_state");
            e.Property(s => s.Id).ValueGeneratedNever();
        });
        model.Entity<SavedViewRow>(e =>
        {
            e.ToTable("listening_views");
            e.HasIndex(v => v.Slug).IsUnique();
        });
        model.Entity<MentionTopic>(e =>
        {
            e.ToTable("listening_mention_topics");
            e.HasKey(t => new { t.Mention, t.Topic });
            e.HasIndex(t => new { t.Topic, t.At, t.Mention });
        });
        model.Entity<MentionProduct>(e =>
        {
            e.ToTable("listening_mention_products");
            e.HasKey(p => new { p.Mention, p.Product });
            e.HasIndex(p => new { p.Product, p.At, p.Mention });
        });
        model.Entity<MismatchRow>(e =>
        {
            e.ToTable("listening_mismatches");
            e.HasKey(m => new { m.Mention, m.Attribute });
            e.HasIndex(m => new { m.Attribute, m.Product, m.At });
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
        model.Entity<QueryVersionRow>(e =>
        {
            e.ToTable("listening_query_versions");
            e.HasKey(v => new { v.Query, v.Version });
        });
        model.Entity<CorrectionRow>(e =>
        {
            e.ToTable("listening_corrections");
            e.HasIndex(c => new { c.Mention, c.At });
        });
        model.Entity<Spikes.SpikeWatch>(e =>
        {
            e.ToTable("listening_spike_watches");
            e.HasKey(w => new { w.Query, w.Minutes, w.Negative });
        });
        model.Entity<Spikes.SpikeRow>(e =>
        {
            e.ToTable("listening_spikes");
            e.HasKey(s => new { s.Query, s.At, s.Minutes, s.Negative });
        });
        ModelSchema.Build(model);
        AlertSchema.Build(model);
    }

    // A query that was saved before versions were kept has its text as its only one.
    private const string FirstVersions = """
        INSERT INTO listening_query_versions (query, version, text, at) SELECT id, version, text, changed_at FROM listening_queries q
        WHERE NOT EXISTS (SELECT 1 FROM listening_query_versions v WHERE v.query = q.id)
        """;

    // Mentions that are there before there are counts are counted by a job (KeepCounts).
    public IEnumerable<string> Objects(DatabaseKind kind) => MentionSearch.Objects(kind).Append(
        """
        INSERT INTO listening_count_state (id, done, until, folded)
        SELECT 1, 0, COALESCE((SELECT max(number) FROM listening_mentions), 0), 0 WHERE NOT EXISTS (SELECT 1 FROM listening_count_state)
        """).Append(FirstVersions);
}
