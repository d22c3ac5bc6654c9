using Hearth.Governance;
using Hearth.Ideas.Customers;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

/// <summary>
/// Gives what a guest did on the board to the account they have now, and makes their votes whole. Where the account had voted itself, its own vote stands. Doing it
/// again changes nothing.
/// </summary>
internal sealed class JoinGuests(Database db, RankEpoch epoch, JoinPerson join, Staff staff) : IHandle<GuestJoined>
{
    public async Task Handle(GuestJoined fact, CancellationToken ct)
    {
        if (await staff.Find(fact.Member, ct) is not { } member) return;
        await db.InTransaction(async () =>
        {
            await epoch.HoldAlone(ct); // no vote of either lands meanwhile
            var guest = fact.Guest;
            var small = await db.IdeaVotes.Where(v => v.User == guest && v.Weight < Popularity.WholeVote).Select(v => v.Idea).ToListAsync(ct);
            await db.IdeaVotes.Where(v => v.User == guest).ExecuteUpdateAsync(set => set.SetProperty(v => v.Weight, Popularity.WholeVote), ct);
            if (guest == fact.Member) await join.Count(small, ct);
            else await join.Votes(guest, fact.Member, ct);
            await db.Ideas.Where(i => i.Author == guest).ExecuteUpdateAsync(set => set.SetProperty(i => i.Author, fact.Member).SetProperty(i => i.AuthorName, member.Name), ct);
            await db.IdeaComments.Where(c => c.Author == guest).ExecuteUpdateAsync(set => set.SetProperty(c => c.Author, fact.Member).SetProperty(c => c.AuthorName, member.Name), ct);
            if (guest != fact.Member) await join.Follows(guest, fact.Member, ct);
            await db.SaveChangesAsync(ct);
        }, ct);
    }
}
