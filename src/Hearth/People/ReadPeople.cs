using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
public sealed record IdentityView(string Network, string ExternalId, string? Handle, string? Name, string? Avatar, string? Url, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>A person and the accounts known to be theirs, latest seen first.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">What to call them: the name given by us, else of the latest account, else its handle.</param>
/// <param name="Identities">At least one.</param>
/// <param name="FirstSeen">Earliest of all accounts.</param>
/// <param name="LastSeen">Latest of all accounts.</param>
public sealed record PersonCard(PersonId Id, string Name, IReadOnlyList<IdentityView> Identities, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public string? Handle => Identities[0].Handle;

    public string? Avatar => Identities[0].Avatar;

    public string? Url => Identities[0].Url;
}

/// <summary>Reads who people are.</summary>
public sealed class ReadPeople(Database db)
{
    /// <summary>The person's card, or null when there is no such person.</summary>
    public async Task<PersonCard?> Of(PersonId person, CancellationToken ct) => (await Of([person], ct)).GetValueOrDefault(person);

    /// <summary>Cards of many, by id; unknown ones are left out.</summary>
    public async Task<IReadOnlyDictionary<PersonId, PersonCard>> Of(IReadOnlyCollection<PersonId> persons, CancellationToken ct)
    {
        if (persons.Count == 0) return new Dictionary<PersonId, PersonCard>();
        var ids = persons.Distinct().ToArray();
        var rows = await (from i in db.Set<Identity>().AsNoTracking()
                          where ids.Contains(i.PersonId)
                          join p in db.Set<Person>() on i.PersonId equals p.Id
                          select new { Person = p, Identity = i }).ToListAsync(ct);
        return rows.GroupBy(r => r.Person.Id).ToDictionary(g => g.Key, g => Card(g.First().Person, [.. g.Select(r => r.Identity)]));
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
            .OrderBy(i => i.Handle).Select(i => (PersonId?)i.PersonId).Take(100).ToListAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/people/{id:guid}",
            async Task<Results<Ok<PersonCard>, ProblemHttpResult>> (Guid id, ReadPeople people, CancellationToken ct) =>
                await people.Of(PersonId.From(id), ct) is { } card ? TypedResults.Ok(card) : Problems.Unknown("person"))
        .WithName("getPerson").WithTags("People").WithSummary("A person and the accounts known to be theirs").RequireAuthorization("read");

    private static PersonCard Card(Person person, List<Identity> identities)
    {
        identities.Sort((a, b) => b.LastSeen.CompareTo(a.LastSeen));
        var name = person.Name ?? identities.Select(i => i.Name).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n))
            ?? identities.Select(i => i.Handle).FirstOrDefault(h => !string.IsNullOrWhiteSpace(h)) ?? identities[0].ExternalId;
        return new(person.Id, name,
            [.. identities.Select(i => new IdentityView(i.Network, i.ExternalId, i.Handle, i.Name, i.Avatar, i.Url, i.FirstSeen, i.LastSeen))],
            identities.Min(i => i.FirstSeen), identities.Max(i => i.LastSeen));
    }
}
