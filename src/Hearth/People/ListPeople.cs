using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

/// <summary>Lists the people who spoke, the latest first. Persons who are one stand in it once.</summary>
public sealed class ListPeople(Database db, ReadPeople people)
{
    private sealed record Place(DateTimeOffset At, Guid Id);

    /// <param name="search">The beginning of a handle, a name or an address; in any case, with or without the @. Null for everybody.</param>
    /// <param name="network">"bluesky" ...; null for all.</param>
    /// <param name="after">From the page before.</param>
    /// <param name="size">1 to 500 accounts; a person whose accounts stand side by side comes once.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<PersonCard>?> Of(string? search, string? network, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var accounts = db.Set<Identity>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(network)) accounts = accounts.Where(i => i.Network == network);
        var asked = (search ?? "").Trim().TrimStart('@').ToLowerInvariant();
#pragma warning disable MA0011 // becomes SQL's lower(), which takes no culture
        if (asked.Length > 0)
        {
            var named = db.Set<Person>().Where(p => p.Name != null && p.Name.ToLower().StartsWith(asked)).Select(p => p.Id);
            accounts = accounts.Where(i => i.Handle != null && i.Handle.ToLower().StartsWith(asked) || i.Name != null && i.Name.ToLower().StartsWith(asked) || i.ExternalId == asked || named.Contains(i.PersonId));
        }
#pragma warning restore MA0011
        if (place is { At: var at, Id: var id })
        {
            var last = IdentityId.From(id);
            accounts = accounts.Where(i => i.LastSeen < at || i.LastSeen == at && i.Id < last);
        }

        var page = Keyset.Cut(await accounts.OrderByDescending(i => i.LastSeen).ThenByDescending(i => i.Id).Take(size + 1).ToListAsync(ct), size, i => new Place(i.LastSeen, i.Id.Value));
        var cards = await people.Of([.. page.Items.Select(i => i.PersonId).Distinct()], ct);

        // A person stands where their latest account stands; what is found only by an older account stands there.
        var shown = page.Items.Where(i => cards.ContainsKey(i.PersonId)).Select(i => (Account: i, Card: cards[i.PersonId])).Where(x => asked.Length > 0 || !string.IsNullOrWhiteSpace(network)
            || x.Card.Identities[0] is var top && top.Person == x.Account.PersonId && top.ExternalId == x.Account.ExternalId).Select(x => x.Card).DistinctBy(c => c.Id);
        return new([.. shown], page.Next);
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/people",
            async Task<Results<Ok<Page<PersonCard>>, ProblemHttpResult>> (ListPeople list, CancellationToken ct, string? search = null, string? network = null, string? after = null, int? size = null) =>
                await list.Of(search, network, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
        .WithTags("People").WithName("listPeople").WithSummary("The people who spoke, the latest first; found by the beginning of a handle or name").RequireAuthorization("read");
}
