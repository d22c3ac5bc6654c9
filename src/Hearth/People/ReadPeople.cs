using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

/// <summary>An account as shown on a person's card.</summary>
/// <param name="Network">"bluesky", "web" ...</param>
/// <param name="ExternalId">The network's own id of the account.</param>
/// <param name="Handle">Without the @; null when unknown.</param>
/// <param name="Name">As the account shows itself.</param>
/// <param name="Avatar">Address of its picture.</param>
/// <param name="Url">Address of its page.</param>
/// <param name="FirstSeen">When the earliest post kept of it was written.</param>
/// <param name="LastSeen">When the latest was.</param>
public sealed record IdentityView(string Network, string ExternalId, string? Handle, string? Name, string? Avatar, string? Url, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    /// <summary>The person that this account alone is; it differs from the card's when somebody of ours found them to be one.</summary>
    public PersonId Person { get; init; }
}

/// <summary>A person and the accounts known to be theirs, latest seen first.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">What to call them: the name given by us, else of the latest account, else its handle.</param>
/// <param name="Identities">At least one.</param>
/// <param name="FirstSeen">Earliest of all accounts.</param>
/// <param name="LastSeen">Latest of all accounts.</param>
public sealed record PersonCard(PersonId Id, string Name, IReadOnlyList<IdentityView> Identities, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    /// <summary>All persons who are one with this one, itself among them: what is kept of any of them is theirs.</summary>
    public IReadOnlyList<PersonId> Persons { get; init; } = [Id];

    /// <summary>What they have bought, as far as it can be known; told of one person who is asked for, else null.</summary>
    public Bought? Bought { get; init; }

    public string? Handle => Identities[0].Handle;

    public string? Avatar => Identities[0].Avatar;

    public string? Url => Identities[0].Url;
}

/// <summary>What somebody has bought: the orders placed with codes that they claimed under one of their handles or addresses. Nothing is guessed.</summary>
/// <param name="Orders">How many orders.</param>
/// <param name="Worth">What is left of them after refunds, one sum a currency, largest first.</param>
/// <param name="LastAt">When they last ordered; null for never.</param>
public sealed record Bought(int Orders, IReadOnlyList<Money> Worth, DateTimeOffset? LastAt);

/// <summary>Who knows what people bought; a room above knows.</summary>
public interface IPersonBought
{
    /// <summary>What the person of a card bought, by any of their accounts.</summary>
    Task<Bought> Of(PersonCard person, CancellationToken ct);
}

/// <summary>Reads who people are.</summary>
public sealed class ReadPeople(Database db)
{
    /// <summary>The person's card, or null when there is no such person.</summary>
    public async Task<PersonCard?> Of(PersonId person, CancellationToken ct) => (await Of([person], ct)).GetValueOrDefault(person);

    /// <summary>Cards of many, by the id asked for; unknown ones are left out. Persons who were merged have the same card, with the accounts of all of them.</summary>
    public async Task<IReadOnlyDictionary<PersonId, PersonCard>> Of(IReadOnlyCollection<PersonId> persons, CancellationToken ct)
    {
        if (persons.Count == 0) return new Dictionary<PersonId, PersonCard>();
        var roots = await Roots(persons, ct);
        var ids = roots.Values.Distinct().Select(r => (PersonId?)r).ToArray();
        var rows = await (from p in db.Set<Person>().AsNoTracking()
                          where ids.Contains(p.Id) || ids.Contains(p.Root)
                          join i in db.Set<Identity>() on p.Id equals i.PersonId
                          select new { Person = p, Identity = i }).ToListAsync(ct);
        var cards = rows.GroupBy(r => r.Person.Root ?? r.Person.Id).ToDictionary(g => g.Key, g => Card(g.Key, [.. g.Select(r => r.Person).DistinctBy(p => p.Id)], [.. g.Select(r => r.Identity)]));
        return roots.Where(r => cards.ContainsKey(r.Value)).ToDictionary(r => r.Key, r => cards[r.Value]);
    }

