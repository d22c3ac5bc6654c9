using System.Globalization;
using System.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

/// <summary>An account as it was seen at a moment.</summary>
/// <param name="Network">"bluesky", "web", "file:NAME" ...; up to 60 characters. Ids are only compared within a network.</param>
/// <param name="ExternalId">What the network calls the account for good (a DID, an address); where it has no such id, its handle.</param>
/// <param name="Handle">What people write after the @, without it; null when unknown.</param>
/// <param name="Name">As the account shows itself.</param>
/// <param name="Avatar">Address of its picture.</param>
/// <param name="Url">Address of its page.</param>
/// <param name="At">When it was seen so: an older sight never overwrites a newer one.</param>
public sealed record SeenIdentity(string Network, string ExternalId, string? Handle, string? Name, string? Avatar, string? Url, DateTimeOffset At);

/// <summary>Finds the person behind an account, making one when the account is new. The same account always gives the same person.</summary>
/// <remarks>
/// One upsert for the whole batch, in the order of the keys, so that two batches at once wait for each other and never deadlock.
/// Joins the caller's transaction when there is one: the person is then kept if and only if the caller's work is.
/// </remarks>
public sealed class ResolvePeople(Database db)
{
    /// <summary>Accounts per statement; ten parameters each stay below SQLite's 32,766.</summary>
    private const int Chunk = 500;

    public async Task<PersonId> For(SeenIdentity seen, CancellationToken ct) => (await For([seen], ct))[0];

    /// <summary>Resolves many at once. The answer has the order and length of <paramref name="seen"/>; repeats in it are fine.</summary>
    public async Task<IReadOnlyList<PersonId>> For(IReadOnlyList<SeenIdentity> seen, CancellationToken ct)
    {
        if (seen.Count == 0) return [];

        // The latest sight of an account tells its profile; its earliest tells when it was first seen.
        var accounts = seen.GroupBy(s => (s.Network, s.ExternalId))
            .Select(g => (Latest: g.MaxBy(s => s.At)!, First: g.Min(s => s.At)))
            .OrderBy(a => a.Latest.Network, StringComparer.Ordinal).ThenBy(a => a.Latest.ExternalId, StringComparer.Ordinal);
        var known = new Dictionary<(string, string), PersonId>();
        await db.InTransaction(async () =>
        {
            known.Clear();
            foreach (var chunk in accounts.Chunk(Chunk)) await Upsert(chunk, known, ct);
        }, ct);
        return [.. seen.Select(s => known[(s.Network, s.ExternalId)])];
    }

    private async Task Upsert((SeenIdentity Latest, DateTimeOffset First)[] accounts, Dictionary<(string, string), PersonId> known, CancellationToken ct)
    {
        var values = new List<object?>(accounts.Length * 10);
        var proposed = new HashSet<PersonId>();
        foreach (var (seen, first) in accounts)
        {
            var person = PersonId.New();
            proposed.Add(person);
            values.AddRange([Key(Ids.New()), Key(person.Value), seen.Network, seen.ExternalId, seen.Handle, seen.Name, seen.Avatar, seen.Url,
                first.ToUnixMicroseconds(), seen.At.ToUnixMicroseconds()]);
        }

        await db.Database.ExecuteSqlRawAsync(Statement(accounts.Length), values!, ct);

        var made = new List<PersonId>();
        foreach (var network in accounts.GroupBy(a => a.Latest.Network, StringComparer.Ordinal))
        {
            var ids = network.Select(a => a.Latest.ExternalId).ToArray();
            var found = await db.Set<Identity>().AsNoTracking().Where(i => i.Network == network.Key && ids.Contains(i.ExternalId))
                .Select(i => new { i.ExternalId, i.PersonId }).ToListAsync(ct);
            foreach (var one in found)
            {
                known[(network.Key, one.ExternalId)] = one.PersonId;
                if (proposed.Contains(one.PersonId)) made.Add(one.PersonId);
            }
        }

        var since = accounts.ToDictionary(a => known[(a.Latest.Network, a.Latest.ExternalId)], a => a.First);
        await AddPersons([.. made.Select(p => (p, since[p]))], ct);
    }

    // By statement and not through the change tracker: the caller may hold unsaved work that is not ours to save.
    private async Task AddPersons((PersonId Person, DateTimeOffset Since)[] made, CancellationToken ct)
    {
        if (made.Length == 0) return;
        var sql = new StringBuilder("INSERT INTO people_persons (id, since) VALUES ").AppendRows(made.Length, 2).ToString();
        await db.Database.ExecuteSqlRawAsync(sql, made.SelectMany(m => new[] { Key(m.Person.Value), m.Since.ToUnixMicroseconds() }), ct);
    }

    private object Key(Guid id) => db.Kind == DatabaseKind.Sqlite ? id.ToByteArray(true) : id;

    private string Statement(int rows)
    {
        var (least, greatest) = db.Kind == DatabaseKind.Sqlite ? ("min", "max") : ("least", "greatest");
        var sql = new StringBuilder("INSERT INTO people_identities AS i (id, person_id, network, external_id, handle, name, avatar, url, first_seen, last_seen) VALUES ")
            .AppendRows(rows, 10).Append(" ON CONFLICT (network, external_id) DO UPDATE SET ");
        foreach (var field in (string[])["handle", "name", "avatar", "url"])
        {
            sql.Append(CultureInfo.InvariantCulture,
                $"{field} = CASE WHEN excluded.last_seen >= i.last_seen THEN coalesce(excluded.{field}, i.{field}) ELSE coalesce(i.{field}, excluded.{field}) END, ");
        }

        return sql.Append(CultureInfo.InvariantCulture,
            $"first_seen = {least}(i.first_seen, excluded.first_seen), last_seen = {greatest}(i.last_seen, excluded.last_seen)").ToString();
    }
}

file static class Sql
{
    /// <summary>Appends "({0}, {1}), ({2}, {3})": the places of the values, never the values.</summary>
    public static StringBuilder AppendRows(this StringBuilder sql, int rows, int columns) =>
        sql.AppendJoin(", ", Enumerable.Range(0, rows).Select(row =>
            "(" + string.Join(", ", Enumerable.Range(row * columns, columns).Select(n => string.Create(CultureInfo.InvariantCulture, $"{{{n}}}"))) + ")"));
}
