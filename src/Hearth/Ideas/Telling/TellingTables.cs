using Hearth.Ideas.Customers;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

internal static class TellingTables
{
    extension(Database db)
    {
        internal DbSet<IdeaFollow> IdeaFollows => db.Set<IdeaFollow>();
        internal DbSet<IdeaNews> IdeaNews => db.Set<IdeaNews>();
        internal DbSet<IdeaNotice> IdeaNotices => db.Set<IdeaNotice>();
        internal DbSet<IdeaMailWish> IdeaMailWishes => db.Set<IdeaMailWish>();
        internal DbSet<IdeaDigest> IdeaDigests => db.Set<IdeaDigest>();
        internal DbSet<IdeaPerson> IdeaPersons => db.Set<IdeaPerson>();
        internal DbSet<IdeaEvidence> IdeaEvidence => db.Set<IdeaEvidence>();
    }
}
