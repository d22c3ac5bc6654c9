using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

/// <summary>What a network tells of accounts apart from their posts. Accounts that we do not know are passed over. Joins the caller's transaction.</summary>
public sealed class KnownProfiles(Database db)
{
    /// <summary>Accounts were deleted or taken down: the name and picture they showed are forgotten here; that they were there, and their handle, are not.</summary>
    /// <returns>The persons behind those of the accounts that are known.</returns>
    public async Task<IReadOnlyList<PersonId>> Forget(string network, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        if (externalIds.Count == 0) return [];
        var gone = db.Set<Identity>().Where(i => i.Network == network && externalIds.Contains(i.ExternalId));
        var persons = await gone.Select(i => i.PersonId).Distinct().ToListAsync(ct);
        if (persons.Count > 0) await gone.ExecuteUpdateAsync(set => set.SetProperty(i => i.Name, (string?)null).SetProperty(i => i.Avatar, (string?)null), ct);
        return persons;
    }

    /// <summary>Accounts have these handles from now on.</summary>
    public async Task Rename(string network, IReadOnlyDictionary<string, string> handles, CancellationToken ct)
    {
        var ids = handles.Keys.ToArray();
        var known = await db.Set<Identity>().AsNoTracking().Where(i => i.Network == network && ids.Contains(i.ExternalId)).Select(i => new { i.Id, i.ExternalId, i.Handle }).ToListAsync(ct);
        foreach (var one in known)
        {
            var handle = handles[one.ExternalId];
            if (one.Handle != handle) await db.Set<Identity>().Where(i => i.Id == one.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Handle, handle), ct);
        }
    }

    /// <summary>The handles that accounts are known by; those without are left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Handles(string network, IReadOnlyCollection<string> externalIds, CancellationToken ct) => externalIds.Count == 0 ? new Dictionary<string, string>() :
        await db.Set<Identity>().AsNoTracking().Where(i => i.Network == network && externalIds.Contains(i.ExternalId) && i.Handle != null).ToDictionaryAsync(i => i.ExternalId, i => i.Handle!, ct);
}
