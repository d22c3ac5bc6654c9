using System.Runtime.CompilerServices;
using Hearth.People.Consent;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Erasure;

/// <summary>What this room itself keeps of a person: accounts, signs, consents. Erased last, since all others ask by it.</summary>
internal sealed class PeoplePersonalData(Database db) : IPersonalData
{
    public string Room => "People";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var persons = Ids(who);
        yield return new("persons", [.. await db.Set<Person>().AsNoTracking().Where(p => persons.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Since, p.MergedInto }).ToListAsync(ct)]);
        yield return new("accounts", [.. await db.Set<Identity>().AsNoTracking().Where(i => persons.Contains(i.PersonId))
            .Select(i => new { i.Network, i.ExternalId, i.Handle, i.Name, i.Avatar, i.Url, i.FirstSeen, i.LastSeen }).ToListAsync(ct)]);
        yield return new("consents", [.. await db.Set<ConsentRow>().AsNoTracking().Where(c => persons.Contains(c.PersonId)).OrderBy(c => c.Number)
            .Select(c => new { c.Purpose, c.Channel, c.Given, c.How, c.Text, c.Proof, c.At, c.By, c.NotedAt }).ToListAsync(ct)]);
        yield return new("opt-outs", [.. await db.Set<OptOut>().AsNoTracking().Where(o => persons.Contains(o.PersonId)).Select(o => new { o.At, o.By }).ToListAsync(ct)]);
        yield return new("signs", [.. await db.Set<SignRow>().AsNoTracking().Where(s => persons.Contains(s.PersonId)).OrderBy(s => s.Number).Select(s => new { s.Kind, s.Key, s.Where, s.Link, s.At }).ToListAsync(ct)]);
        yield return new("merges", [.. await db.Set<MergeRow>().AsNoTracking().Where(m => persons.Contains(m.Kept) && persons.Contains(m.Joined)).Select(m => new { m.Kept, m.Joined, m.By, m.At, m.PartedAt, m.PartedBy }).ToListAsync(ct)]);

        // Whoever they were compared with may be somebody else: nothing of what speaks for it is theirs to read.
        yield return new("asked-whether-one", [.. await db.Set<ProposalRow>().AsNoTracking().Where(p => persons.Contains(p.First) || persons.Contains(p.Second))
            .Select(p => new { p.State, p.FoundAt, p.DecidedBy, p.DecidedAt }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var persons = Ids(who);
        var asked = await db.Set<ProposalRow>().Where(p => persons.Contains(p.First) || persons.Contains(p.Second)).ExecuteDeleteAsync(ct);
        var merges = await db.Set<MergeRow>().Where(m => persons.Contains(m.Kept) || persons.Contains(m.Joined)).ExecuteDeleteAsync(ct);
        var signs = await db.Set<SignRow>().Where(s => persons.Contains(s.PersonId)).ExecuteDeleteAsync(ct);
        var consents = await db.Set<ConsentRow>().Where(c => persons.Contains(c.PersonId)).ExecuteDeleteAsync(ct);
        consents += await db.Set<OptOut>().Where(o => persons.Contains(o.PersonId)).ExecuteDeleteAsync(ct);
        var accounts = await db.Set<Identity>().Where(i => persons.Contains(i.PersonId)).ExecuteDeleteAsync(ct);
        await db.Set<Person>().Where(p => persons.Contains(p.Id)).ExecuteDeleteAsync(ct);
        return [new("Accounts on networks", accounts), new("Consents and their proof", consents), new("Signs and questions of who else they are", signs + asked + merges)];
    }

    private static PersonId[] Ids(PersonalScope who) => [.. who.Persons.Select(PersonId.From)];
}
