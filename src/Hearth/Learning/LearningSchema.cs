using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

internal sealed class LearningSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<CreditRow>(e =>
        {
            e.ToTable("learning_credits");
            e.HasKey(c => c.Number);
            e.HasIndex(c => new { c.Order, c.Line, c.Refund }).IsUnique();
            e.HasIndex(c => new { c.PlacedAt, c.Number });
            e.HasIndex(c => new { c.Offer, c.PlacedAt });
        });
        model.Entity<TouchRow>(e =>
        {
            e.ToTable("learning_touches");
            e.HasKey(t => new { t.Order, t.Position });
            e.HasIndex(t => t.PlacedAt);
        });
        model.Entity<CreditPolicyRow>(e =>
        {
            e.ToTable("learning_credit_policies");
            e.HasKey(p => p.Number);
            e.Property(p => p.ByName).HasMaxLength(200);
        });
        model.Entity<ChannelFigureRow>(e =>
        {
            e.ToTable("learning_channel_figures");
            e.HasKey(f => new { f.Channel, f.From, f.Currency });
            e.Property(f => f.Channel).HasMaxLength(ChannelFigure.MaxChannel);
            e.Property(f => f.Source).HasMaxLength(200);
            e.Ignore(f => f.Week);
            e.HasIndex(f => f.From);
        });
        model.Entity<RateRow>(e =>
        {
            e.ToTable("learning_rates");
            e.HasKey(r => new { r.Day, r.Base, r.Quote });
            e.Property(r => r.Base).HasMaxLength(3);
            e.Property(r => r.Quote).HasMaxLength(3);
            e.Property(r => r.Source).HasMaxLength(200);
        });
        model.Entity<ReportingCurrencyRow>(e =>
        {
            e.ToTable("learning_reporting_currencies");
            e.HasKey(r => r.Number);
            e.Property(r => r.Currency).HasMaxLength(3);
            e.Property(r => r.ByName).HasMaxLength(200);
        });
        model.Entity<LedgerState>(e =>
        {
            e.ToTable("learning_ledger_state");
            e.Property(s => s.Id).ValueGeneratedNever();
        });
    }
}
