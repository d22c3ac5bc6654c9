using Hearth.People.Consent;
using Hearth.People.Erasure;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

internal sealed class PeopleSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Person>(e =>
        {
            e.ToTable("people_persons");
            e.HasIndex(p => p.Root);
        });
        model.Entity<OptOut>(e =>
        {
            e.ToTable("people_opt_outs");
            e.HasKey(o => o.PersonId);
        });
        model.Entity<Identity>(e =>
        {
            e.ToTable("people_identities");
            e.HasIndex(i => new { i.Network, i.ExternalId }).IsUnique();
            e.HasIndex(i => i.PersonId);
            e.HasIndex(i => i.Handle);
            e.HasIndex(i => i.LookedAt);
            e.HasIndex(i => new { i.LastSeen, i.Id });
        });
        MergingSchema.Build(model);
        ConsentSchema.Build(model);
        ErasureSchema.Build(model);
    }
}
