using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

internal sealed class ActivityPubSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<OwnActorRow>(e =>
        {
            e.ToTable("channels_activitypub_actors");
            e.HasKey(a => a.Account);
            e.HasIndex(a => a.Name).IsUnique();
        });
        model.Entity<RemoteActorRow>(e =>
        {
            e.ToTable("channels_activitypub_peers");
            e.HasIndex(a => a.KeyId);
        });
        model.Entity<FollowerRow>(e =>
        {
            e.ToTable("channels_activitypub_followers");
            e.HasKey(f => new { f.Account, f.Actor });
            e.HasIndex(f => new { f.Account, f.Inbox });
        });
        model.Entity<TakenRow>(e =>
        {
            e.ToTable("channels_activitypub_inbox");
            e.HasKey(t => t.Position);
            e.Property(t => t.Kind).HasConversion<string>();
            e.HasIndex(t => new { t.Account, t.Activity }).IsUnique();
            e.HasIndex(t => t.Object);
            e.HasIndex(t => t.Parent);
        });
        model.Entity<NoteRow>(e =>
        {
            e.ToTable("channels_activitypub_notes");
            e.HasKey(n => n.Key);
            e.HasIndex(n => new { n.Account, n.Key });
        });
        model.Entity<NotePictureRow>(e =>
        {
            e.ToTable("channels_activitypub_pictures");
            e.HasKey(p => p.Hash);
        });
        model.Entity<ReactionRow>(e =>
        {
            e.ToTable("channels_activitypub_reactions");
            e.HasKey(r => new { r.Note, r.Actor, r.Kind });
        });
        model.Entity<SentRow>(e =>
        {
            e.ToTable("channels_activitypub_sent");
            e.HasKey(s => s.Activity);
        });
        model.Entity<DeliveryRow>(e =>
        {
            e.ToTable("channels_activitypub_deliveries");
            e.HasKey(d => new { d.Activity, d.Part, d.Inbox });
        });
        model.Entity<HostRow>(e =>
        {
            e.ToTable("channels_activitypub_hosts");
            e.HasKey(h => h.Host);
            e.Property(h => h.Style).HasConversion<string>();
        });
    }
}
