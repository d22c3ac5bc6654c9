using Hearth.Channels.Mail;
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
    }
}
