using Hearth.Channels.Mail;
using Hearth.Channels.Trackers;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels;

internal sealed class ChannelsSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<ChannelAccount>(e =>
        {
            e.ToTable("channels_accounts");
            e.HasIndex(a => new { a.Network, a.ExternalId }).IsUnique();
        });
        model.Entity<MailServerRow>(e =>
        {
            e.ToTable("channels_mail_server");
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.Security).HasConversion<string>();
        });
        model.Entity<PlacedPost>(e =>
        {
            e.ToTable("channels_placed_posts");
            e.HasKey(p => new { p.Account, p.Key });
            e.HasIndex(p => new { p.Account, p.NetworkId });
        });
        model.Entity<TrackerRow>(e =>
        {
            e.ToTable("channels_trackers");
            e.HasIndex(t => new { t.Service, t.Repository }).IsUnique();
        });
        LetterSchema.Build(model);
    }
}