    /// <summary>Who stands for each of some persons: the one that they were merged into, else themselves. Unknown ones stand for themselves.</summary>
    public async Task<IReadOnlyDictionary<PersonId, PersonId>> Roots(IReadOnlyCollection<PersonId> persons, CancellationToken ct)
    {
        var ids = persons.Distinct().ToArray();
        var merged = ids.Length == 0 ? [] : await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.Root != null).Select(p => new { p.Id, p.Root }).ToDictionaryAsync(p => p.Id, p => p.Root!.Value, ct);
        return ids.ToDictionary(i => i, i => merged.TryGetValue(i, out var root) ? root : i);
    }

    /// <summary>All who are one with some persons, they themselves first: rows of other rooms name any of them.</summary>
    public async Task<IReadOnlyList<PersonId>> Whole(IReadOnlyCollection<PersonId> persons, CancellationToken ct)
    {
        var roots = (await Roots(persons, ct)).Values.Distinct().Select(r => (PersonId?)r).ToArray();
        var all = await db.Set<Person>().AsNoTracking().Where(p => p.Root != null && roots.Contains(p.Root)).Select(p => p.Id).ToListAsync(ct);
        return [.. persons.Concat(roots.Select(r => r!.Value)).Concat(all).Distinct()];
    }

    /// <inheritdoc cref="Whole(IReadOnlyCollection{PersonId}, CancellationToken)"/>
    public Task<IReadOnlyList<PersonId>> Whole(PersonId person, CancellationToken ct) => Whole([person], ct);

    /// <summary>How many of different persons are counted too often, since they are one with another of them: what is to be taken off their number.</summary>
    /// <param name="persons">A query for ids, each once; it becomes part of one statement.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<int> Doubles(IQueryable<PersonId?> persons, CancellationToken ct)
    {
        var merged = await db.Set<Person>().AsNoTracking().Where(p => (p.Root != null || db.Set<Person>().Any(o => o.Root == p.Id)) && persons.Contains(p.Id)).Select(p => new { p.Id, p.Root }).ToListAsync(ct);
        return merged.Count - merged.Select(p => p.Root ?? p.Id).Distinct().Count();
    }

    /// <summary>Who an account is; null when it was never seen.</summary>
    public async Task<PersonId?> Behind(string network, string externalId, CancellationToken ct) =>
        (await db.Set<Identity>().AsNoTracking().Where(i => i.Network == network && i.ExternalId == externalId)
            .Select(i => new { i.PersonId }).SingleOrDefaultAsync(ct))?.PersonId;

    /// <summary>People whose handle begins so, without the @ and in any case; at most 100.</summary>
    public async Task<IReadOnlyList<PersonId?>> WithHandle(string beginning, CancellationToken ct)
    {
        var lower = beginning.Trim().ToLowerInvariant();
#pragma warning disable MA0011 // becomes SQL's lower(), which takes no culture
        return await db.Set<Identity>().AsNoTracking().Where(i => i.Handle != null && i.Handle.ToLower().StartsWith(lower))
#pragma warning restore MA0011
            .OrderBy(i => i.Handle).Select(i => (PersonId?)i.PersonId).Take(100).ToListAsync(ct) is { Count: > 0 } found ? [.. (await Whole([.. found.Select(f => f!.Value)], ct)).Select(p => (PersonId?)p)] : [];
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/people/{id:guid}",
            async Task<Results<Ok<PersonCard>, ProblemHttpResult>> (Guid id, ReadPeople people, [FromServices] IEnumerable<IPersonBought> bought, CancellationToken ct) =>
                await people.Of(PersonId.From(id), ct) is not { } card ? Problems.Unknown("person")
                    : TypedResults.Ok(bought.FirstOrDefault() is { } shop ? card with { Bought = await shop.Of(card, ct) } : card))
        .WithName("getPerson").WithTags("People").WithSummary("A person, the accounts known to be theirs, and what they bought").RequireAuthorization("read");

    private static PersonCard Card(PersonId root, List<Person> persons, List<Identity> identities)
    {
        identities.Sort((a, b) => b.LastSeen.CompareTo(a.LastSeen));
        persons.Sort((a, b) => a.Id == root ? -1 : b.Id == root ? 1 : a.Id.Value.CompareTo(b.Id.Value));
        var name = persons.Select(p => p.Name).FirstOrDefault(n => n is not null) ?? identities.Select(i => i.Name).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n))
            ?? identities.Select(i => i.Handle).FirstOrDefault(h => !string.IsNullOrWhiteSpace(h)) ?? identities[0].ExternalId;
        return new(root, name,
            [.. identities.Select(i => new IdentityView(i.Network, i.ExternalId, i.Handle, i.Name, i.Avatar, i.Url, i.FirstSeen, i.LastSeen) { Person = i.PersonId })],
            identities.Min(i => i.FirstSeen), identities.Max(i => i.LastSeen)) { Persons = [.. persons.Select(p => p.Id)] };
    }
}
