using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

internal sealed class PublishingSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Message>(e =>
        {
            e.ToTable("publishing_messages");
            e.Ignore(m => m.Text);
            e.HasIndex(m => new { m.Status, m.Id });
            e.HasIndex(m => new { m.About, m.Id });
            e.HasIndex(m => new { m.Account, m.Key }).IsUnique();
        });
        model.Entity<DisclosureRow>(e =>
        {
            e.ToTable("publishing_disclosure");
            e.Property(d => d.Id).ValueGeneratedNever();
        });
    }
}
