using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>What is kept of somebody for the digest.</summary>
internal static class PersonalDigests
{
    public static async Task<IReadOnlyList<PersonalPart>> Export(Database db, PersonalScope who, string[] contacts, CancellationToken ct)
    {
        var asks = await db.Set<DigestAsk>().AsNoTracking().Where(a => contacts.Contains(a.Contact)).OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => new { a.Contact, a.Every, a.Weekday, a.Condition, a.Words, a.At, a.Until }).ToListAsync(ct);
        var mine = await Mine(db, who, contacts).AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct);
        var ids = mine.ConvertAll(s => s.Id);
        var letters = await db.Set<DigestLetter>().AsNoTracking().Where(l => ids.Contains(l.Subscriber)).OrderBy(l => l.Issue).ThenBy(l => l.Id).Select(l => new { l.Id, l.Issue, l.SentAt, l.Error, l.Bounced }).ToListAsync(ct);
        return
        [
            new("digest-asks", [.. asks]),
            new("digests", [.. mine.Select(s => new { s.Contact, s.Every, s.Weekday, s.Condition, s.ConfirmedAt, s.NextDay, s.EndedAt, s.Why })]),
            new("digest-letters", [.. letters]),
        ];
    }

    public static async Task<int> Erase(Database db, PersonalScope who, string[] contacts, CancellationToken ct)
    {
        var ids = await Mine(db, who, contacts).Select(s => s.Id).ToListAsync(ct);
        await db.Set<DigestLetter>().Where(l => ids.Contains(l.Subscriber)).ExecuteDeleteAsync(ct);
        return await db.Set<DigestSubscriber>().Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct) + await db.Set<DigestAsk>().Where(a => contacts.Contains(a.Contact)).ExecuteDeleteAsync(ct);
    }

    private static IQueryable<DigestSubscriber> Mine(Database db, PersonalScope who, string[] contacts)
    {
        var persons = who.Persons.Select(PersonId.From).ToArray();
        return db.Set<DigestSubscriber>().Where(s => persons.Contains(s.Person) || s.Contact != null && contacts.Contains(s.Contact));
    }
}
