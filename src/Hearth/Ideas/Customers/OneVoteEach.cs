using Hearth.Governance;
using Hearth.Ideas.DoubleDippers;
using Hearth.People;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Customers;

/// <summary>
/// A human votes once. Where persons who turn out to be one voted by several accounts, one vote of theirs counts on each idea: that of an account of their own before that of a stand-in, then the first; the others are
/// held, and count again when the persons are parted. What is held for another reason (<see cref="DipperCase"/>) stays held.
/// </summary>
public sealed class OneVoteEach(Database db, ReadPeople people, HoldVotes hold, ReleaseVotes release) : IHandle<PersonsMerged>, IHandle<PersonsParted>
{
    private const string Reason = "one person, by another account";

    public Task Handle(PersonsMerged fact, CancellationToken ct) => Of([fact.Kept, .. fact.Members], ct);

    public Task Handle(PersonsParted fact, CancellationToken ct) => Of([fact.Kept, .. fact.Members], ct);

    /// <summary>Makes it so for the humans behind some accounts, as they are known to be one by now.</summary>
    public async Task Of(IReadOnlyCollection<UserId> accounts, CancellationToken ct)
    {
        var users = accounts.ToArray();
        var persons = await db.IdeaPersons.AsNoTracking().Where(p => users.Contains(p.User)).Select(p => p.Person).ToListAsync(ct);
        if (persons.Count > 0) await Of(persons, ct);
    }

    private async Task Of(IReadOnlyCollection<PersonId> some, CancellationToken ct)
    {
        var whole = (await people.Whole(some, ct)).ToArray();
        var roots = await people.Roots(whole, ct);
        var accounts = await db.IdeaPersons.AsNoTracking().Where(p => whole.Contains(p.Person)).ToListAsync(ct);
        if (accounts.Count == 0) return;
        UserId[] users = [.. accounts.Select(a => a.User).Distinct()];
        var votes = await db.IdeaVotes.AsNoTracking().Where(v => users.Contains(v.User) && v.CarriedFrom == null).Select(v => new { v.Idea, v.User, v.At, v.Held }).ToListAsync(ct);
        var suspected = await (from d in db.DipperVotes
                               join c in db.DipperCases on d.Case equals c.Id
                               where users.Contains(d.User) && c.State != DipperState.Released
                               select new VoteKey(d.Idea, d.User)).ToListAsync(ct);
        var held = suspected.ToHashSet();
        var human = accounts.GroupBy(a => a.User).ToDictionary(g => g.Key, g => roots[g.First().Person]);
        var own = accounts.Where(a => a.JoinedAt is not null).Select(a => a.User).ToHashSet();
        foreach (var theirs in votes.GroupBy(v => (v.Idea, Human: human[v.User])))
        {
            var counts = theirs.Where(v => !held.Contains(new(v.Idea, v.User))).OrderBy(v => !own.Contains(v.User)).ThenBy(v => v.At).ThenBy(v => v.User.Value).FirstOrDefault();
            held.UnionWith(theirs.Where(v => v != counts).Select(v => new VoteKey(v.Idea, v.User)));
        }

        VoteKey[] more = [.. votes.Where(v => !v.Held && held.Contains(new(v.Idea, v.User))).Select(v => new VoteKey(v.Idea, v.User))];
        VoteKey[] less = [.. votes.Where(v => v.Held && !held.Contains(new(v.Idea, v.User))).Select(v => new VoteKey(v.Idea, v.User))];
        if (more.Length > 0) await hold.All(more, Reason, ct);
        if (less.Length > 0) await release.All(less, Reason, ct);
    }
}
