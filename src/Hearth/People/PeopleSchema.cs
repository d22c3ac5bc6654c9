using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

internal sealed class PeopleSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Person>(e => e.ToTable("people_persons"));
        model.Entity<Identity>(e =>
        {
            e.ToTable("people_identities");
            e.HasIndex(i => new { i.Network, i.ExternalId }).IsUnique();
            e.HasIndex(i => i.PersonId);
            e.HasIndex(i => i.Handle);
        });
    }
}
