using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Erasure;

/// <summary>What of an erased account is kept out.</summary>
/// <param name="Until">What was written up to then; null for all that is ever written.</param>
public sealed record KeptOut(DateTimeOffset? Until)
{
    /// <summary>True when something written then is kept out.</summary>
    public bool Holds(DateTimeOffset at) => Until is not { } until || at <= until;
}

/// <summary>
/// Keeps what was erased from coming back with the next look at a network: of an erased account only a salted hash is kept. What the person wrote before stays out for ever; what they write anew is theirs to
/// write, unless they asked never to be heard again.
/// </summary>
public sealed class ErasedAccounts(Database db, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.People.Erasure");

    /// <summary>Those of some accounts that were erased, by their external id.</summary>
    public async Task<IReadOnlyDictionary<string, KeptOut>> Among(string network, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        if (externalIds.Count == 0 || await Salt(ct) is not { } salt) return new Dictionary<string, KeptOut>();
        var hashes = externalIds.Distinct(StringComparer.Ordinal).ToDictionary(i => Hash(salt, network, i), i => i, StringComparer.Ordinal);
        var asked = hashes.Keys.ToArray();
        var rows = await db.Set<ErasedAccountRow>().AsNoTracking().Where(a => asked.Contains(a.Hash)).ToListAsync(ct);
        return rows.ToDictionary(r => hashes[r.Hash], r => new KeptOut(r.KeepOut ? null : r.At), StringComparer.Ordinal);
    }

    /// <summary>Makes the salt, should there be none yet. Outside a transaction: keys that encrypt it may have to be made first, in one of their own.</summary>
    internal async Task Ready(CancellationToken ct)
    {
        if (await Salt(ct) is null) await NewSalt(ct);
    }

    /// <summary>Remembers that accounts were erased. Joins the caller's transaction; <see cref="Ready"/> was called before.</summary>
    internal async Task Add(IEnumerable<PersonalAccount> accounts, bool keepOut, DateTimeOffset at, CancellationToken ct)
    {
        var salt = await Salt(ct) ?? throw new InvalidOperationException("There is no salt.");
        foreach (var hash in accounts.Select(a => Hash(salt, a.Network, a.ExternalId)).Distinct(StringComparer.Ordinal))
        {
            if (await db.Set<ErasedAccountRow>().SingleOrDefaultAsync(a => a.Hash == hash, ct) is { } there) (there.At, there.KeepOut) = (at, there.KeepOut || keepOut);
            else db.Add(new ErasedAccountRow { Hash = hash, At = at, KeepOut = keepOut });
        }
    }

    private async Task<byte[]?> Salt(CancellationToken ct) =>
        await db.Set<ErasureSaltRow>().AsNoTracking().Select(s => s.Salt).SingleOrDefaultAsync(ct) is { } hidden ? Convert.FromBase64String(_protector.Unprotect(hidden)) : null;

    // Of two who make it at once one is kept; both go on with that.
    private async Task NewSalt(CancellationToken ct)
    {
        var hidden = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await db.Database.ExecuteSqlAsync($"INSERT INTO people_erasure_salt (id, salt) VALUES ({ErasureSaltRow.TheOne}, {hidden}) ON CONFLICT (id) DO NOTHING", ct);
    }

    private static string Hash(byte[] salt, string network, string externalId) => Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{network}\n{externalId}")));
}
