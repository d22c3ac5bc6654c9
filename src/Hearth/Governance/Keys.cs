using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>A key as people see it; never its secret.</summary>
/// <param name="Prefix">The first characters of the secret.</param>
/// <param name="LastUsed">To the minute; null when it never was.</param>
/// <param name="Revoked">Null while it works.</param>
public sealed record KeyView(KeyId Id, string Name, string Prefix, IReadOnlyList<string> Scopes, string Owner, DateTimeOffset Since, DateTimeOffset? LastUsed, DateTimeOffset? Revoked);

/// <summary>What became of the wish for a key.</summary>
public abstract record KeyOutcome
{
    private KeyOutcome() { }

    /// <summary><paramref name="Secret"/> is told here and never again.</summary>
    public sealed record Made(KeyId Key, string Secret) : KeyOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeyOutcome;
}

/// <summary>API keys: make, list, revoke.</summary>
public sealed class Keys(Database db, TimeProvider clock)
{
    internal const int NameLength = 100;

    /// <summary>Makes a key that acts for <paramref name="by"/>.</summary>
    /// <param name="name">What it is for, 1 to 100 characters.</param>
    /// <param name="scopes">At least one of <see cref="Access.Scopes"/>.</param>
    public async Task<KeyOutcome> Make(Actor by, string name, IReadOnlyCollection<string> scopes, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        name = name.Trim();
        if (name.Length is 0 or > NameLength) errors.Add(new("name", $"must have 1 to {NameLength} characters"));
        if (scopes.Count == 0) errors.Add(new("scopes", "at least one is needed"));
        errors.AddRange(scopes.Where(s => !Access.Scopes.Contains(s)).Select(s => new FieldError("scopes", $"\"{s}\" is none of {string.Join(", ", Access.Scopes)}")));
        if (errors.Count > 0) return new KeyOutcome.Invalid(errors);

        var now = clock.Now();
        var secret = Secret.New("hearth_");
        var kept = Access.Scopes.Where(scopes.Contains).ToArray();
        var key = new ApiKey { Id = KeyId.New(), Name = name, Prefix = secret[..12], Hash = Secret.Hash(secret), Scopes = string.Join(' ', kept), Owner = by.Id.Value, Since = now };
        db.Add(key);
        db.Record(new KeyMade(key.Id, name, kept, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new KeyOutcome.Made(key.Id, secret);
    }

    /// <summary>All keys, the newest first, the revoked ones last.</summary>
    public async Task<IReadOnlyList<KeyView>> All(CancellationToken ct)
    {
        var rows = await db.Set<ApiKey>().AsNoTracking().OrderBy(k => k.Revoked != null).ThenByDescending(k => k.Id).Take(500)
            .Join(db.Set<Account>(), k => k.Owner, a => a.Id, (k, a) => new { Key = k, a.Name }).ToListAsync(ct);
        return [.. rows.Select(r => new KeyView(r.Key.Id, r.Key.Name, r.Key.Prefix, r.Key.Scopes.Split(' '), r.Name, r.Key.Since, r.Key.LastUsed, r.Key.Revoked))];
    }

    /// <returns>False when there is no such key or it was revoked before.</returns>
    public Task<bool> Revoke(Actor by, KeyId key, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var revoked = await db.Set<ApiKey>().Where(k => k.Id == key && k.Revoked == null).ExecuteUpdateAsync(set => set.SetProperty(k => k.Revoked, now), ct);
        if (revoked == 0) return false;
        db.Record(new KeyRevoked(key, by.Id, now));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);
}
