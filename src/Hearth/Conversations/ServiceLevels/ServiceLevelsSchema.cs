using Hearth.Conversations.Kpis;
using Hearth.Conversations.Owners;
using Hearth.Conversations.Ratings;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

internal sealed class ServiceLevelsSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Conversation>().HasIndex(c => new { c.DueAt, c.Number });
        model.Entity<CalendarRow>(e =>
        {
            e.ToTable("conversations_calendars");
            e.HasKey(c => c.Id);
        });
        model.Entity<SlaPolicyRow>(e =>
        {
            e.ToTable("conversations_sla_policies");
            e.HasKey(p => p.Id);
            e.Property(p => p.Priority).HasConversion<string>();
            e.Property(p => p.Department).HasConversion<string>();
            e.Ignore(p => p.Steps);
        });
        model.Entity<ClockRow>(e =>
        {
            e.ToTable("conversations_clocks");
            e.HasKey(c => c.Number);
            e.Property(c => c.Number).ValueGeneratedOnAdd();
            e.Property(c => c.Kind).HasConversion<string>();
            e.Property(c => c.State).HasConversion<string>();
            e.HasIndex(c => c.Conversation);
            e.HasIndex(c => c.NextAt);
            e.Ignore(c => c.IsActive);
        });
        model.Entity<ClockStepRow>(e =>
        {
            e.ToTable("conversations_clock_steps");
            e.HasKey(s => s.Number);
            e.Property(s => s.Number).ValueGeneratedOnAdd();
            e.Property(s => s.Kind).HasConversion<string>();
            e.HasIndex(s => new { s.Conversation, s.Number });
        });
        model.Entity<RecordRow>(e =>
        {
            e.ToTable("conversations_records");
            e.HasKey(r => r.Number);
            e.Property(r => r.Number).ValueGeneratedNever();
            e.HasIndex(r => r.Conversation).IsUnique();
            e.HasIndex(r => r.OpenedAt);
            e.Property(r => r.Status).HasConversion<string>();
            e.Property(r => r.Standing).HasConversion<string>();
            e.Property(r => r.Priority).HasConversion<string>();
            e.Property(r => r.Department).HasConversion<string>();
            e.Property(r => r.FirstMet).HasConversion<string>();
            e.Property(r => r.NextMet).HasConversion<string>();
            e.Property(r => r.ResolutionMet).HasConversion<string>();
        });
        model.Entity<ResponseRow>(e =>
        {
            e.ToTable("conversations_responses");
            e.HasKey(r => r.Number);
            e.Property(r => r.Number).ValueGeneratedOnAdd();
            e.HasIndex(r => r.Record);
            e.HasIndex(r => r.AskedAt);
        });
        model.Entity<WorkHour>(e =>
        {
            e.ToTable("conversations_work_hours");
            e.HasKey(w => new { w.User, w.Hour });
            e.HasIndex(w => w.Hour);
        });
        model.Entity<OwnAnswerRow>(e =>
        {
            e.ToTable("conversations_own_answers");
            e.HasKey(r => r.Mention);
            e.HasIndex(r => new { r.Looked, r.Due });
        });
        model.Entity<RatingSettingsRow>(e =>
        {
            e.ToTable("conversations_rating_settings");
            e.HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<RatingAskRow>(e =>
        {
            e.ToTable("conversations_rating_asks");
            e.HasKey(a => a.Conversation);
            e.HasIndex(a => a.Token).IsUnique();
            e.Property(a => a.State).HasConversion<string>();
            e.HasIndex(a => new { a.State, a.Due });
            e.HasIndex(a => a.AskedAt);
        });
        model.Entity<OpenSpanRow>(e =>
        {
            e.ToTable("conversations_open_spans");
            e.HasKey(s => s.Number);
            e.Property(s => s.Number).ValueGeneratedOnAdd();
            e.HasIndex(s => s.Record);
            e.HasIndex(s => new { s.Until, s.Since });
        });
    }
}
