using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Customers;

/// <summary>The account that a person known from a network posts and votes by.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="IsTheirs">False while it is a stand-in that nobody can sign in to.</param>
public sealed record PersonAccount(Actor Actor, bool IsTheirs);

/// <summary>Accounts for persons known from networks: a stand-in is made when the first one is needed, and one person has one, so a person has one vote on an idea.</summary>
public sealed class PersonAccounts(Database db, ReadPeople people, Staff staff, TimeProvider clock)
{
    private const int MaxName = 80;

    /// <summary>The person's account, made when there is none. Joins the caller's transaction.</summary>
    /// <returns>Null when there is no such person.</returns>
    public async Task<PersonAccount?> For(PersonId person, CancellationToken ct)
    {
        if (await people.Of(person, ct) is not { } card) return null;
        person = await Speaks(card, ct);
        var (made, now) = (UserId.New(), clock.Now().ToUnixMicroseconds());
        await db.Database.ExecuteSqlAsync($"""INSERT INTO ideas_persons (person, "user", at) VALUES ({Key(person.Value)}, {Key(made.Value)}, {now}) ON CONFLICT (person) DO NOTHING""", ct);
        var row = await db.IdeaPersons.AsNoTracking().SingleAsync(p => p.Person == person, ct);
        if (row.JoinedAt is not null && (await staff.Find(row.User, ct))?.Actor() is { } own) return new(own, true);
        var name = card.Name.Length <= MaxName ? card.Name : card.Name[..MaxName];
        return new(new Actor(row.User, name, name[..1].ToUpperInvariant(), null, Role.Community), row.JoinedAt is not null);
    }

    // Persons who are one have one account: one of their own goes before a stand-in, the first before a later.
    internal async Task<PersonId> Speaks(PersonId person, CancellationToken ct) => await people.Of(person, ct) is { } card ? await Speaks(card, ct) : person;

    private async Task<PersonId> Speaks(PersonCard card, CancellationToken ct)
    {
        if (card.Persons.Count == 1) return card.Id;
        var all = card.Persons.ToArray();
        var rows = await db.IdeaPersons.AsNoTracking().Where(p => all.Contains(p.Person)).ToListAsync(ct);
        return rows.Count == 0 ? card.Id : rows.OrderBy(r => r.JoinedAt is null).ThenBy(r => r.At).ThenBy(r => r.Person.Value).First().Person;
    }

    /// <summary>Who stands behind an account, on all networks; none for an account that never came from one.</summary>
    public async Task<IReadOnlyList<PersonId>> Behind(UserId account, CancellationToken ct) =>
        await db.IdeaPersons.AsNoTracking().Where(p => p.User == account).Select(p => p.Person).ToListAsync(ct);

    private object Key(Guid id) => db.Kind == DatabaseKind.Postgres ? id : id.ToByteArray(bigEndian: true);
}
