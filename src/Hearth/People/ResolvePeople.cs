using System.Data.Common;
using System.Globalization;
using System.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Database = Hearth.Platform.Database;

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
    /// <summary>Accounts per statement.</summary>
    private const int Chunk = 1_000;

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

    // One statement with an array for each column on PostgreSQL, one prepared statement row by row on SQLite; both tell whose account it is. Written past EF Core, whose
    // parameters cost more than the work; so what they carry goes through KeptText here.
    private async Task Upsert((SeenIdentity Latest, DateTimeOffset First)[] accounts, Dictionary<(string, string), PersonId> known, CancellationToken ct)
    {
        var proposed = accounts.Select(_ => PersonId.New()).ToArray();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (db.Kind == DatabaseKind.Sqlite) await OneByOne(command, accounts, proposed, known, ct);
        else await Together(command, accounts, proposed, known, ct);
        var made = accounts.Zip(proposed, (a, p) => (Person: p, Since: a.First, Now: known[(a.Latest.Network, a.Latest.ExternalId)])).Where(m => m.Person == m.Now).ToList();
        await db.InsertAll(made.ConvertAll(m => new Person { Id = m.Person, Since = m.Since }), ct);
    }

    private static async Task OneByOne(DbCommand command, (SeenIdentity Latest, DateTimeOffset First)[] accounts, PersonId[] proposed, Dictionary<(string, string), PersonId> known, CancellationToken ct)
    {
        command.CommandText = $"INSERT INTO people_identities AS i ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))}) {OnConflict("min", "max")} RETURNING person_id";
        foreach (var column in Columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "$" + column;
            command.Parameters.Add(parameter);
        }

        for (var n = 0; n < accounts.Length; n++)
        {
            var (seen, first) = accounts[n];
            object?[] values = [Ids.New().ToByteArray(true), proposed[n].Value.ToByteArray(true), seen.Network, seen.ExternalId, seen.Handle, seen.Name, seen.Avatar, seen.Url, first.ToUnixMicroseconds(), seen.At.ToUnixMicroseconds()];
            for (var c = 0; c < values.Length; c++) command.Parameters[c].Value = (values[c] is string text ? KeptText.Of(text) : values[c]) ?? DBNull.Value;
            known[(seen.Network, seen.ExternalId)] = PersonId.From(new Guid((byte[])(await command.ExecuteScalarAsync(ct))!, true));
        }
    }

    private static async Task Together(DbCommand command, (SeenIdentity Latest, DateTimeOffset First)[] accounts, PersonId[] proposed, Dictionary<(string, string), PersonId> known, CancellationToken ct)
    {
        command.CommandText = $"INSERT INTO people_identities AS i ({string.Join(", ", Columns)}) SELECT * FROM unnest({string.Join(", ", Columns.Select(c => "@" + c))}) {OnConflict("least", "greatest")} RETURNING network, external_id, person_id";
        Array[] values =
        [
            accounts.Select(_ => Ids.New()).ToArray(), proposed.Select(p => p.Value).ToArray(), Texts(s => s.Network), Texts(s => s.ExternalId), Texts(s => s.Handle), Texts(s => s.Name), Texts(s => s.Avatar), Texts(s => s.Url),
            accounts.Select(a => a.First.ToUnixMicroseconds()).ToArray(), accounts.Select(a => a.Latest.At.ToUnixMicroseconds()).ToArray(),
        ];
        for (var c = 0; c < values.Length; c++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + Columns[c], values[c]);
            command.Parameters.Add(parameter);
        }

        // What is stored may differ from what was seen where a character cannot be kept; the rows come back in the order of the arrays only by chance.
        var asked = accounts.ToDictionary(a => (KeptText.Of(a.Latest.Network), KeptText.Of(a.Latest.ExternalId)), a => (a.Latest.Network, a.Latest.ExternalId));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) known[asked[(rows.GetString(0), rows.GetString(1))]] = PersonId.From(rows.GetGuid(2));

        string?[] Texts(Func<SeenIdentity, string?> of) => [.. accounts.Select(a => KeptText.Of(of(a.Latest)))];
    }

    private static readonly string[] Columns = ["id", "person_id", "network", "external_id", "handle", "name", "avatar", "url", "first_seen", "last_seen"];

    private static string OnConflict(string least, string greatest)
    {
        var sql = new StringBuilder("ON CONFLICT (network, external_id) DO UPDATE SET ");
        foreach (var field in (string[])["handle", "name", "avatar", "url"])
        {
            sql.Append(CultureInfo.InvariantCulture, $"{field} = CASE WHEN excluded.last_seen >= i.last_seen THEN coalesce(excluded.{field}, i.{field}) ELSE coalesce(i.{field}, excluded.{field}) END, ");
        }

        sql.Append("looked_at = CASE WHEN excluded.last_seen >= i.last_seen AND (excluded.handle IS NOT NULL AND excluded.handle IS DISTINCT FROM i.handle OR excluded.name IS NOT NULL AND excluded.name IS DISTINCT FROM i.name) THEN NULL ELSE i.looked_at END, ");
        return sql.Append(CultureInfo.InvariantCulture, $"first_seen = {least}(i.first_seen, excluded.first_seen), last_seen = {greatest}(i.last_seen, excluded.last_seen)").ToString();
    }
}
