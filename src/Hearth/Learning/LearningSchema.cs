using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

internal sealed class LearningSchema : IRoomSchema
{
    public void Build(ModelBuilder model) => model.Entity<CreditRow>(e =>
    {
        e.ToTable("learning_credits");
        e.HasKey(c => c.Number);
        e.HasIndex(c => new { c.Order, c.Line, c.Refund }).IsUnique();
        e.HasIndex(c => new { c.PlacedAt, c.Number });
        e.HasIndex(c => new { c.Offer, c.PlacedAt });
    });
}
