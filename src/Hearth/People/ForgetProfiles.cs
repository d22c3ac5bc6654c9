using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

/// <summary>An account was deleted or taken down by its network: the name and picture it showed are forgotten here; that it was there, and its handle, are not.</summary>
public sealed class ForgetProfiles(Database db)
{
    /// <summary>Forgets the profiles of accounts of one network.</summary>
    /// <returns>The persons behind those of the accounts that are known.</returns>
    public async Task<IReadOnlyList<PersonId>> Of(string network, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        if (externalIds.Count == 0) return [];
        var gone = db.Set<Identity>().Where(i => i.Network == network && externalIds.Contains(i.ExternalId));
        var persons = await gone.Select(i => i.PersonId).Distinct().ToListAsync(ct);
        if (persons.Count > 0) await gone.ExecuteUpdateAsync(set => set.SetProperty(i => i.Name, (string?)null).SetProperty(i => i.Avatar, (string?)null), ct);
        return persons;
    }
}
