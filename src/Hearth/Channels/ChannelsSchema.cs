using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels;

internal sealed class ChannelsSchema : IRoomSchema
{
    public void Build(ModelBuilder model) => model.Entity<ChannelAccount>(e =>
    {
        e.ToTable("channels_accounts");
        e.HasIndex(a => new { a.Network, a.ExternalId }).IsUnique();
    });
}
